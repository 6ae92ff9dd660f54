// `npm start` and, with --dev, `pnpm dev`: from a bare clone to a served page, and back to nothing on Ctrl-C.
// Uses nothing but Node until the packages are installed.
import { checkPort, completeEnvironment, givenEnvironment } from "./environment.mjs";
import { buildCli, buildWeb, buildWorker, checkMachine, generate, install } from "./prepare.mjs";
import { endAll } from "./processes.mjs";
import { checkSettings, demoAccounts, seed, startDatabase, startPrograms } from "./serve.mjs";
import { describeError, say, sinceLaunch, step } from "./terminal.mjs";

const dev = process.argv.includes("--dev");

/** What runs, in the order of its start; ended in the opposite order. */
const started = [];
let ending;

function end(status, line) {
  ending ??= (async () => {
    if (line) say(line);
    endAll();
    for (const part of started.reverse()) await part.stop().catch((error) => say(describeError(error)));
    process.exit(status);
  })();
  return ending;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => end(0, "\nStopping …"));
}

try {
  checkMachine();
  const env = completeEnvironment(givenEnvironment());
  await checkPort(env);
  await step("Installing packages", install);
  await step("Generating the database client", generate);
  const settings = await checkSettings(env);
  if (!dev) {
    await step("Building the site", buildWeb);
    await step("Building the worker", buildWorker);
  }
  await step("Building the command line", buildCli);
  const database = await startDatabase(env);
  started.push(database);
  await seed(database.environment);
  const programs = await step(
    "Starting the site and the worker",
    () => startPrograms(database.environment, { dev, onEnd: (line) => end(1, line) }),
    { talks: true },
  );
  started.push(programs);
  announce(settings, database.environment);
} catch (error) {
  if (!ending) await end(1, describeError(error));
}

function announce(settings, env) {
  say(`\nBandwise is at ${settings.publicUrl} (ready after ${sinceLaunch()}). Ctrl-C stops it.`);
  const accounts = settings.demo ? demoAccounts(env) : [];
  if (accounts.length === 0) return;
  say("\nDemo sign-ins:");
  const width = Math.max(...accounts.map(({ role }) => role.length));
  for (const { role, email, password } of accounts) say(`  ${role.padEnd(width)}  ${email}  ${password}`);
}
