import { allotForm } from "../bank/steps.ts";
import { ielp } from "../delivery/programmes.ts";
import type { Blueprint } from "../delivery/schema.ts";
import type { Services } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemViewer } from "../kernel/policy.ts";

/** Like a command's: many attempts arranged at once wait for each other's connections. */
const patient = { timeout: 20_000, maxWait: 20_000 };

/**
 * A submitted attempt, arranged row by row: form allotted as in life, every objective item answered with `answer`, every
 * writing task with `text`, every speaking task with a processed recording unless `silent`.
 */
export async function createSubmittedAttempt(
  services: Services,
  input: {
    candidateId: string;
    programmeId: string;
    adminId: string;
    answer?: string | null;
    text?: string;
    silent?: boolean;
    /** Those of `ielp` where it is not said. */
    sections?: Blueprint["sections"];
  },
): Promise<{ attemptId: string }> {
  const { db, ids, clock } = services;
  const now = clock.now();
  const attemptId = ids.uuid();
  const clientId = ids.uuid();
  const { sections = ielp.sections, answer = "b", text = "Dear reader, one, two and three.", silent = false } = input;
  await db.$transaction(async (tx) => {
    const centre = await tx.centre.upsert({
      where: { name: "Test centre" },
      create: { id: ids.uuid(), name: "Test centre", timeZone: "UTC", address: "online" },
      update: {},
    });
    const sitting = await tx.sitting.create({
      data: {
        id: ids.uuid(),
        centreId: centre.id,
        programmeId: input.programmeId,
        startsAt: now,
        endsAt: new Date(now.getTime() + 3_600_000),
        capacity: 10,
        bookBefore: now,
        changeBefore: now,
        createdById: input.adminId,
        createdAt: now,
      },
    });
    await tx.attempt.create({
      data: {
        id: attemptId,
        reference: ids.code(2),
        candidateId: input.candidateId,
        sittingId: sitting.id,
        status: "submitted",
        bookedAt: now,
        startedAt: now,
        submittedAt: now,
        receipt: ids.code(3),
      },
    });
    await allotForm(
      {
        ...services,
        viewer: systemViewer,
        requestId: "test",
        tx,
        now,
        audit: () => undefined,
        enqueue: () => undefined,
      },
      { attemptId, candidateId: input.candidateId, sections },
    );
    for (const [index, section] of sections.entries()) {
      await tx.attemptSection.create({
        data: {
          id: ids.uuid(),
          attemptId,
          skill: section.skill,
          position: index + 1,
          status: "closed",
          openedAt: now,
          closedAt: now,
        },
      });
    }
    const items = await tx.attemptItem.findMany({ where: { attemptId }, orderBy: { id: "asc" } });
    for (const [index, item] of items.entries()) {
      if (item.skill === "speaking") {
        if (silent) continue;
        await tx.recording.create({
          data: {
            id: ids.uuid(),
            attemptItemId: item.id,
            take: 1,
            clientId,
            status: "processed",
            mimeType: "audio/webm",
            durationSeconds: 20,
            peaks: [1, 50, 1],
            storageKey: "bank/test",
            startedAt: now,
          },
        });
        continue;
      }
      const value = item.skill === "writing" ? { text } : answer;
      if (value === null) continue;
      const entry = await tx.answerEntry.create({
        data: {
          attemptId,
          attemptItemId: item.id,
          clientId,
          sequence: index + 1,
          epoch: 1,
          value,
          madeAt: now,
          receivedAt: now,
          hash: contentHash(value),
          standing: "counted",
        },
      });
      await tx.response.create({
        data: {
          attemptItemId: item.id,
          entryId: entry.id,
          value,
          madeAt: now,
          epoch: 1,
          clientId,
          sequence: index + 1,
        },
      });
    }
  }, patient);
  return { attemptId };
}
