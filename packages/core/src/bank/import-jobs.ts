import { openItemFile } from "../adapters/item-files.ts";
import type { Context } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { importItem, recordChecked, recordImported, refuseImport, refuseImportItem } from "./import-commands.ts";
import type { ImportEntry, ImportedFile } from "./import-file.ts";
import { findSound, importToRun } from "./import-queries.ts";
import { openQuestions } from "./import-rules.ts";
import type { PreparedItem, PreparedSound } from "./import-steps.ts";
import { type BankItem, checkImportJob, runImportJob } from "./schema.ts";
import { measureSound } from "./sound.ts";
import { measureSeconds } from "./sound-length.ts";
import { soundProblem } from "./sound-rules.ts";

/** So many files or rows in one run of a job: seconds at worst, so that a killed worker's stretch is soon done again. */
const checkedAtOnce = 50;
const importedAtOnce = 25;
/** Half of what the job may take before it counts as lost. */
const longestRunMs = 20_000;

type Run = NonNullable<Awaited<ReturnType<typeof importToRun>>>;

async function openOrRefuse(context: Context, importId: string, run: Run): Promise<ImportedFile | null> {
  try {
    return await openItemFile(run.fileName, await context.storage.get(run.storageKey));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await refuseImport(context, { importId, failure: error.userMessage });
    return null;
  }
}

const checkImport = handleJob(checkImportJob, async (context, { importId }) => {
  const run = await importToRun(context, { importId });
  if (run?.status !== "checking") return;
  const file = await openOrRefuse(context, importId, run);
  if (file === null) return;
  const to = Math.min(run.done + checkedAtOnce, file.count);
  const entries: ({ position: number } & ReturnType<typeof recordOf>)[] = [];
  for (let position = run.done; position < to; position += 1) {
    const entry = await file.entry(position);
    if (entry) entries.push({ position, ...recordOf(entry) });
  }
  await unlessOvertaken(() =>
    recordChecked(context, { importId, format: file.format, from: run.done, to, total: file.count, entries }),
  );
});

function recordOf({ path, identifier, contentHash, title, verdict }: ImportEntry) {
  return {
    path: clean(path, 500),
    identifier: clean(identifier, 500),
    contentHash,
    title: clean(title, 500),
    outcome: verdict.outcome,
    problems: verdict.findings
      .slice(0, 100)
      .map(({ level, path: at, message }) => ({ level, path: clean(at, 500), message: clean(message, 1000) })),
  };
}

/** What a file says of itself, as the database and a page can hold it. */
function clean(text: string, most: number): string {
  return text.replaceAll("\u0000", "").slice(0, most);
}

const runImport = handleJob(runImportJob, async (context, { importId }) => {
  const run = await importToRun(context, { importId });
  if (run?.status !== "importing") return;
  const file = await openOrRefuse(context, importId, run);
  if (file === null) return;
  let to = Math.min(run.done + importedAtOnce, file.count);
  const begun = context.clock.now().getTime();
  for (const position of run.waiting.filter((own) => own >= run.done && own < to)) {
    await importOne(context, importId, position, file);
    // Long recordings take seconds each to measure: the rest is another run's.
    if (context.clock.now().getTime() - begun > longestRunMs) {
      to = position + 1;
      break;
    }
  }
  await unlessOvertaken(() => recordImported(context, { importId, from: run.done, to }));
});

async function importOne(context: Context, importId: string, position: number, file: ImportedFile): Promise<void> {
  const entry = await file.entry(position);
  const { item, findings } = entry?.verdict ?? { item: null, findings: [] };
  if (!entry || item === null) {
    const reason = "reads differently now than when it was checked";
    await unlessOvertaken(() => refuseImportItem(context, { importId, position, reason }));
    return;
  }
  try {
    const media = await Promise.all(
      entry.media.map(async ({ name, content }) => {
        const bytes = await content();
        return { name, content: bytes, sound: name.endsWith(".mp3") ? await soundOf(context, bytes) : null };
      }),
    );
    const unfit = media.flatMap(({ name, sound }) => (sound?.problem ? [`${name} ${sound.problem}`] : []));
    const prepared: PreparedItem = {
      identifier: clean(entry.identifier, 500),
      item: withLength(item, media),
      format: entry.format,
      document: entry.document,
      contentHash: entry.contentHash,
      media,
      questions: [
        ...openQuestions(findings),
        ...(unfit.length > 0 ? [{ field: "content", text: unfit.join("\n").slice(0, 1900) }] : []),
      ],
    };
    await importItem(context, { importId, position, prepared });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "INTERNAL") throw error;
    await unlessOvertaken(() => refuseImportItem(context, { importId, position, reason: error.userMessage }));
  }
}

/** As an upload is measured; one that would be refused there is asked about here, for the item is a draft. */
async function soundOf(context: Context, content: Uint8Array): Promise<PreparedSound> {
  const known = await findSound(context, { sha256: sha256(content) });
  if (known) return { ...known, problem: null };
  const measured = await measureSound(content);
  return {
    // A container says how long it plays; where it does not, what was decoded does.
    durationSeconds: (await measureSeconds(content)) ?? measured?.durationSeconds ?? null,
    loudness: measured?.loudness ?? null,
    peak: measured?.peak ?? null,
    problem: soundProblem(measured),
  };
}

/** A foreign recording comes without its length: the item says what was measured. */
function withLength(item: BankItem, media: PreparedItem["media"]): BankItem {
  if (item.skill !== "listening") return item;
  const { stimulus } = item.content;
  const measured = media.find(({ name }) => name === stimulus.media)?.sound?.durationSeconds;
  if (!measured || stimulus.durationSeconds !== 1) return item;
  return { ...item, content: { ...item.content, stimulus: { ...stimulus, durationSeconds: measured } } };
}

/** Two workers may run one stretch: the second finds it done and stops. */
async function unlessOvertaken(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
  }
}

export const importJobs: readonly JobHandler[] = [checkImport, runImport];
