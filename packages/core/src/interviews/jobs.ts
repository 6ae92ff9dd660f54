import { handleProcessRecording } from "../delivery/jobs.ts";
import { finishAbandonedRecordings } from "../delivery/recording-commands.ts";
import { plainSound, remuxRecording } from "../delivery/sound.ts";
import type { Context } from "../kernel/context.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { closeDueInterviews, concludeInterview, interviewToConclude, listUnjoined } from "./conclude-commands.ts";
import { finishOverdueInterviews, flagLateSound, tellOfLostExaminer } from "./overdue-commands.ts";
import { concludeInterviewJob, examinerLeftJob } from "./schema.ts";

interface Take {
  readonly id: string;
  readonly storageKey: string;
  readonly mimeType: string;
}

/** One recording of several takes: a page that was reloaded in the middle had begun another, or the other side went on. */
async function joinTakes(context: Context, attemptId: string, takes: readonly [Take, ...Take[]]) {
  const [first] = takes;
  const parts = await Promise.all(
    takes.map(async ({ storageKey, mimeType }) => ({ content: await context.storage.get(storageKey), mimeType })),
  );
  const alike = parts.every(({ mimeType }) => mimeType === first.mimeType);
  // One file holds one codec: where two browsers wrote in different ones, their sound is decoded.
  const sound = alike
    ? await remuxRecording(Buffer.concat(parts.map(({ content }) => content)), context.rater.wholePackets)
    : plainSound(await decoded(context, parts));
  const ids = takes.map(({ id }) => id);
  // Among the files of a take, under a name that these takes always give: whatever becomes of this run, nothing is left over.
  const storageKey = `${recordingFolder(attemptId, first.id)}/joined-${contentHash(ids).slice(0, 16)}`;
  await context.storage.put(storageKey, sound.content);
  return {
    recordingId: context.ids.uuid(),
    takes: ids,
    storageKey,
    mimeType: sound.mimeType,
    bytes: sound.content.byteLength,
    sha256: sha256(sound.content),
    durationSeconds: sound.durationSeconds,
    peaks: sound.peaks,
  };
}

async function decoded(
  { rater }: Context,
  parts: readonly { readonly content: Uint8Array; readonly mimeType: string }[],
): Promise<Float32Array[]> {
  const sounds: Float32Array[] = [];
  for (const { content, mimeType } of parts) sounds.push((await rater.decodeSound(content, mimeType)).samples);
  return sounds;
}

/** @param late the time for joining is over: what cannot be joined is done without, and an admin told. */
async function conclude(context: Context, attemptId: string, late: boolean): Promise<void> {
  const takes = await interviewToConclude(context, { attemptId, late });
  if (takes === null) return;
  const [first, ...others] = takes;
  const join = async () => (first && others.length > 0 ? joinTakes(context, attemptId, [first, ...others]) : null);
  const joined = late
    ? await join().catch((error: unknown) => {
        context.log.warn({ err: error, attemptId }, "the takes of an interview could not be joined");
        return null;
      })
    : await join();
  await concludeInterview(context, { attemptId, joined, late });
}

export const interviewJobs: readonly JobHandler[] = [
  handleJob(concludeInterviewJob, (context, { attemptId }) => conclude(context, attemptId, false)),
  handleJob(examinerLeftJob, async (context, payload) => {
    await tellOfLostExaminer(context, payload);
  }),
];

export const interviewSweeps: readonly Sweep[] = [
  {
    name: "interviews.cooling-off",
    everySeconds: 5,
    run: async (context) => {
      await closeDueInterviews(context, {});
    },
  },
  {
    name: "interviews.left-behind",
    everySeconds: 30,
    run: async (context) => {
      await finishOverdueInterviews(context, {});
      // Where no worker ran, time went by without anybody having tried: nothing is given up that can still be joined.
      await finishAbandonedRecordings(context, {});
      for (const { attemptId, unread } of await listUnjoined(context, {})) {
        const failed = (what: string) => (error: unknown) => context.log.error({ err: error, attemptId }, what);
        for (const recordingId of unread) {
          await handleProcessRecording.run(context, { recordingId }).catch(failed("a take could not be read"));
        }
        // One that fails stops no other; it stays on the admins' list.
        await conclude(context, attemptId, true).catch(
          failed("an interview was not concluded; tried again at the next beat"),
        );
      }
      await flagLateSound(context, {});
    },
  },
];
