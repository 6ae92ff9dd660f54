import type { BankItem } from "../bank/schema.ts";
import { cefrLevels, levelBands, type Skill, subSkills, topics } from "../bank/schema.ts";
import { addItemVersion } from "../bank/version-steps.ts";
import { programmes } from "../delivery/programmes.ts";
import type { Services } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { standardPolicy } from "../marking/policy-rules.ts";
import type { PolicyData } from "../marking/policy-schema.ts";
import { createTestRubrics } from "./rubrics.ts";

export const oneMark: PolicyData = {
  ...standardPolicy,
  mode: "single",
  qualification: false,
  seeds: { ...standardPolicy.seeds, every: 0 },
};

/** What most tests are marked by: one mark by whoever asks, no seeds. Those about more publish their own policy. */
export async function markOnce({ db, ids, clock }: Services, programme: string): Promise<void> {
  await db.markingPolicy.create({
    data: {
      id: ids.uuid(),
      programme,
      version: 1,
      data: oneMark,
      hash: contentHash(oneMark),
      reason: "One mark",
      createdAt: clock.now(),
    },
  });
}

/** What a test needs before anyone can sit: the programmes, a rubric per rated skill and a bank of `perLevel` items a level. */
export async function createSmallBank(services: Services, perLevel = 5): Promise<{ programmeId: string }> {
  const { db, ids, clock } = services;
  const now = clock.now();
  for (const { name, version, blueprint } of programmes) {
    const row = { name, version, title: blueprint.title, blueprint, hash: contentHash(blueprint), createdAt: now };
    await db.programme.create({ data: { id: ids.uuid(), ...row } });
    await markOnce(services, name);
  }
  await createTestRubrics(services);
  await db.media.create({
    data: {
      id: ids.uuid(),
      name: "test.mp3",
      sha256: "0",
      mimeType: "audio/mpeg",
      bytes: 1,
      storageKey: "bank/test",
      createdAt: now,
    },
  });
  await services.storage.put("bank/test", new Uint8Array([1]));
  await db.$transaction(
    async (tx) => {
      for (const item of smallBank(perLevel)) {
        await addItemVersion({ tx, now, ids }, { item, status: "active", authorId: null, reason: "Test bank" });
      }
    },
    // Hundreds of small statements: on a busy machine more than the 5 s that Prisma gives by itself.
    { timeout: 60_000, maxWait: 20_000 },
  );
  const { id } = await db.programme.findUniqueOrThrow({
    where: { name_version: { name: "ielp", version: 1 } },
    select: { id: true },
  });
  return { programmeId: id };
}

/** Choice items whose key is always `b`, and plain tasks. The first item of each objective level is an anchor. */
function smallBank(perLevel: number): BankItem[] {
  const numbers = Array.from({ length: perLevel }, (_, index) => index);
  const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
  const common = (skill: Skill, level: string, index: number) => ({
    id: `${skill.slice(0, 1)}-${level.toLowerCase()}-${String(index + 1).padStart(2, "0")}`,
    topic: pick(topics, index),
    difficulty: 0,
    anchor: false,
  });
  const objective = cefrLevels.flatMap((level) =>
    numbers.flatMap((index): BankItem[] => {
      const interaction = {
        type: "choice" as const,
        stem: `Question ${level} ${index + 1}?`,
        options: ["a", "b", "c"].map((id) => ({ id, text: `Option ${id}` })),
      };
      const key = { type: "choice" as const, correct: "b" };
      const rationale = { key: "It is b.", distractors: { a: "No.", c: "No." } };
      return [
        {
          ...common("reading", level, index),
          anchor: index === 0,
          skill: "reading",
          level,
          subSkill: pick(subSkills.reading, index),
          content: {
            stimulus: { kind: "note", blocks: [{ type: "paragraph", text: `Text ${level} ${index + 1}.` }] },
            interaction,
          },
          key,
          rationale,
        },
        {
          ...common("listening", level, index),
          anchor: index === 0,
          skill: "listening",
          level,
          subSkill: pick(subSkills.listening, index),
          content: {
            stimulus: {
              kind: "note",
              setting: "You hear a note.",
              plays: 2,
              media: "test.mp3",
              durationSeconds: 10,
              turns: [{ speaker: "One", voice: "slt", text: `Talk ${level} ${index + 1}.`, pauseAfterMs: 0 }],
            },
            interaction,
          },
          key,
          rationale,
        },
      ];
    }),
  );
  const tasks = levelBands.flatMap((level) =>
    numbers.flatMap((index): BankItem[] => [
      {
        ...common("writing", level, index),
        skill: "writing",
        level,
        subSkill: pick(subSkills.writing, index),
        content: {
          title: `Task ${level}`,
          situation: "A situation.",
          reader: "A reader.",
          purpose: "A purpose.",
          instruction: "Write.",
          points: ["One", "Two", "Three"],
          minWords: 30,
          maxWords: 40,
          suggestedMinutes: 4,
        },
        rationale: { markerNotes: "None." },
      },
      {
        ...common("speaking", level, index),
        skill: "speaking",
        level,
        subSkill: pick(subSkills.speaking, index),
        content: {
          title: `Task ${level}`,
          prompt: "Speak.",
          points: ["One", "Two"],
          prepareSeconds: 15,
          answerSeconds: 40,
          reRecord: index % 2 === 0,
          ...(index % 2 === 1 && {
            turn: { speaker: "Two", voice: "rms" as const, text: "Hello?", media: "test.mp3", durationSeconds: 2 },
          }),
        },
        rationale: { markerNotes: "None." },
      },
    ]),
  );
  return [...objective, ...tasks];
}

/** A sound reading item with key `a`, for tests that write items of their own. */
export function readingItem(id: string, changes: Partial<Extract<BankItem, { skill: "reading" }>> = {}): BankItem {
  return {
    id,
    skill: "reading",
    level: "B1",
    subSkill: "gist",
    topic: "sport",
    difficulty: -0.3,
    difficultyReason: "Two sentences must be put together.",
    anchor: false,
    content: {
      stimulus: { kind: "article", blocks: [{ type: "paragraph", text: "The velodrome opens on Tuesday." }] },
      interaction: {
        type: "choice",
        stem: "What opens?",
        options: ["a", "b", "c"].map((option) => ({ id: option, text: `Building ${option}` })),
      },
    },
    key: { type: "choice", correct: "a" },
    rationale: { key: "Line 1.", distractors: { b: "Not said.", c: "Not said." } },
    ...changes,
  };
}
