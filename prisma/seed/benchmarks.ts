import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BankItem } from "@bandwise/core/bank/schema";
import type { Services } from "@bandwise/core/kernel/context";
import { sha256 } from "@bandwise/core/kernel/hash";
import { spokenBenchmarks, writtenBenchmarks } from "@bandwise/core/marking/benchmark-schema";
import { rubricFile, type Scores } from "@bandwise/core/marking/schema";

const folder = fileURLToPath(new URL("benchmarks", import.meta.url));

interface Entry {
  readonly id: string;
  readonly use: "training" | "set_one" | "set_two" | "seed";
  readonly item: string;
  readonly scores: Scores;
  readonly reasons: Record<string, string>;
  readonly answer: { text: string } | { media: string; durationSeconds: number; peaks: number[] };
}

/**
 * Adds the answers with model marks that examiners train and qualify on, and that are given to them as hidden seeds. All are
 * written for this purpose; nobody's exam is among them.
 *
 * @returns how many were added; none on a second run.
 */
export async function seedBenchmarks(services: Services, items: readonly BankItem[]): Promise<number> {
  const { db, clock, ids } = services;
  const known = new Set((await db.benchmark.findMany({ select: { slug: true } })).map(({ slug }) => slug));
  const places = new Map<string, number>();
  let added = 0;
  for (const { skill, entries } of [
    { skill: "writing", entries: await writtenAnswers() },
    { skill: "speaking", entries: await spokenAnswers() },
  ] as const) {
    const rubric = await db.rubric.findFirstOrThrow({ where: { scheme: "ielp", skill }, orderBy: { version: "desc" } });
    const criteria = rubricFile.parse(rubric.data).criteria.map(({ id }) => id);
    for (const { id: slug, use, item, answer, scores: marks, reasons } of entries) {
      const position = (places.get(skill + use) ?? 0) + 1;
      places.set(skill + use, position);
      if (known.has(slug)) continue;
      const task = items.find((candidate) => candidate.id === item);
      if (task?.skill !== skill) throw new Error(`${slug}: the bank has no ${skill} task ${item}`);
      const lacking = criteria.filter((criterion) => marks[criterion] === undefined || !reasons[criterion]);
      if (lacking.length > 0) throw new Error(`${slug}: ${lacking.join(", ")} without a mark or its reason`);
      if ("media" in answer) await storeSound(services, answer.media, answer.durationSeconds);
      await db.benchmark.create({
        data: {
          id: ids.uuid(),
          slug,
          skill,
          level: task.level,
          use,
          position,
          rubricId: rubric.id,
          task: JSON.parse(JSON.stringify(task.content)),
          markerNotes: task.rationale.markerNotes,
          answer,
          scores: marks,
          reasons,
          createdAt: clock.now(),
        },
      });
      added += 1;
    }
  }
  return added;
}

async function writtenAnswers(): Promise<Entry[]> {
  const entries = writtenBenchmarks.parse(JSON.parse(await readFile(join(folder, "writing.json"), "utf8")));
  return entries.map(({ text, ...entry }) => ({ ...entry, answer: { text } }));
}

async function spokenAnswers(): Promise<Entry[]> {
  const entries = spokenBenchmarks.parse(JSON.parse(await readFile(join(folder, "speaking.json"), "utf8")));
  return entries.map(({ text: _, voice: __, pace: ___, durationSeconds, peaks, ...entry }) => ({
    ...entry,
    answer: { media: `${entry.id}.mp3`, durationSeconds, peaks },
  }));
}

async function storeSound({ db, storage, clock, ids }: Services, name: string, durationSeconds: number): Promise<void> {
  if (await db.media.findUnique({ where: { name }, select: { id: true } })) return;
  const content = await readFile(join(folder, "media", name));
  const hash = sha256(content);
  await storage.put(`bank/${hash}`, content);
  await db.media.create({
    data: {
      id: ids.uuid(),
      name,
      sha256: hash,
      mimeType: "audio/mpeg",
      bytes: content.byteLength,
      durationSeconds,
      storageKey: `bank/${hash}`,
      createdAt: clock.now(),
    },
  });
}
