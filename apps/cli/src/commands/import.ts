import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { openItemFile } from "@bandwise/core/adapters/item-files";
import { createServices } from "@bandwise/core/adapters/services";
import { confirmImport, startImport } from "@bandwise/core/bank/import-commands";
import { getImport, type ImportReport } from "@bandwise/core/bank/import-queries";
import { importOutcomes } from "@bandwise/core/bank/import-rules";
import { maxImportBytes } from "@bandwise/core/bank/schema";
import { type Context, contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { jobHandlers } from "@bandwise/core/registry";
import { type Command, type Io, UsageError } from "../command.ts";
import { printable } from "../printable.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

interface Line {
  readonly path: string;
  readonly identifier: string;
  readonly outcome: string;
  readonly effect?: string | null;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Exit statuses: 0 every item is (or could be) taken, 1 some were rejected or refused, 2 the file cannot be read or the call was wrong. */
export const command: Command = {
  usage:
    "import FILE [--dry-run] [--json]   (a QTI package or item, a table as CSV, or a zip of a table with its media; sound items enter as drafts)",
  async run(args, io) {
    const flags = args.filter((arg) => arg.startsWith("--"));
    const [file, ...rest] = args.filter((arg) => !arg.startsWith("--"));
    const unknown = flags.find((flag) => flag !== "--dry-run" && flag !== "--json");
    if (unknown) throw new UsageError(`there is no option ${unknown}`);
    if (file === undefined || rest.length > 0) throw new UsageError("takes one FILE");
    const kind = await stat(file).catch(() => null);
    if (!kind?.isFile()) throw new UsageError(`there is no file ${printable(file)}`);
    if (kind.size > maxImportBytes) {
      throw new UsageError(`${printable(file)} is larger than ${maxImportBytes / 1_000_000} MB`);
    }
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) throw new UsageError(`${printable(file)} cannot be read`);
    const content = new Uint8Array(bytes);
    try {
      const lines = flags.includes("--dry-run")
        ? await readOnly(basename(file), content)
        : await takeIn(basename(file), content);
      await print(lines, flags.includes("--json"), io);
      return lines.some(({ outcome, effect }) => outcome === "rejected" || effect === "refused") ? 1 : 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      io.err(`bandwise import: ${error.userMessage}\n`);
      return 2;
    }
  },
};

/** The report alone: no database is needed, nothing changes. */
async function readOnly(fileName: string, content: Uint8Array<ArrayBuffer>): Promise<Line[]> {
  const file = await openItemFile(fileName, content);
  const lines: Line[] = [];
  for (let position = 0; position < file.count; position += 1) {
    const entry = await file.entry(position);
    if (entry === null) continue;
    const { path, identifier, verdict } = entry;
    lines.push({ path, identifier, outcome: verdict.outcome, problems: verdict.findings });
  }
  return lines;
}

/** The way the site takes, carried out here and now: a worker that runs as well may do a part of it. */
async function takeIn(fileName: string, content: Uint8Array<ArrayBuffer>): Promise<Line[]> {
  const settings = joinInstallation(root, process.env);
  const services = await createServices({ ...settings, logLevel: "error" }, "cli");
  try {
    const context = contextFor(services, systemViewer, services.ids.uuid());
    const { importId } = await startImport(context, { fileName, content });
    const checked = await carryOut(context, importId, "checking");
    if (checked.failure !== null) throw new AppError("INVALID", checked.failure);
    if ((checked.counts.accepted ?? 0) + (checked.counts.warnings ?? 0) > 0) {
      await confirmImport(context, { importId });
      await carryOut(context, importId, "importing");
    }
    return await allEntries(context, importId);
  } finally {
    await services.close();
  }
}

async function carryOut(context: Context, importId: string, status: "checking" | "importing"): Promise<ImportReport> {
  const handler = jobHandlers.find(
    ({ spec }) => spec.name === (status === "checking" ? "bank.check-import" : "bank.run-import"),
  );
  if (!handler) throw new Error("there is no such job");
  for (;;) {
    await handler.run(context, { importId });
    const report = await getImport(context, { importId, pageSize: 1 });
    if (report.status !== status) return report;
  }
}

async function allEntries(context: Context, importId: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (let page = 1; ; page += 1) {
    const { entries } = await getImport(context, { importId, page, pageSize: 100 });
    lines.push(...entries.rows);
    if (page * 100 >= entries.total) return lines;
  }
}

async function print(lines: readonly Line[], asJson: boolean, io: Io): Promise<void> {
  if (asJson) {
    const plain = lines.map(({ path, identifier, outcome, effect, problems }) => ({
      path,
      identifier,
      outcome,
      ...(effect && { effect }),
      problems,
    }));
    await io.out(`${JSON.stringify(plain, null, 2)}\n`);
    return;
  }
  for (const { path, outcome, effect, problems } of lines) {
    const why = problems
      .map((problem) => `${problem.path === "" ? "" : `${problem.path}: `}${problem.message}`)
      .join("; ");
    // Names and reasons quote the file: whatever it holds does nothing to a terminal.
    const told = `${outcome.padEnd(8)} ${path}${effect ? ` → ${effect}` : ""}${why === "" ? "" : `: ${why}`}`;
    await io.out(`${told.replaceAll(/\p{Cc}+/gu, " ")}\n`);
  }
  const counts = importOutcomes.map(
    (outcome) => `${lines.filter((line) => line.outcome === outcome).length} ${outcome}`,
  );
  const effects = new Map<string, number>();
  for (const { effect } of lines) if (effect) effects.set(effect, (effects.get(effect) ?? 0) + 1);
  const done = [...effects].map(([effect, count]) => `${count} ${effect}`);
  await io.out(`\n${lines.length} items: ${counts.join(", ")}${done.length > 0 ? `; ${done.join(", ")}` : ""}\n`);
}
