import { z } from "zod";
import { notInTime } from "../delivery/schema.ts";
import { defineCommand, defineQuery } from "../kernel/define.ts";
import { contentHash } from "../kernel/hash.ts";
import { rateInPerson } from "../marking/rating-steps.ts";
import { makeScripts, recordingRetrySeconds } from "../marking/script-steps.ts";
import { settleLive } from "../marking/settle-steps.ts";
import { finishMarkingIfDone } from "../marking/steps.ts";
import { bands } from "./ledger.ts";
import { joinWithinMs } from "./rules.ts";
import { concludeInterviewJob, interviewInput, nothing } from "./schema.ts";
import { closeInterview } from "./steps.ts";

/** Marks whose time to be changed has run out. */
export const closeDueInterviews = defineCommand({
  name: "closeDueInterviews",
  permission: "interview:conclude",
  audit: "ledger",
  input: nothing,
  run: async (context) => {
    const due = await context.tx.$queryRaw<{ id: string }[]>`
      select attempt_id as id from interview
      where status = 'cooling_off' and amendable_until <= ${context.now}::timestamptz
      order by amendable_until limit 100 for update skip locked`;
    for (const { id } of due) await closeInterview(context, id, "time");
    return { closed: due.length };
  },
});

const unheard: readonly string[] = ["recording", "complete"];

/** The time for joining is over: nothing is waited for any more. */
const late = z.boolean().default(false);

/** Interviews whose sound has not been joined in time, those that stand longest first, with their takes that are whole and unread. */
export const listUnjoined = defineQuery({
  name: "listUnjoined",
  permission: "interview:conclude",
  input: nothing,
  run: async ({ db, clock }) => {
    const rows = await db.interview.findMany({
      where: {
        status: "final",
        finalAt: { lt: new Date(clock.now().getTime() - joinWithinMs) },
        attempt: { status: "submitted" },
      },
      orderBy: { finalAt: "asc" },
      take: 20,
      select: {
        attemptId: true,
        attempt: {
          select: { items: { select: { recordings: { where: { status: "complete" }, select: { id: true } } } } },
        },
      },
    });
    return rows.map(({ attemptId, attempt }) => ({
      attemptId,
      unread: attempt.items.flatMap(({ recordings }) => recordings.map(({ id }) => id)),
    }));
  },
});

/**
 * The takes of a final interview that can be heard, in the order they were made; none while another is on its way, null where
 * there is nothing to conclude (yet).
 */
export const interviewToConclude = defineQuery({
  name: "interviewToConclude",
  permission: "interview:conclude",
  input: interviewInput.extend({ late }),
  run: async ({ db }, { attemptId, late: isLate }) => {
    const interview = await db.interview.findFirst({
      where: { attemptId, status: "final", attempt: { status: "submitted" } },
      select: {
        attempt: {
          select: {
            items: {
              select: {
                recordings: {
                  where: { status: { not: "failed" }, purgedAt: null },
                  orderBy: [{ startedAt: "asc" }, { take: "asc" }],
                  select: { id: true, status: true, storageKey: true, mimeType: true },
                },
              },
            },
          },
        },
      },
    });
    if (!interview) return null;
    const takes = interview.attempt.items.flatMap(({ recordings }) => recordings);
    if (!isLate && takes.some(({ status }) => unheard.includes(status))) return [];
    return takes.flatMap(({ id, status, storageKey, mimeType }) =>
      status === "processed" && storageKey !== null ? [{ id, storageKey, mimeType }] : [],
    );
  },
});

const joinedSound = z.strictObject({
  recordingId: z.uuid(),
  /** Which takes it is made of: where another has come meanwhile, it is made anew. */
  takes: z.array(z.uuid()),
  storageKey: z.string(),
  mimeType: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  durationSeconds: z.number(),
  peaks: z.array(z.number().int()),
});
const concludeInput = interviewInput.extend({ joined: joinedSound.nullable(), late });

const unjoinedReason =
  "The takes of this interview could not be joined within 15 minutes of its final marks. Each is kept; a second examiner hears the longest. Listen to the others before you release it.";
const unarrivedReason =
  "Sound of this interview was not whole 15 minutes after its final marks. The marks stand as given; see what arrived before you release it.";

