import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { abandonedAfterMs, contiguousChunks, decideStanding, decideTake, lateArrivalMs } from "./rules.ts";
import {
  chunkBytesMax,
  completeRecordingInput,
  nothing,
  processRecordingJob,
  putChunkInput,
  startRecordingInput,
} from "./schema.ts";
import { ownAttempts } from "./scope.ts";
import { readAnchor } from "./seals.ts";
import { loadSections, lockAttempt } from "./steps.ts";

/** Own takes and those of pages from beside: a candidate who changes devices often needs a few, nobody more. */
const takesMax = 12;

const speakingContent = z.object({ reRecord: z.boolean() });

/**
 * Announces a take. The page may have begun it while the network was away: what counts is when it was made. A page that
 * has lost the writer's place hands its takes in beside the others, under a number of their own.
 */
export const startRecording = defineCommand({
  name: "startRecording",
  permission: "attempt:deliver",
  audit: "ledger",
  input: startRecordingInput,
  run: async (context, input) => {
    const { tx, now } = context;
    const attempt = await lockAttempt(tx, ownAttempts(context.viewer), input.attemptId);
    const item = await tx.attemptItem.findFirst({
      where: { id: input.attemptItemId, attemptId: input.attemptId, skill: "speaking" },
      select: {
        itemVersion: { select: { content: true } },
        recordings: { select: { id: true, take: true, status: true } },
      },
    });
    if (!item) throw notFound("This task");
    if (item.recordings.some((recording) => recording.id === input.recordingId))
      return { recordingId: input.recordingId };
    const section = (await loadSections(tx, input.attemptId)).find((row) => row.skill === "speaking");
    if (!section || section.status === "not_open")
      throw new AppError("LOCKED", "This section has not been opened yet.");
    const candidate = await tx.person.findUniqueOrThrow({
      where: { id: attempt.candidateId },
      select: { suspendedAt: true },
    });
    const anchoredAt = readAnchor(context.settings.authSecret, input.attemptId, input.anchor);
    const standing = decideStanding({
      now: now.getTime(),
      section,
      madeAt: input.madeAt,
      proven: anchoredAt !== null && anchoredAt <= input.madeAt + 2_000,
      isWriter: attempt.writerClientId === input.clientId,
      suspendedAt: candidate.suspendedAt?.getTime() ?? null,
    });
    if (item.recordings.length >= takesMax) throw new AppError("LOCKED", "This task has been recorded too often.");
    const { reRecord } = speakingContent.parse(item.itemVersion.content);
    const alternative = standing === "alternative";
    const decision = decideTake({ take: input.take, reRecord, takes: alternative ? [] : item.recordings, standing });
    if (!decision.ok && !(alternative && input.take === 2)) throw new AppError("LOCKED", decision.because);
    const take = alternative ? Math.max(2, ...item.recordings.map((made) => made.take)) + 1 : input.take;
    await tx.recording.create({
      data: {
        id: input.recordingId,
        attemptItemId: input.attemptItemId,
        take,
        clientId: input.clientId,
        mimeType: input.mimeType.toLowerCase(),
        startedAt: new Date(Math.min(input.madeAt, now.getTime())),
      },
    });
    return { recordingId: input.recordingId };
  },
});

async function ownRecording(context: CommandContext, attemptId: string, recordingId: string) {
  const where: Prisma.RecordingWhereInput = {
    id: recordingId,
    attemptItem: { attempt: { AND: [{ id: attemptId }, ownAttempts(context.viewer)] } },
  };
  const recording = await context.tx.recording.findFirst({
    where,
    select: {
      id: true,
      status: true,
      chunkCount: true,
      attemptItemId: true,
      purgedAt: true,
      attemptItem: { select: { attempt: { select: { sections: { where: { skill: "speaking" } } } } } },
    },
  });
  if (!recording || recording.purgedAt) throw notFound("This recording");
  const closedAt = recording.attemptItem.attempt.sections[0]?.closedAt;
  if (closedAt && context.now.getTime() > closedAt.getTime() + lateArrivalMs) {
    throw new AppError("LOCKED", "This arrived too late to be kept.");
  }
  return recording;
}

/** Keeps one piece of sound. The same piece twice is acknowledged twice; another piece under its number is refused. */
export const putChunk = defineCommand({
  name: "putChunk",
  permission: "attempt:deliver",
  audit: "ledger",
  input: putChunkInput,
  run: async (context, { attemptId, recordingId, index, sha256: announced, content }) => {
    if (content.byteLength === 0 || content.byteLength > chunkBytesMax)
      throw invalid("content", "is empty or too large");
    // A damaged piece is not kept: the page still has it and sends it again.
    if (sha256(content) !== announced) throw invalid("sha256", "does not match what arrived");
    const { tx } = context;
    await ownRecording(context, attemptId, recordingId);
    const stored = await tx.recordingChunk.findUnique({
      where: { recordingId_index: { recordingId, index } },
      select: { sha256: true },
    });
    if (stored) {
      if (stored.sha256 !== announced) throw conflict("Another piece already has this number.");
      return { index };
    }
    const storageKey = `recordings/${attemptId}/${recordingId}/chunk-${String(index).padStart(4, "0")}`;
    await context.storage.put(storageKey, content);
    await tx.recordingChunk.create({
      data: { recordingId, index, sha256: announced, bytes: content.byteLength, storageKey, receivedAt: context.now },
    });
    return { index };
  },
});

/** All pieces are sent. Answers with the numbers that are missing, or sets the joining going. */
export const completeRecording = defineCommand({
  name: "completeRecording",
  permission: "attempt:deliver",
  audit: "ledger",
  input: completeRecordingInput,
  run: async (context, { attemptId, recordingId, chunkCount }) => {
    const { tx, now } = context;
    const recording = await ownRecording(context, attemptId, recordingId);
    const chunks = await tx.recordingChunk.findMany({ where: { recordingId }, select: { index: true } });
    const have = new Set(chunks.map((chunk) => chunk.index));
    const missing = Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !have.has(index));
    if (missing.length > 0) return { complete: false, missing };
    const known = recording.status === "recording" ? -1 : (recording.chunkCount ?? 0);
    // Joined before its last pieces came: joined anew with them.
    if (chunkCount > known) {
      await tx.recording.update({
        where: { id: recordingId },
        data: { status: "complete", chunkCount, completedAt: now, failure: null },
      });
      context.enqueue(processRecordingJob, { recordingId });
    }
    return { complete: true, missing: [] };
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
        status: "recording",
        startedAt: { lt: before },
        attemptItem: { attempt: { sections: { some: { skill: "speaking", closedAt: { lt: before } } } } },
        chunks: { none: { receivedAt: { gt: before } } },
      },
      select: { id: true, chunks: { select: { index: true } } },
      take: 100,
    });
    for (const recording of left) {
      const chunkCount = contiguousChunks(recording.chunks.map((chunk) => chunk.index));
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
    return { finished: left.length };
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
      await discardReplaced(context, recordingId);
      await flagLateRecording(context, recordingId);
    }
    return { written: count === 1 };
  },
});

/** Where this take is the one the answer names, the take it replaced is set aside. */
async function discardReplaced(context: CommandContext, recordingId: string): Promise<void> {
  await context.tx.$executeRaw`
    update recording set status = 'discarded'
    where id <> ${recordingId}::uuid and status in ('complete', 'processed')
      and attempt_item_id = (
        select r.attempt_item_id from recording me join response r on r.attempt_item_id = me.attempt_item_id
        where me.id = ${recordingId}::uuid and r.value ->> 'recordingId' = ${recordingId})`;
}

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
