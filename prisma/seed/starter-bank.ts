import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mediaNames } from "@bandwise/core/bank/rules";
import { type BankItem, bankItem } from "@bandwise/core/bank/schema";
import { addItemVersion } from "@bandwise/core/bank/version-steps";
import { programmes } from "@bandwise/core/delivery/programmes";
import { blueprint } from "@bandwise/core/delivery/schema";
import type { Services } from "@bandwise/core/kernel/context";
import { contentHash, sha256 } from "@bandwise/core/kernel/hash";
import { rubricFile } from "@bandwise/core/marking/schema";
import type { Prisma } from "@bandwise/db/client";
import { seedBenchmarks } from "./benchmarks.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const mediaFolder = join(folder, "bank", "media");
const mimeTypes: Readonly<Record<string, string>> = { mp3: "audio/mpeg", svg: "image/svg+xml" };

/**
 * Publishes the programmes and rubrics of this release and fills the bank with its starter items. What is there
 * already stays as it is: after the first run the bank's own editor is where items change.
 *
 * @returns what was added; all zero on a second run.
 */
export async function seedStarterBank(
  services: Services,
): Promise<{ programmes: number; rubrics: number; media: number; items: number; benchmarks: number }> {
  return {
    programmes: await seedProgrammes(services),
    rubrics: await seedRubrics(services),
    media: await seedMedia(services),
    items: await seedItems(services),
    benchmarks: await seedBenchmarks(services, await readStarterItems()),
  };
}

async function seedProgrammes({ db, clock, ids }: Services): Promise<number> {
  let added = 0;
  for (const { name, version, blueprint: data } of programmes) {
    if (await db.programme.findUnique({ where: { name_version: { name, version } }, select: { id: true } })) continue;
    const checked = blueprint.parse(data);
    await db.programme.create({
      data: {
        id: ids.uuid(),
        name,
        version,
        title: checked.title,
        blueprint: checked,
        hash: contentHash(checked),
        createdAt: clock.now(),
      },
    });
    added += 1;
  }
  return added;
}

async function seedRubrics({ db, clock, ids }: Services): Promise<number> {
  let added = 0;
  for (const path of await jsonFiles(join(folder, "rubrics"))) {
    // Stored as written, not as read: what the reading adds must not change the hash of a version that is published.
    const data: Prisma.InputJsonObject = JSON.parse(await readFile(path, "utf8"));
    const { id: name, version, scheme, skill } = rubricFile.parse(data);
    if (await db.rubric.findUnique({ where: { name_version: { name, version } }, select: { id: true } })) continue;
    await db.rubric.create({
      data: { id: ids.uuid(), name, version, scheme, skill, data, hash: contentHash(data), createdAt: clock.now() },
    });
    added += 1;
  }
  return added;
}

async function seedMedia({ db, storage, clock, ids }: Services): Promise<number> {
  const durations = durationsByName(await readStarterItems());
  const levels = await readRecordingLevels();
  const stored = await db.media.findMany({ select: { name: true, sha256: true, loudness: true } });
  const known = new Map(stored.map((media) => [media.name, media]));
  let added = 0;
  for (const name of (await readdir(mediaFolder)).sort()) {
    const mimeType = mimeTypes[name.split(".").at(-1) ?? ""];
    if (!mimeType) continue;
    const level = levels[name];
    const measured = { loudness: level?.loudness ?? null, peak: level?.peak ?? null };
    const there = known.get(name);
    if (there && (there.loudness !== null || !level)) continue;
    const content = await readFile(join(mediaFolder, name));
    const hash = sha256(content);
    if (there) {
      // Of a bank that was seeded before recordings had their figures; another file of that name keeps its own.
      if (there.sha256 === hash) await db.media.update({ where: { name }, data: measured });
      continue;
    }
    const storageKey = `bank/${hash}`;
    await storage.put(storageKey, content);
    await db.media.create({
      data: {
        id: ids.uuid(),
        name,
        sha256: hash,
        mimeType,
        bytes: content.byteLength,
        durationSeconds: durations.get(name) ?? null,
        ...measured,
        storageKey,
        createdAt: clock.now(),
      },
    });
    added += 1;
  }
  return added;
}

/** Loudness and peak of the bank's recordings, as measured when they were made (`bank/make-audio.mjs`). */
export async function readRecordingLevels(): Promise<
  Readonly<Record<string, { readonly loudness: number; readonly peak: number }>>
> {
  return JSON.parse(await readFile(join(mediaFolder, "manifest.json"), "utf8"));
}

async function seedItems({ db, clock, ids }: Services): Promise<number> {
  const items = await readStarterItems();
  const known = new Set((await db.item.findMany({ select: { slug: true } })).map((item) => item.slug));
  const missing = items.filter((item) => !known.has(item.id));
  await db.$transaction(
    async (tx) => {
      for (const item of missing) {
        await addItemVersion(
          { tx, now: clock.now(), ids },
          { item, status: "active", authorId: null, reason: "Starter bank" },
        );
      }
    },
    { timeout: 120_000 },
  );
  return missing.length;
}

/** The starter bank's files, checked against the item schema. @throws naming file, item and field. */
export async function readStarterItems(): Promise<BankItem[]> {
  const bank = join(folder, "bank");
  const paths = [
    ...(await jsonFiles(bank)),
    ...(await jsonFiles(join(bank, "reading"))),
    ...(await jsonFiles(join(bank, "listening"))),
  ];
  const items: BankItem[] = [];
  for (const path of paths) {
    const entries: unknown[] = JSON.parse(await readFile(path, "utf8"));
    for (const [index, entry] of entries.entries()) {
      const parsed = bankItem.safeParse(entry);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new Error(`${path}, entry ${index + 1}: ${issue?.path.join(".")}: ${issue?.message}`);
      }
      items.push(parsed.data);
    }
  }
  return items;
}

async function jsonFiles(path: string): Promise<string[]> {
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(path, name));
}

function durationsByName(items: readonly BankItem[]): Map<string, number> {
  return new Map(
    items
      .flatMap(mediaNames)
      .flatMap(({ name, durationSeconds }) => (durationSeconds === undefined ? [] : [[name, durationSeconds]])),
  );
}