/**
 * The final marks of an interview become the first rating of its script, which is made here and waits in no queue before:
 * its examiner's marks stand when somebody else may take it. Runs again without effect.
 */
export const concludeInterview = defineCommand({
  name: "concludeInterview",
  permission: "interview:conclude",
  input: concludeInput,
  run: async (context, { attemptId, joined, late: isLate }) => {
    const { tx, now } = context;
    await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for update`;
    const interview = await tx.interview.findUniqueOrThrow({
      where: { attemptId },
      select: {
        status: true,
        examinerId: true,
        scores: true,
        comment: true,
        attempt: {
          select: {
            status: true,
            writerEpoch: true,
            items: {
              select: {
                id: true,
                recordings: {
                  orderBy: [{ startedAt: "asc" }, { take: "asc" }],
                  select: { id: true, take: true, status: true, clientId: true, durationSeconds: true },
                },
              },
            },
          },
        },
      },
    });
    const unchanged = { concluded: false };
    const [item] = interview.attempt.items;
    if (interview.status !== "final" || interview.attempt.status !== "submitted" || !item) {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { unchanged: true } });
      return unchanged;
    }
    const again = () => {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { waitingForRecordings: true } });
      context.enqueue(concludeInterviewJob, { attemptId }, { startAfterSeconds: recordingRetrySeconds });
      return unchanged;
    };
    const heard = item.recordings.filter(({ status }) => status === "processed");
    const stale =
      heard.length > 1 && contentHash(heard.map(({ id }) => id)) !== contentHash(joined === null ? [] : joined.takes);
    const unarrived = item.recordings.filter(({ status }) => unheard.includes(status));
    // Joined of other takes than there are now, it is joined anew however late.
    if ((stale && joined !== null) || (!isLate && (unarrived.length > 0 || stale))) return again();
    if (unarrived.length > 0) {
      // Should it come after all, it becomes a sound then, and an admin is told.
      await tx.recording.updateMany({
        where: { id: { in: unarrived.map(({ id }) => id) } },
        data: { status: "failed", failure: notInTime },
      });
    }
    const [only] = heard;
    let recordingId = stale
      ? (heard.toSorted((a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0))[0]?.id ?? null)
      : (only?.id ?? null);
    if (only && joined && !stale) {
      const { recordingId: id, takes: _takes, ...sound } = joined;
      recordingId = id;
      await tx.recording.create({
        data: {
          id,
          attemptItemId: item.id,
          take: Math.max(...item.recordings.map(({ take }) => take)) + 1,
          clientId: only.clientId,
          status: "processed",
          startedAt: now,
          completedAt: now,
          ...sound,
        },
      });
    }
    if (stale || unarrived.length > 0) {
      await tx.attempt.updateMany({
        where: { id: attemptId, reviewReason: null },
        data: { reviewReason: stale ? unjoinedReason : unarrivedReason },
      });
    }
    let entryId: bigint | null = null;
    if (only && recordingId !== null) {
      // The answer names its sound, as every spoken answer does.
      const value = { recordingId };
      const entry = {
        attemptItemId: item.id,
        clientId: only.clientId,
        sequence: 1,
        epoch: interview.attempt.writerEpoch,
        value,
        madeAt: now,
      };
      const stored = await tx.answerEntry.create({
        data: { ...entry, attemptId, receivedAt: now, hash: contentHash(value), standing: "counted" },
      });
      entryId = stored.id;
      await tx.response.upsert({
        where: { attemptItemId: item.id },
        create: { ...entry, entryId },
        update: { ...entry, entryId },
      });
    }
    const scripts = await makeScripts(context, attemptId, item.id);
    const script = typeof scripts === "string" ? undefined : scripts.find((made) => made.attemptItemId === item.id);
    if (!script) return again();
    const held = await rateInPerson(context, {
      scriptId: script.id,
      raterId: interview.examinerId,
      scores: bands.parse(interview.scores),
      comment: interview.comment,
      recordingId,
      entryId,
    });
    const status = await settleLive(context, held, interview.examinerId);
    if (status === "settled") await finishMarkingIfDone(context, attemptId);
    return { concluded: true };
  },
});
