import { remuxRecording } from "../delivery/sound.ts";
import type { Context } from "../kernel/context.ts";
import { sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { closeDueInterviews, concludeInterview, interviewToConclude } from "./conclude-commands.ts";
import { concludeInterviewJob } from "./schema.ts";

type Takes = readonly { readonly id: string; readonly storageKey: string }[];

/** One recording of several takes: a page that was reloaded in the middle had begun another. */
async function joinTakes(context: Context, attemptId: string, takes: Takes) {
  const parts = await Promise.all(takes.map(({ storageKey }) => context.storage.get(storageKey)));
  const sound = await remuxRecording(Buffer.concat(parts));
  const recordingId = context.ids.uuid();
  const storageKey = `${recordingFolder(attemptId, recordingId)}/sound-joined`;
  await context.storage.put(storageKey, sound.content);
  return {
    recordingId,
    takes: takes.map(({ id }) => id),
    storageKey,
    mimeType: sound.mimeType,
    bytes: sound.content.byteLength,
    sha256: sha256(sound.content),
    durationSeconds: sound.durationSeconds,
    peaks: sound.peaks,
  };
}

export const interviewJobs: readonly JobHandler[] = [
  handleJob(concludeInterviewJob, async (context, { attemptId }) => {
    const takes = await interviewToConclude(context, { attemptId });
    if (takes === null) return;
    const joined = takes.length > 1 ? await joinTakes(context, attemptId, takes) : null;
    await concludeInterview(context, { attemptId, joined });
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
];
