import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { deferSpeechRating, storeSpeechRating } from "./speech-commands.ts";
import { listStuckSpeech, speechToRate } from "./speech-queries.ts";
import { rateSpokenAnswer } from "./speech-rating.ts";
import { rateSpeechJob, speechVerdict } from "./speech-schema.ts";

const unheard = { verdict: null, transcript: null, measured: null, durationMilliseconds: 0 };

export const speechJobs: readonly JobHandler[] = [
  handleJob(rateSpeechJob, async (context, { scriptId, tries }) => {
    const asked = await speechToRate(context, { scriptId });
    if (!asked) return;
    const { recordingId, sound, task, inUse } = asked;
    if (!sound) {
      const failure = "the recording cannot be heard";
      await storeSpeechRating(context, { scriptId, recordingId, ...unheard, failure });
      return;
    }
    const content = await context.storage.get(sound.storageKey);
    const { mimeType, brokenOff } = sound;
    const answer = { content, mimeType, brokenOff, task, model: inUse?.model };
    const heard = await rateSpokenAnswer(context, answer, tries);
    if ("afterSeconds" in heard) {
      await deferSpeechRating(context, { scriptId, tries: tries + 1, afterSeconds: heard.afterSeconds });
      return;
    }
    await storeSpeechRating(context, {
      scriptId,
      recordingId,
      verdict: heard.rating && speechVerdict.parse(heard.rating),
      transcript: heard.transcript && {
        ...heard.transcript,
        words: heard.transcript.words.map((word) => ({ ...word })),
      },
      measured: context.speechToText &&
        heard.features && {
          measures: context.rater.speechMeasuresOf(context.speechToText),
          // What it could not rate at all it does not learn from either.
          features: heard.rating?.criteria.some(({ score }) => score !== null) ? { ...heard.features } : {},
        },
      durationMilliseconds: heard.durationMilliseconds,
      failure: heard.failure,
    });
  }),
];

/** A job that died for good leaves its script with the machine: people take it, whole. */
export const speechSweep: Sweep = {
  name: "marking.stuck-speech",
  everySeconds: 60,
  run: async (context) => {
    for (const scriptId of await listStuckSpeech(context, {})) {
      const failure = "the machine did not finish";
      await storeSpeechRating(context, { scriptId, recordingId: null, ...unheard, failure });
    }
  },
};
