import { remuxRecording, type Sound } from "../delivery/sound.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { practiceFolder } from "../kernel/storage-keys.ts";
import { getSpeechVersion } from "../marking/speech-queries.ts";
import { rateSpokenAnswer } from "../marking/speech-rating.ts";
import { speechVerdict, storedTranscript } from "../marking/speech-schema.ts";
import { deferPracticeRating, storePracticeRating } from "./commands.ts";
import { listStuckPractice, practiceToRate } from "./queries.ts";
import { ratePracticeJob } from "./schema.ts";

/** Makes one seekable file of what the browser sent and rates it as an exam's answer is rated. */
export const practiceJobs: readonly JobHandler[] = [
  handleJob(ratePracticeJob, async (context, { takeId, tries }) => {
    const take = await practiceToRate(context, { takeId });
    if (!take) return;
    const nothing = { takeId, sound: null, verdict: null, transcript: null };
    let sound: Sound;
    try {
      sound = await remuxRecording(await context.storage.get(take.storageKey), context.rater.wholePackets);
    } catch (error) {
      const failure = error instanceof Error ? error.message.slice(0, 200) : "could not be read";
      await storePracticeRating(context, { ...nothing, failure: `the recording ${failure}` });
      return;
    }
    const inUse = await getSpeechVersion(context, {});
    const { content, mimeType, brokenOff } = sound;
    const answer = { content, mimeType, brokenOff, task: take.task, model: inUse?.model };
    const heard = await rateSpokenAnswer(context, answer, tries);
    if ("afterSeconds" in heard) {
      await deferPracticeRating(context, { takeId, tries: tries + 1, afterSeconds: heard.afterSeconds });
      return;
    }
    const storageKey = `${practiceFolder(take.personId, takeId)}/sound`;
    await context.storage.put(storageKey, sound.content);
    const { gone } = await storePracticeRating(context, {
      takeId,
      sound: { storageKey, mimeType: sound.mimeType, durationSeconds: sound.durationSeconds },
      verdict: heard.rating && {
        ...speechVerdict.parse(heard.rating),
        validated: inUse !== null && inUse.raterHash === heard.rating.rater.hash,
      },
      transcript: heard.transcript && storedTranscript.parse(heard.transcript),
      failure: heard.failure,
    });
    // Deleted while it was listened to: the file just written came after the others had gone.
    if (gone) await context.storage.deleteFolder(practiceFolder(take.personId, takeId));
  }),
];

/** Nobody waits for a job that died for good: the page says so, and the task can be spoken once more. */
export const practiceSweep: Sweep = {
  name: "practice.stuck",
  everySeconds: 60,
  run: async (context) => {
    for (const takeId of await listStuckPractice(context, {})) {
      const failure = "the machine did not finish";
      await storePracticeRating(context, { takeId, sound: null, verdict: null, transcript: null, failure });
    }
  },
};
