import type { SqlTransaction } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand, defineSqlCommand, defineSqlStatement } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { discardReplaced, finishRecording, keepPiece, unfinished } from "./recording-steps.ts";
import { abandonedAfterMs, contiguousChunks, decideStanding, decideTake, isOverlong, taskSeconds } from "./rules.ts";
import {
  brokenOff,
  completeRecordingInput,
  nothing,
  notInTime,
  processRecordingJob,
  putChunkInput,
  speakingScale,
  startRecordingInput,
} from "./schema.ts";
import { delivererOf, ownsAttempt } from "./scope.ts";
import { readAnchor } from "./seals.ts";

/** Own takes and those of pages from beside: a candidate who changes devices often needs a few, nobody more. */
const takesMax = 12;

/** A dialogue says nothing of it: its turns are answered once. */
const speakingContent = z.object({ reRecord: z.boolean().default(false) });

interface TaskRow {
  readonly candidate_id: string;
  readonly writer_client_id: string | null;
  readonly suspended_at: number | null;
  readonly content: unknown;
  readonly status: "not_open" | "open" | "closed";
  readonly deadline: number | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly takes: { id: string; take: number; status: RecordingStatus }[];
}

type RecordingStatus = "recording" | "complete" | "processed" | "failed" | "discarded";

/**
 * The task with its section and the takes made of it; nothing else happens in the attempt meanwhile. An interview has no such
 * task: its sound comes as its examiner says.
 */
