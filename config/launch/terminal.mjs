/** What the launcher says. A `Failure` carries the one line (or lines) a person needs; it is printed without a stack. */
export class Failure extends Error {
  name = "Failure";
}

const started = performance.now();

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

export const sinceLaunch = () => seconds(started);

/** Says what it does, does it, says how long it took; on a line of its own where the work itself `talks`. */
export async function step(title, work, { talks = false } = {}) {
  const from = performance.now();
  const label = `${`${title} `.padEnd(46, ".")} `;
  process.stdout.write(talks ? `${title} …\n` : label);
  try {
    const result = await work();
    process.stdout.write(`${talks ? label : ""}${typeof result === "string" ? `${result}, ` : ""}${seconds(from)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${talks ? label : ""}failed after ${seconds(from)}\n`);
    throw error;
  }
}

/** Failures that are meant for the person, also those of the packages, which this file cannot import before they are installed. */
const spoken = new Set(["Failure", "DatabaseFailure", "SettingsError"]);

/** The line to print for an error: the message alone where it was written for people, else everything there is. */
export function describeError(error) {
  return spoken.has(error?.name) ? error.message : (error?.stack ?? String(error));
}
