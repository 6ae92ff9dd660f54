import { AppError } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { handleJob, type Sweep } from "../kernel/jobs.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { advanceAttempt, markNoShows, recordBeat } from "./clock-commands.ts";
import { finishAbandonedRecordings, storeProcessedRecording } from "./recording-commands.ts";
import { brokenOff, processRecordingJob, soundBytesMax } from "./schema.ts";
import { remuxRecording } from "./sound.ts";
import { listDueAttempts, recordingToProcess } from "./sweep-queries.ts";

/** Joins the pieces, checks each against its hash, keeps the original and writes the one seekable file players use. */
export const handleProcessRecording = handleJob(processRecordingJob, async (context, { recordingId }) => {
  const recording = await recordingToProcess(context, { recordingId });
  if (!recording) return;
  const { chunkCount, attemptId } = recording;
  if (recording.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0) > soundBytesMax) {
    await storeProcessedRecording(context, { recordingId, chunkCount, outcome: { failure: "far too large" } });
    return;
  }
  const parts: Uint8Array[] = [];
  for (const chunk of recording.chunks) {
    const part = await context.storage.get(chunk.storageKey);
    if (sha256(part) !== chunk.sha256)
      throw new Error(`piece ${chunk.index} of recording ${recordingId} is damaged on disk`);
    parts.push(part);
  }
  const joined = Buffer.concat(parts);
  const folder = recordingFolder(attemptId, recordingId);
  await context.storage.put(`${folder}/original-${chunkCount}`, joined);
  try {
    const sound = await remuxRecording(joined, context.rater.wholePackets);
    const storageKey = `${folder}/sound-${chunkCount}`;
    await context.storage.put(storageKey, sound.content);
    await storeProcessedRecording(context, {
      recordingId,
      chunkCount,
      outcome: {
        storageKey,
        mimeType: sound.mimeType,
        bytes: sound.content.byteLength,
        sha256: sha256(sound.content),
        durationSeconds: sound.durationSeconds,
        peaks: sound.peaks,
        failure: sound.brokenOff ? brokenOff : null,
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Unreadable sound stays unreadable however often it is tried: an admin is shown it instead.
    const failure = error instanceof Error ? error.message.slice(0, 300) : "could not be read";
    await storeProcessedRecording(context, { recordingId, chunkCount, outcome: { failure } });
  }
});

/** Closes, opens and submits what is due. Each attempt in a transaction of its own: one that fails stops no other. */
export const clockSweep: Sweep = {
  name: "delivery.clock",
  everySeconds: 2,
  run: async (context) => {
    await recordBeat(context, { kind: "worker" });
    for (const attemptId of await listDueAttempts(context, {})) {
      try {
        await advanceAttempt(context, { attemptId });
      } catch (error) {
        context.log.warn({ err: error, attemptId }, "attempt not advanced; tried again at the next beat");
      }
    }
  },
};

export const tidySweep: Sweep = {
  name: "delivery.tidy",
  everySeconds: 30,
  run: async (context) => {
    await markNoShows(context, {});
    await finishAbandonedRecordings(context, {});
  },
};
