import type { SqlTransaction } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { lateArrivalMs } from "./rules.ts";
import { chunkBytesMax, processRecordingJob } from "./schema.ts";

/**
 * Sets the takes aside that were replaced: the answer names another one, which can be heard. Asked for by whichever comes
 * last, the answer or the joined sound.
 */
export async function discardReplaced(tx: SqlTransaction, recordingIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update recording old set status = 'discarded'
    from recording me join response r on r.attempt_item_id = me.attempt_item_id
    where me.id = any(${[...recordingIds]}::uuid[]) and me.status = 'processed' and r.value ->> 'recordingId' = me.id::text
      and old.attempt_item_id = me.attempt_item_id and old.id <> me.id and old.status in ('complete', 'processed')`;
}

export interface Piece {
  readonly attemptId: string;
  readonly recordingId: string;
  readonly index: number;
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** Keeps one piece of sound. The same piece twice is acknowledged twice; another piece under its number is refused. */
export async function keepPiece(
  context: CommandContext<SqlTransaction>,
  piece: Piece,
  /** Whose attempt it must be. */
  candidateId: string | null,
): Promise<void> {
  const { attemptId, recordingId, index, content } = piece;
  if (content.byteLength === 0 || content.byteLength > chunkBytesMax) throw invalid("content", "is empty or too large");
  // A damaged piece is not kept: the page still has it and sends it again.
  if (sha256(content) !== piece.sha256) throw invalid("sha256", "does not match what arrived");
  // The file is there before a row names it. No two uploads share a name, so that one that comes to nothing takes only
  // its own file away.
  const storageKey = `${recordingFolder(attemptId, recordingId)}/chunk-${String(index).padStart(4, "0")}-${context.ids.uuid()}`;
  await context.storage.put(storageKey, content);
  // Where no answer comes back, the row may be there all the same: the file stays until the recording goes.
  const row = await insertChunk(context, piece, storageKey, candidateId);
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
 * @returns nothing where the recording is not this candidate's or is purged, else the row that now has the number. An
 * update that changes nothing, rather than none, so that a row somebody else is just writing is waited for and seen.
 */
async function insertChunk(
  { tx, now }: CommandContext<SqlTransaction>,
  { attemptId, recordingId, index, sha256: hash, content }: Piece,
  storageKey: string,
  candidateId: string | null,
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
        and a.candidate_id = ${candidateId}::uuid
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

export const unfinished: Progress = { complete: false, missing: [] };

/** Sets the joining going once all pieces are here. Joined before its last pieces came: joined anew with them. */
export async function finishRecording(
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