async function lockTask(tx: SqlTransaction, attemptId: string, attemptItemId: string): Promise<TaskRow | undefined> {
  // A statement of its own: what is read after it is what the holder before us left.
  await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for no key update`;
  const [row] = await tx.$queryRaw<TaskRow[]>`
    select a.candidate_id, a.writer_client_id, v.content, s.status::text as status, s.closed_by,
      (extract(epoch from p.suspended_at) * 1000)::float8 as suspended_at,
      (extract(epoch from s.closed_at) * 1000)::float8 as closed_at,
      (extract(epoch from s.opened_at) * 1000)::float8 + 1000 *
        (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id)::float8 as deadline,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'take', r.take, 'status', r.status)), '[]'::jsonb)
         from recording r where r.attempt_item_id = i.id) as takes
    from attempt a
    join person p on p.id = a.candidate_id
    join attempt_item i on i.attempt_id = a.id and i.skill = 'speaking'
    join item_version v on v.id = i.item_version_id
    join attempt_section s on s.attempt_id = a.id and s.skill = i.skill
    where a.id = ${attemptId}::uuid and i.id = ${attemptItemId}::uuid
      and not exists (select 1 from interview_slot n where n.sitting_id = a.sitting_id)`;
  return row;
}

/**
 * The first piece of a take. The page may have begun it while the network was away: what counts is when it was made. A
 * page that has lost the writer's place hands its takes in beside the others, under a number of their own.
 */
export const startRecording = defineSqlCommand({
  name: "startRecording",
  permission: "attempt:deliver",
  audit: "ledger",
  input: startRecordingInput,
  run: async (context, input) => {
    const { tx, now, viewer } = context;
    const { attemptId, attemptItemId, recordingId } = input;
    const task = await lockTask(tx, attemptId, attemptItemId);
    if (!task || !ownsAttempt(viewer, { id: attemptId, candidateId: task.candidate_id })) throw notFound("This task");
    if (!task.takes.some((made) => made.id === recordingId)) {
      const startedAt = new Date(Math.min(input.madeAt, now.getTime()));
      await tx.$executeRaw`
        insert into recording (id, attempt_item_id, take, client_id, mime_type, started_at)
        values (${recordingId}::uuid, ${attemptItemId}::uuid, ${numberOfTake(context, task, input)},
                ${input.clientId}::uuid, ${input.mimeType.toLowerCase()}, ${startedAt}::timestamptz)`;
    }
    await keepPiece(context, { ...input, index: 0 }, delivererOf(viewer, attemptId));
    return input.chunkCount === undefined ? unfinished : finishRecording(context, recordingId, input.chunkCount);
  },
});

function numberOfTake(
  context: CommandContext<SqlTransaction>,
  task: TaskRow,
  input: z.output<typeof startRecordingInput>,
): number {
  if (task.status === "not_open") throw new AppError("LOCKED", "This section has not been opened yet.");
  const anchoredAt = readAnchor(context.settings.authSecret, input.attemptId, input.anchor);
  const standing = decideStanding({
    now: context.now.getTime(),
    section: { status: task.status, deadline: task.deadline, closedAt: task.closed_at, closedBy: task.closed_by },
    madeAt: input.madeAt,
    proven: anchoredAt !== null && anchoredAt <= input.madeAt + 2_000,
    isWriter: task.writer_client_id === input.clientId,
    suspendedAt: task.suspended_at,
  });
  if (task.takes.length >= takesMax) throw new AppError("LOCKED", "This task has been recorded too often.");
  const { reRecord } = speakingContent.parse(task.content);
  const alternative = standing === "alternative";
  const decision = decideTake({ take: input.take, reRecord, takes: alternative ? [] : task.takes, standing });
  if (!decision.ok && !(alternative && input.take === 2)) throw new AppError("LOCKED", decision.because);
  return alternative ? Math.max(2, ...task.takes.map((made) => made.take)) + 1 : input.take;
}

/** A piece in the middle: what an exam room sends all the time while it speaks, hence one statement. */
export const putChunk = defineSqlStatement({
  name: "putChunk",
  permission: "attempt:deliver",
  audit: "ledger",
  input: putChunkInput,
  run: async (context, input) => {
    await keepPiece(context, input, delivererOf(context.viewer, input.attemptId));
    return unfinished;
  },
});

/**
 * A piece sent when the recorder has stopped. Answers with the numbers that are missing, or sets the joining going. Where
 * all pieces were under way before the page knew their number, it sends the last one again.
 */
export const completeRecording = defineSqlCommand({
  name: "completeRecording",
  permission: "attempt:deliver",
  audit: "ledger",
  input: completeRecordingInput,
  run: async (context, input) => {
    await keepPiece(context, input, delivererOf(context.viewer, input.attemptId));
    return finishRecording(context, input.recordingId, input.chunkCount);
  },
});

/** Uploads that broke off for good: what arrived is joined, and where nothing came the recording counts as failed. */
export const finishAbandonedRecordings = defineCommand({
  name: "finishAbandonedRecordings",
  permission: "attempt:sweep",
  audit: "ledger",
  input: nothing,
  run: async (context) => {
    const { tx, now } = context;
    const before = new Date(now.getTime() - abandonedAfterMs);
    const left = await tx.recording.findMany({
      where: {
        OR: [{ status: "recording" }, { status: "failed", failure: notInTime, purgedAt: null }],
        startedAt: { lt: before },
        attemptItem: { attempt: { sections: { some: { skill: "speaking", closedAt: { lt: before } } } } },
        chunks: { none: { receivedAt: { gt: before } } },
      },
      select: { id: true },
      take: 100,
    });
    let finished = 0;
    for (const recording of left) {
      // Its page may be back just now: what it completes, or sends, is waited for and counts.
      const still = await tx.$queryRaw<unknown[]>`
        select 1 from recording where id = ${recording.id}::uuid
          and (status = 'recording' or (status = 'failed' and failure = ${notInTime})) for update`;
      if (still.length === 0) continue;
      finished += 1;
      const chunks = await tx.recordingChunk.findMany({
        where: { recordingId: recording.id },
        select: { index: true },
      });
      const chunkCount = contiguousChunks(chunks.map((chunk) => chunk.index));
      await tx.recording.update({
        where: { id: recording.id },
        data:
          chunkCount > 0
            ? { status: "complete", chunkCount, completedAt: now, failure: brokenOff }
            : { status: "failed", failure: "No sound arrived." },
      });
      if (chunkCount > 0) context.enqueue(processRecordingJob, { recordingId: recording.id });
      context.audit({ subjectType: "recording", subjectId: recording.id, detail: { chunkCount } });
    }
    return { finished };
  },
});

const processedInput = z.strictObject({
  recordingId: z.uuid(),
  chunkCount: z.number().int(),
  outcome: z.union([
    z.strictObject({
      storageKey: z.string(),
      mimeType: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      durationSeconds: z.number(),
      peaks: z.array(z.number().int()),
      /** Said of a sound that can be heard, but whose end did not arrive. */
      failure: z.literal(brokenOff).nullable(),
    }),
    z.strictObject({ failure: z.string().max(300) }),
  ]),
});

/** What the joining found. Only the run that joined the pieces we now know of may write: an older one comes to nothing. */
export const storeProcessedRecording = defineCommand({
  name: "storeProcessedRecording",
  permission: "attempt:sweep",
  input: processedInput,
  run: async (context, { recordingId, chunkCount, outcome }) => {
    // Where the upload broke off is known from the pieces: a sound that reads well to its end does not take that back.
    const { failure, ...sound } = outcome;
    const data =
      "storageKey" in outcome
        ? { status: "processed" as const, ...sound, ...(failure !== null && { failure }) }
        : { status: "failed" as const, failure };
    const { count } = await context.tx.recording.updateMany({
      where: { id: recordingId, status: "complete", chunkCount },
      data,
    });
    context.audit({
      subjectType: "recording",
      subjectId: recordingId,
      detail: { status: data.status, written: count === 1 },
    });
    if (count === 1 && data.status === "processed") {
      await discardReplaced(context.tx, [recordingId]);
      await flagLateRecording(context, recordingId);
      await flagOverlongRecording(context, recordingId);
    }
    return { written: count === 1 };
  },
});

/** An answer that can be heard only after marking has begun: an admin looks before anything is released. */
async function flagLateRecording(context: CommandContext, recordingId: string): Promise<void> {
  const flagged = await context.tx.$queryRaw<{ id: string }[]>`
    update attempt a set review_reason = 'A recording made in time arrived after scoring had begun.'
    from recording me join response r on r.attempt_item_id = me.attempt_item_id
      join attempt_item i on i.id = me.attempt_item_id
    where me.id = ${recordingId}::uuid and r.value ->> 'recordingId' = ${recordingId}
      and a.id = i.attempt_id and a.status in ('marking', 'marked')
    returning a.id`;
  for (const { id } of flagged) context.audit({ subjectType: "attempt", subjectId: id, action: "flagLateAnswer" });
}

const timed = z.object({
  content: z.object({ prepareSeconds: z.number(), answerSeconds: z.number() }),
  scale: speakingScale,
});

/** A take that began in time may arrive long after it; that it went on for longer than its task allows, an admin looks at. */
async function flagOverlongRecording(context: CommandContext, recordingId: string): Promise<void> {
  const { tx } = context;
  const [row] = await tx.$queryRaw<{ attempt: string; seconds: number }[]>`
    select i.attempt_id as attempt, r.duration_seconds as seconds, v.content, p.blueprint -> 'speaking' as scale
    from recording r join attempt_item i on i.id = r.attempt_item_id
      join item_version v on v.id = i.item_version_id join attempt a on a.id = i.attempt_id
      join sitting t on t.id = a.sitting_id join programme p on p.id = t.programme_id
    where r.id = ${recordingId}::uuid and a.status not in ('released', 'voided')`;
  // A conversation has turns of its own, an interview its examiner: their length is not one time.
  const task = timed.safeParse(row);
  if (!row || !task.success) return;
  const { answerSeconds } = taskSeconds(task.data.content, task.data.scale);
  if (!isOverlong(row.seconds, answerSeconds)) return;
  const reason = `A recording lasts ${Math.round(row.seconds)} s where its task allows ${answerSeconds} s.`;
  await tx.$executeRaw`
    update attempt set review_reason = coalesce(review_reason, ${reason}) where id = ${row.attempt}::uuid`;
  context.audit({ subjectType: "attempt", subjectId: row.attempt, action: "flagOverlongRecording" });
}
