import { seededRandom } from "@bandwise/psychometrics/random";
import { writingTask } from "../bank/schema.ts";
import type { Services } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { createPerson } from "./services.ts";

const things =
  "town school street garden market river library village museum station office kitchen bridge island".split(" ");

/** Sentences of three kinds: what a text is worth follows from how many it has of each. Written for tests; N is a noun. */
const plain = [
  "I like my N because it is small and quiet.",
  "There is a N and I go there with my friend.",
  "In the summer it is hot and we swim near the N.",
  "My N is near my house so I walk every day.",
  "I think the N is a good place and the people are nice.",
  "On Sunday we eat in the N with my family and we talk a lot.",
];
const rich = [
  "Although the new N appears expensive at first, the long-term benefits considerably outweigh the initial investment.",
  "What residents appreciate most, according to a recent survey, is the remarkable variety of activities around the N.",
  "If those who run the N had consulted local families earlier, many of these misunderstandings could have been avoided.",
  "Furthermore, the surrounding N, which attracts plenty of visitors, deserves far better protection.",
  "It would therefore be reasonable to extend the opening hours of the N, particularly during the examination period.",
  "However, we should acknowledge the concerns of everyone near the N whose income depends on regular traffic.",
];
const broken = [
  "He go to the N every days and he have many friend.",
  "We was very happy becuase the teacher give us a good marks in the N.",
  "I am agree with you but they is not come to the N yesterday.",
  "She don't likes the N and there is many peoples.",
];

const criteria = ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"];

/** A text of 14 sentences and what it is worth, 0 to 1: more rich sentences and fewer broken ones. It opens with words of its task. */
export function madeText(next: () => number, about = smallBankTask): { text: string; worth: number } {
  const worth = next();
  const sentences = Array.from({ length: 14 }, () => {
    const from = next() < worth ? rich : next() < worth + 0.25 ? plain : broken;
    const sentence = from[Math.floor(next() * from.length)] ?? "";
    return sentence.replace("N", things[Math.floor(next() * things.length)] ?? "");
  });
  // Without a word of its task an answer would be off its topic.
  return { text: [`I write about ${about.join(", ")} here.`, ...sentences].join(" "), worth };
}
const smallBankTask = ["one situation", "two points", "three things"];

/** Single words of a task, no two of which stand together in it: nothing is copied. */
export function wordsOf(content: unknown): string[] {
  const { situation, instruction, points } = writingTask.shape.content.parse(content);
  const long = `${situation} ${instruction} ${points.join(" ")}`.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  return [...new Set(long)].filter((_, at) => at % 2 === 0).toReversed();
}

/**
 * Writing that examiners have settled, arranged row by row: each candidate answered one task, every second response was marked
 * by two. Marks follow what the text is worth, as far as `noise` lets them. The attempts are long over.
 */
