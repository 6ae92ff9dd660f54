import type { Services } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { type MachineScheme, machinePlaces } from "../marking/machine-schema.ts";
import { createPerson } from "./services.ts";

interface SettledAnswer {
  readonly version: { readonly id: string; readonly itemId: string; readonly level: string };
  /** Of a written one. */
  readonly text?: string;
  /** What was measured of it, and with what; a spoken one has no recording here. */
  readonly measured?: { readonly measures: string; readonly features: Readonly<Record<string, number | null>> };
  /** One or two, given blind. */
  readonly marks: readonly Readonly<Record<string, number>>[];
  readonly firstLanguage: string;
  readonly settledAt: Date;
}

/** Answers that examiners have settled, row by row, each by a candidate of its own. The attempts are long over. */
export async function insertSettled(
  services: Services,
  input: {
    readonly programmeId: string;
    readonly adminId: string;
    readonly scheme: MachineScheme;
    readonly answers: readonly SettledAnswer[];
  },
): Promise<string[]> {
  const { db, ids, clock } = services;
  const { scheme, answers } = input;
  const { skill } = machinePlaces[scheme];
  const now = clock.now();
  const [rubric, centre] = await Promise.all([
    db.rubric.findFirstOrThrow({ where: { scheme, skill }, orderBy: { version: "desc" }, select: { id: true } }),
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
      ...{ id: sittingId, centreId: centre.id, programmeId: input.programmeId, capacity: answers.length },
      ...{ startsAt: now, endsAt: new Date(now.getTime() + 3_600_000), bookBefore: now, changeBefore: now },
      ...{ createdById: input.adminId, createdAt: now },
    },
  });
  const rows = answers.map((answer) => ({
    ...answer,
    ...{ candidateId: ids.uuid(), attemptId: ids.uuid(), itemId: ids.uuid(), scriptId: ids.uuid() },
  }));
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
      ...{ skill, position: 1, level: version.level, subSkill: "opinion" },
      ...{ pickReason: "test", exposureAtPick: 0, allottedAt: now },
    })),
  });
  const written = rows.flatMap(({ text, ...row }) => (text === undefined ? [] : [{ ...row, value: { text } }]));
  const clientId = ids.uuid();
  const made = { clientId, sequence: 1, epoch: 1, madeAt: now };
  await db.answerEntry.createMany({
    data: written.map(({ attemptId, itemId, value }) => ({
      ...{ attemptId, attemptItemId: itemId, value, receivedAt: now, ...made },
      ...{ hash: contentHash(value), standing: "counted" },
    })),
  });
  const entries = await db.answerEntry.findMany({ where: { clientId }, select: { id: true, attemptItemId: true } });
  const entryOf = new Map(entries.map(({ id, attemptItemId }) => [attemptItemId, id]));
  await db.response.createMany({
    data: written.map(({ itemId, value }) => ({
      ...{ attemptItemId: itemId, entryId: entryOf.get(itemId) ?? 0n, value, ...made },
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
      ...{ id: scriptId, code: ids.code(2), attemptId, attemptItemId: itemId, skill },
      ...{ level: version.level, status: "settled" as const, waitingSince: settledAt, settledAt },
      outcome: {
        counting: ratings.filter((rating) => rating.scriptId === scriptId).map(({ id }) => id),
        rule: marks.length === 1 ? "single" : "within-tolerance",
        ...{ combine: "exact-mean", difference: null, policy: null, second: null },
      },
    })),
  });
  await db.rating.createMany({ data: ratings });
  await db.machineFeatures.createMany({
    data: rows.flatMap(({ scriptId, measured }) =>
      measured
        ? [{ scriptId, inputHash: scriptId, measures: measured.measures, features: { ...measured.features } }]
        : [],
    ),
  });
  return rows.map(({ scriptId }) => scriptId);
}
