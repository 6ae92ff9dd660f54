import type { SqlTransaction } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand, defineSqlCommand, defineSqlStatement } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { discardReplaced } from "./recording-steps.ts";
import { abandonedAfterMs, contiguousChunks, decideStanding, decideTake, lateArrivalMs } from "./rules.ts";
import {
  chunkBytesMax,
  completeRecordingInput,
  nothing,
  processRecordingJob,
  putChunkInput,
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

/** The task with its section and the takes made of it; nothing else happens in the attempt meanwhile. */
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
    where a.id = ${attemptId}::uuid and i.id = ${attemptItemId}::uuid`;
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
    await keepPiece(context, { ...input, index: 0 });
    return input.chunkCount === undefined ? unfinished : finish(context, recordingId, input.chunkCount);
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
    await keepPiece(context, input);
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
    await keepPiece(context, input);
    return finish(context, input.recordingId, input.chunkCount);
  },
});

interface Piece {
  readonly attemptId: string;
  readonly recordingId: string;
  readonly index: number;
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** Keeps one piece of sound. The same piece twice is acknowledged twice; another piece under its number is refused. */
async function keepPiece(context: CommandContext<SqlTransaction>, piece: Piece): Promise<void> {
  const { attemptId, recordingId, index, content } = piece;
  if (content.byteLength === 0 || content.byteLength > chunkBytesMax) throw invalid("content", "is empty or too large");
  // A damaged piece is not kept: the page still has it and sends it again.
  if (sha256(content) !== piece.sha256) throw invalid("sha256", "does not match what arrived");
  // The file is there before a row names it. No two uploads share a name, so that one that comes to nothing takes only
  // its own file away.
  const storageKey = `${recordingFolder(attemptId, recordingId)}/chunk-${String(index).padStart(4, "0")}-${context.ids.uuid()}`;
  await context.storage.put(storageKey, content);
  // Where no answer comes back, the row may be there all the same: the file stays until the recording goes.
  const row = await insertChunk(context, piece, storageKey);
  if (row?.storageKey !== storageKey) await context.storage.delete(storageKey);
  if (!row) throw notFound("This recording");
  if (!row.inTime) throw new AppError("LOCKED", "This arrived too late to be kept.");
  if (row.sha256 !== piece.sha256) throw conflict("Another piece already has this number.");
}

interface ChunkRow {
  readonly inTime: boolean;
  readonly sha256: string | null;
  readonly storageKey: string | null;
}

/**
 * @returns nothing where the recording is not the viewer's own or is purged, else the row that now has the number. An
 * update that changes nothing, rather than none, so that a row somebody else is just writing is waited for and seen.
 */
async function insertChunk(
  { tx, now, viewer }: CommandContext<SqlTransaction>,
  { attemptId, recordingId, index, sha256: hash, content }: Piece,
  storageKey: string,
): Promise<ChunkRow | undefined> {
  const [row] = await tx.$queryRaw<ChunkRow[]>`
    with place as (
      select r.id, s.closed_at is null
        or ${now}::timestamptz <= s.closed_at + ${lateArrivalMs / 1000} * interval '1 second' as in_time
      from recording r
      join attempt_item i on i.id = r.attempt_item_id
      join attempt a on a.id = i.attempt_id
      left join attempt_section s on s.attempt_id = a.id and s.skill = 'speaking'
      where r.id = ${recordingId}::uuid and r.purged_at is null and a.id = ${attemptId}::uuid
        and a.candidate_id = ${delivererOf(viewer, attemptId)}::uuid
    ), kept as (
      insert into recording_chunk (recording_id, index, sha256, bytes, storage_key, received_at)
      select id, ${index}, ${hash}, ${content.byteLength}, ${storageKey}, ${now}::timestamptz from place where in_time
      on conflict (recording_id, index) do update set sha256 = recording_chunk.sha256
      returning sha256, storage_key
    )
    select place.in_time as "inTime", kept.sha256, kept.storage_key as "storageKey" from place left join kept on true`;
  return row;
}

interface Progress {
  readonly complete: boolean;
  /** Numbers of the pieces that are not here, as far as it is known how many there are. */
  readonly missing: number[];
}

const unfinished: Progress = { complete: false, missing: [] };

/** Sets the joining going once all pieces are here. Joined before its last pieces came: joined anew with them. */
async function finish(
  context: CommandContext<SqlTransaction>,
  recordingId: string,
  chunkCount: number,
): Promise<Progress> {
  const { tx, now } = context;
  const completed = await tx.$executeRaw`
    update recording r
    set status = 'complete', chunk_count = ${chunkCount}, completed_at = ${now}::timestamptz, failure = null
    where r.id = ${recordingId}::uuid and (r.status = 'recording' or coalesce(r.chunk_count, 0) < ${chunkCount})
      and ${chunkCount} = (select count(*) from recording_chunk c where c.recording_id = r.id and c.index < ${chunkCount})`;
  if (completed > 0) {
    context.enqueue(processRecordingJob, { recordingId });
    return { complete: true, missing: [] };
  }
  const chunks = await tx.$queryRaw<{ index: number }[]>`
    select index from recording_chunk where recording_id = ${recordingId}::uuid`;
  const have = new Set(chunks.map((chunk) => chunk.index));
  const missing = Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !have.has(index));
  return { complete: missing.length === 0, missing };
}

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
        status: "recording",
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
        select 1 from recording where id = ${recording.id}::uuid and status = 'recording' for update`;
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
            ? { status: "complete", chunkCount, completedAt: now }
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
    const data =
      "failure" in outcome ? { status: "failed" as const, ...outcome } : { status: "processed" as const, ...outcome };
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
