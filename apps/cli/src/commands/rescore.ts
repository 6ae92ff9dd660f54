import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { type Context, contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { findRescorable, rescoreResults } from "@bandwise/core/results/rescore-queries";
import { ScoringError } from "@bandwise/scoring/error";
import { readIelpScheme } from "@bandwise/scoring/ielp-scheme";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { type Command, type Io, UsageError } from "../command.ts";
import { countIn, emptyTotals, isAllEqual, isNotable, textOf, totalsText } from "../rescore-report.ts";
import { parseStrictJson } from "../strict-json.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

interface Call {
  /** None: all. */
  readonly attempts: readonly string[];
  readonly schemeFile: string | null;
  readonly json: boolean;
}

/** Exit statuses: 0 every result came out equal (and nobody would move), 1 something differs, 2 the call was wrong. */
export const command: Command = {
  usage: "rescore (--all | ATTEMPT…) --dry-run [--scheme FILE.json] [--json]   or: rescore --print-scheme",
  help: [
    "",
    "Works results out anew from stored answers and ratings, each by the scheme it was made by, and compares.",
    "ATTEMPT is an attempt's id or reference. --scheme also says who would move under a changed scheme, and by how much;",
    "--print-scheme writes the published one to start from. Nothing is ever changed.",
  ],
  async run(args, io) {
    if (args.length === 1 && args[0] === "--print-scheme") {
      await io.out(`${JSON.stringify(IELP, null, 2)}\n`);
      return 0;
    }
    const call = readCall(args);
    const scheme = call.schemeFile === null ? undefined : await readScheme(call.schemeFile);
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      return await rescore(contextFor(services, systemViewer, services.ids.uuid()), call, scheme, io);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      io.err(`bandwise rescore: ${error.userMessage}\n`);
      return 2;
    } finally {
      await services.close();
    }
  },
};

function readCall(args: readonly string[]): Call {
  const attempts: string[] = [];
  const flags = new Set<string>();
  let schemeFile: string | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--scheme") {
      at += 1;
      const file = args[at];
      if (file === undefined || file.startsWith("--")) throw new UsageError("--scheme takes a FILE.json");
      schemeFile = file;
    } else if (arg === "--all" || arg === "--dry-run" || arg === "--json") {
      flags.add(arg);
    } else if (arg.startsWith("-")) {
      throw new UsageError(`there is no option ${arg}`);
    } else {
      attempts.push(arg);
    }
  }
  if (flags.has("--all") === attempts.length > 0) throw new UsageError("takes --all or at least one ATTEMPT");
  if (!flags.has("--dry-run")) {
    throw new UsageError(
      "only --dry-run exists: a result is never edited, and one that has to change is superseded by another that two persons approve",
    );
  }
  return { attempts, schemeFile, json: flags.has("--json") };
}

async function readScheme(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`there is no file ${file}`);
  });
  try {
    // Strictly first: a weight given twice is not to be guessed at.
    parseStrictJson(text);
    const json: unknown = JSON.parse(text);
    readIelpScheme(json);
    return json;
  } catch (error) {
    if (error instanceof ScoringError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

async function rescore(context: Context, call: Call, scheme: unknown, io: Io): Promise<number> {
  const { attempts, json } = call;
  const changed = scheme !== undefined;
  const { attemptIds, results: expected } = await findRescorable(context, {
    attempts: [...attempts],
    currentOnly: changed,
  });
  const totals = emptyTotals(changed);
  const progress = startProgress(expected, io);
  if (json) await io.out('{"results":[');
  let told = 0;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof rescoreResults>> = await rescoreResults(context, {
      after,
      attemptIds,
      ...(changed && { scheme }),
    });
    let text = "";
    for (const result of page.results) {
      countIn(totals, result);
      if (!isNotable(result)) continue;
      const { compared: _, ...rest } = result;
      text += json ? `${told === 0 ? "" : ","}\n${JSON.stringify(rest)}` : textOf(result);
      told += 1;
    }
    if (text !== "") await io.out(text);
    progress(totals.results);
    after = page.next;
  } while (after !== null);
  await io.out(json ? `${told === 0 ? "" : "\n"}],"totals":${JSON.stringify(totals)}}\n` : totalsText(totals));
  return isAllEqual(totals) ? 0 : 1;
}

/** Says how far a run has come, once it has taken longer than a second, every other second at most. */
function startProgress(expected: number, io: Io): (done: number) => void {
  let next = performance.now() + 1000;
  return (done) => {
    if (performance.now() < next) return;
    next = performance.now() + 2000;
    io.err(`bandwise rescore: ${done} of ${Math.max(done, expected)} results\n`);
  };
}
