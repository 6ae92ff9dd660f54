import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import {
  type ImportOutcome,
  importDefaults,
  importOutcomes,
  importVocabulary,
  judgeDraft,
} from "@bandwise/core/bank/import-rules";
import { type CaseResult, checkCases } from "@bandwise/interchange/check-cases";
import { draftItem } from "@bandwise/interchange/item-draft";
import { limits } from "@bandwise/interchange/limits";
import { type Files, readPackage } from "@bandwise/interchange/read-package";
import { Refusal } from "@bandwise/interchange/refusal";
import { openZip } from "@bandwise/interchange/zip";
import { type Command, type Io, UsageError } from "../command.ts";
import { printable } from "../printable.ts";

/** One item and what would become of it. */
interface Line {
  readonly place: string;
  readonly outcome: ImportOutcome;
  readonly type: string;
  readonly reasons: readonly string[];
  readonly cases: readonly CaseResult[];
}

/** Exit statuses: 0 all cases pass, 1 one fails, 2 nothing to check or called wrongly. */
export const command: Command = {
  usage:
    "qti check DIR [--json]   (items, package folders and zips; outcomes are compared with a cases.json beside an item)",
  async run(args, io) {
    const asJson = args.includes("--json");
    const [folder, ...rest] = args.filter((arg) => arg !== "--json");
    if (folder === undefined || rest.length > 0 || folder.startsWith("-")) throw new UsageError("takes one DIR");
    // What the caller names may be a link; what lies in it may not.
    const kind = await stat(folder).catch(() => null);
    if (!kind?.isDirectory() && !kind?.isFile()) {
      io.err(`bandwise qti check: ${printable(folder)}: there is no such file or folder\n`);
      return 2;
    }
    const lines: Line[] = [];
    for await (const line of kind.isDirectory() ? checkFolder(folder) : checkZip(folder, folder)) {
      lines.push(line);
      if (!asJson) await io.out(lineText(line));
    }
    if (asJson) await io.out(`${JSON.stringify(lines, null, 2)}\n`);
    else await printTotals(lines, io);
    if (lines.length === 0) {
      io.err(`bandwise qti check: ${folder} holds no QTI item\n`);
      return 2;
    }
    return lines.some(({ cases }) => cases.some(({ status }) => status === "failed")) ? 1 : 0;
  },
};

/** Folders with a manifest are packages; items outside them are read as they lie. Links are not followed. */
async function* checkFolder(folder: string): AsyncGenerator<Line> {
  const all = (await filesIn(folder)).map((path) => relative(folder, path).split(sep).join("/")).sort();
  const roots = all.filter((name) => /(^|\/)imsmanifest\.xml$/.test(name)).map((name) => dirname(name));
  const rootOf = (name: string): string =>
    roots
      .filter((root) => root === "." || name.startsWith(`${root}/`))
      .reduce((a, b) => (b.length >= a.length ? b : a), "");
  for (const root of ["", ...new Set(roots)]) {
    const own = all.filter((name) => rootOf(name) === root);
    const base = root === "" ? folder : join(folder, root);
    const inside = new Map(own.map((name) => [root === "" || root === "." ? name : name.slice(root.length + 1), name]));
    const files: Files = {
      names: [...inside.keys()],
      has: (name) => inside.has(name),
      read: (name) => readBounded(join(base, name), name),
    };
    yield* checkFiles(files, root === "" || root === "." ? "" : `${root}/`);
  }
  for (const name of all.filter((file) => file.toLowerCase().endsWith(".zip")))
    yield* checkZip(join(folder, name), name);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}

async function readBounded(path: string, name: string): Promise<Uint8Array> {
  const { size } = await lstat(path);
  if (size > limits.entryBytes) throw new Refusal(name, `is larger than ${limits.entryBytes / 1_000_000} MB`);
  return readFile(path);
}

async function* checkZip(path: string, name: string): AsyncGenerator<Line> {
  try {
    const archive = await openZip(path, name);
    try {
      yield* checkFiles(archive, `${name}!`);
    } finally {
      archive.close();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield refused(error.file, error.reason);
  }
}

function refused(place: string, reason: string): Line {
  return { place, outcome: "rejected", type: "", reasons: [reason], cases: [] };
}

async function* checkFiles(files: Files, prefix: string): AsyncGenerator<Line> {
  try {
    for await (const packaged of readPackage(files, importVocabulary)) {
      const place = prefix + packaged.file;
      if ("refusal" in packaged) {
        yield refused(place, packaged.refusal);
        continue;
      }
      const { reading } = packaged;
      const { outcome, findings } = judgeDraft(draftItem(reading, importDefaults), reading.findings);
      const parts = reading.body?.parts ?? [];
      yield {
        place,
        outcome,
        type: parts.length > 1 ? "composite" : (parts[0]?.interaction.type ?? reading.body?.task?.name ?? ""),
        reasons: findings.map(({ path, message }) => `${path}: ${message}`),
        cases: await casesBeside(files, packaged.file, (cases) => checkCases(reading, cases)),
      };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield refused(prefix + error.file, error.reason);
  }
}

async function casesBeside(files: Files, file: string, check: (cases: unknown) => CaseResult[]): Promise<CaseResult[]> {
  const name = join(dirname(file), "cases.json").split(sep).join("/");
  if (!files.has(name)) return [];
  let cases: unknown;
  try {
    cases = JSON.parse(new TextDecoder().decode(await files.read(name)));
  } catch {
    return [{ name: "cases.json", status: "failed", reason: "is not JSON" }];
  }
  return check(cases);
}

function lineText({ place, outcome, type, reasons, cases }: Line): string {
  const passed = cases.filter(({ status }) => status === "passed").length;
  const counted = cases.length > 0 ? `, ${passed} of ${cases.length} cases` : "";
  const kind = type === "" && counted === "" ? "" : ` (${type || "no item type"}${counted})`;
  const why = reasons.length > 0 ? `: ${reasons.join("; ")}` : "";
  const others = cases
    .filter(({ status }) => status !== "passed")
    .map(
      ({ name, status, reason }) =>
        `  ${status === "failed" ? "FAILED" : "not compared"}: ${oneLine(name)}: ${oneLine(reason)}\n`,
    );
  return `${outcome.padEnd(8)} ${oneLine(place)}${kind}${oneLine(why)}\n${others.join("")}`;
}

/** Names and reasons quote the file: whatever it holds stays on its line and does nothing to a terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}

async function printTotals(lines: readonly Line[], io: Io): Promise<void> {
  const outcomes = importOutcomes.map(
    (outcome) => `${lines.filter((line) => line.outcome === outcome).length} ${outcome}`,
  );
  const cases = lines.flatMap((line) => line.cases);
  const count = (status: CaseResult["status"]): number => cases.filter((result) => result.status === status).length;
  await io.out(`\n${lines.length} items: ${outcomes.join(", ")}\n`);
  if (cases.length > 0) {
    await io.out(
      `${cases.length} cases: ${count("passed")} scored as expected, ${count("failed")} failed, ${count("not-comparable")} not compared\n`,
    );
  }
}
