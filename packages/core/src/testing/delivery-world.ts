import type { PrismaClient } from "@bandwise/db/client";
import { ielpShort } from "../delivery/programmes.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemIds } from "../kernel/ids.ts";

/** A centre, the short programme, a bank just large enough, and a sitting from 09:00 to 17:00 on 2 March 2026. */
export async function createDeliveryWorld(
  db: PrismaClient,
  options: { capacity?: number; perLevel?: number } = {},
): Promise<{
  centreId: string;
  programmeId: string;
  sittingId: string;
  openSitting(capacity: number): Promise<string>;
}> {
  const { uuid } = systemIds;
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const centreId = uuid();
  await db.centre.create({
    data: { id: centreId, name: `Centre ${centreId}`, timeZone: "Europe/Lisbon", address: "online" },
  });
  const programmeId = uuid();
  await db.programme.create({
    data: {
      id: programmeId,
      name: "ielp-short",
      version: 1,
      title: ielpShort.title,
      blueprint: JSON.parse(JSON.stringify(ielpShort)),
      hash: contentHash(ielpShort),
      createdAt,
    },
  });
  const perLevel = options.perLevel ?? 4;
  await db.media.create({
    data: {
      id: uuid(),
      name: "test.mp3",
      sha256: "0".repeat(64),
      mimeType: "audio/mpeg",
      bytes: 4,
      durationSeconds: 10,
      storageKey: "media/test.mp3",
      createdAt,
    },
  });
  const interaction = {
    type: "choice",
    stem: "Which?",
    options: ["a", "b", "c"].map((id) => ({ id, text: `Option ${id}` })),
  };
  const contents = {
    reading: () => ({ stimulus: { kind: "sign", blocks: [{ type: "paragraph", text: "A text." }] }, interaction }),
    listening: () => ({
      stimulus: {
        kind: "announcement",
        setting: "You hear an announcement.",
        plays: 2,
        media: "test.mp3",
        durationSeconds: 10,
        turns: [{ speaker: "Speaker", voice: "slt", text: "The transcript.", pauseAfterMs: 0 }],
      },
      interaction,
    }),
    writing: () => ({
      title: "A task",
      situation: "A situation.",
      reader: "A friend",
      purpose: "To say something",
      instruction: "Write a message.",
      points: ["one", "two", "three"],
      minWords: 30,
      maxWords: 40,
      suggestedMinutes: 4,
    }),
    speaking: (index: number) => ({
      title: "A task",
      prompt: "Talk about something.",
      points: ["one", "two"],
      prepareSeconds: 20,
      answerSeconds: 40,
      reRecord: true,
      ...(index % 2 === 1 && {
        turn: { speaker: "Ana", voice: "slt", text: "A question.", media: "test.mp3", durationSeconds: 4 },
      }),
    }),
  } as const;
  const subSkill = { reading: "detail", listening: "detail", writing: "message", speaking: "personal" } as const;
  for (const skill of ["reading", "listening", "writing", "speaking"] as const) {
    const levels =
      skill === "reading" || skill === "listening" ? ["A1", "A2", "B1", "B2", "C1", "C2"] : ["A", "B", "C"];
    const rows = levels.flatMap((level) =>
      Array.from({ length: perLevel }, (_, index) => ({ level, index, itemId: uuid(), versionId: uuid() })),
    );
    await db.item.createMany({
      data: rows.map(({ level, index, itemId }) => ({
        id: itemId,
        slug: `${skill}-${level.toLowerCase()}-${index}`,
        skill,
        createdAt,
      })),
    });
    await db.itemVersion.createMany({
      data: rows.map(({ level, index, itemId, versionId }) => ({
        id: versionId,
        itemId,
        version: 1,
        status: "active" as const,
        skill,
        level,
        subSkill: subSkill[skill],
        topic: "daily-life",
        difficulty: 0,
        type: skill === "reading" || skill === "listening" ? "choice" : skill,
        content: contents[skill](index),
        ...((skill === "reading" || skill === "listening") && { key: { type: "choice", correct: "b" } }),
        rationale: {},
        hash: contentHash([itemId]),
        searchText: "",
        reason: "test",
        createdAt,
      })),
    });
    await db.$executeRaw`update item set current_id = v.id from item_version v where v.item_id = item.id and item.skill = ${skill}::skill`;
  }
  const openSitting = async (capacity: number): Promise<string> => {
    const id = uuid();
    await db.sitting.create({
      data: {
        id,
        centreId,
        programmeId,
        startsAt: new Date("2026-03-02T09:00:00Z"),
        endsAt: new Date("2026-03-02T17:00:00Z"),
        capacity,
        bookBefore: new Date("2026-03-02T16:00:00Z"),
        changeBefore: new Date("2026-03-02T10:00:00Z"),
        createdById: uuid(),
        createdAt,
      },
    });
    return id;
  };
  return { centreId, programmeId, sittingId: await openSitting(options.capacity ?? 100), openSitting };
}