export async function createConfirmedWriting(
  services: Services,
  input: {
    programmeId: string;
    adminId: string;
    count: number;
    seed: string;
    noise: number;
    /** Settled over so many days until now, evenly; all now where it is not said. */
    days?: number;
  },
): Promise<{ scriptIds: string[] }> {
  const { db, ids, clock } = services;
  const now = clock.now();
  const next = seededRandom(`confirmed:${input.seed}`);
  const [versions, rubric, centre] = await Promise.all([
    db.itemVersion.findMany({
      where: { item: { skill: "writing" }, status: "active" },
      select: { id: true, itemId: true, level: true, content: true },
      orderBy: { id: "asc" },
      take: 6,
    }),
    db.rubric.findFirstOrThrow({ where: { scheme: "ielp", skill: "writing" }, select: { id: true } }),
    db.centre.upsert({
      where: { name: "Test centre" },
      create: { id: ids.uuid(), name: "Test centre", timeZone: "UTC", address: "online" },
      update: {},
    }),
  ]);
  const examiners = [await createPerson(db, ["examiner"]), await createPerson(db, ["examiner"])];
  const sittingId = ids.uuid();
  await db.sitting.create({
    data: {
      ...{ id: sittingId, centreId: centre.id, programmeId: input.programmeId, capacity: input.count },
      ...{
        startsAt: now,
        endsAt: new Date(now.getTime() + 3_600_000),
        bookBefore: now,
        changeBefore: now,
        createdById: input.adminId,
        createdAt: now,
      },
    },
  });
  const rows = Array.from({ length: input.count }, (_, at) => {
    const version = versions[at % versions.length];
    if (!version) throw new Error("the bank has no writing tasks");
    const { text, worth } = madeText(next, wordsOf(version.content));
    const mark = () => Math.round(2 * Math.max(0, Math.min(10, 1.5 + 7 * worth + (next() - 0.5) * input.noise))) / 2;
    return {
      settledAt: new Date(now.getTime() - ((input.days ?? 0) * (input.count - 1 - at) * 86_400_000) / input.count),
      ...{ candidateId: ids.uuid(), attemptId: ids.uuid(), itemId: ids.uuid(), scriptId: ids.uuid(), version, text },
      marks: Array.from({ length: at % 2 === 0 ? 2 : 1 }, () => Object.fromEntries(criteria.map((id) => [id, mark()]))),
      firstLanguage: at % 3 === 0 ? "Spanish" : "Arabic",
    };
  });
  await db.person.createMany({
    data: rows.map(({ candidateId, firstLanguage }) => ({
      ...{ id: candidateId, name: "Test Person", email: `${candidateId}@demo.test`, createdAt: now, firstLanguage },
    })),
  });
  await db.attempt.createMany({
    data: rows.map(({ attemptId, candidateId }) => ({
      ...{ id: attemptId, reference: ids.code(2), candidateId, sittingId, status: "released" as const },
      ...{ bookedAt: now, startedAt: now, submittedAt: now },
    })),
  });
  await db.attemptItem.createMany({
    data: rows.map(({ itemId, attemptId, candidateId, version }) => ({
      ...{ id: itemId, attemptId, candidateId, itemId: version.itemId, itemVersionId: version.id },
      ...{ skill: "writing" as const, position: 1, level: version.level, subSkill: "opinion" },
      ...{ pickReason: "test", exposureAtPick: 0, allottedAt: now },
    })),
  });
  const clientId = ids.uuid();
  const made = { clientId, sequence: 1, epoch: 1, madeAt: now };
  await db.answerEntry.createMany({
    data: rows.map(({ attemptId, itemId, text }) => ({
      ...{ attemptId, attemptItemId: itemId, value: { text }, receivedAt: now, ...made },
      ...{ hash: contentHash({ text }), standing: "counted" },
    })),
  });
  const entries = await db.answerEntry.findMany({ where: { clientId }, select: { id: true, attemptItemId: true } });
  const entryOf = new Map(entries.map(({ id, attemptItemId }) => [attemptItemId, id]));
  await db.response.createMany({
    data: rows.map(({ itemId, text }) => ({
      ...{ attemptItemId: itemId, entryId: entryOf.get(itemId) ?? 0n, value: { text }, ...made },
    })),
  });
  const ratings = rows.flatMap(({ scriptId, itemId, marks, settledAt }) =>
    marks.map((scores, at) => ({
      ...{ id: ids.uuid(), scriptId, raterId: examiners[at]?.id ?? "", rubricId: rubric.id, scores },
      ...{ status: "final" as const, entryId: entryOf.get(itemId) ?? null },
      ...{ createdAt: settledAt, updatedAt: settledAt, finalAt: settledAt },
    })),
  );
  await db.script.createMany({
    data: rows.map(({ scriptId, attemptId, itemId, version, marks, settledAt }) => ({
      ...{ id: scriptId, code: ids.code(2), attemptId, attemptItemId: itemId, skill: "writing" as const },
      ...{ level: version.level, status: "settled" as const, waitingSince: settledAt, settledAt },
      outcome: {
        counting: ratings.filter((rating) => rating.scriptId === scriptId).map(({ id }) => id),
        rule: marks.length === 1 ? "single" : "within-tolerance",
        ...{ combine: "exact-mean", difference: null, policy: null, second: null },
      },
    })),
  });
  await db.rating.createMany({ data: ratings });
  return { scriptIds: rows.map(({ scriptId }) => scriptId) };
}
