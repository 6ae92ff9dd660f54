import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { findSpeechSample } from "./speech-setup-queries.ts";
import { lastTryKey, type SpeechTry, trySpeechToTextJob } from "./speech-setup-schema.ts";

const patienceMs = 30_000;

export const speechSetupJobs: readonly JobHandler[] = [
  handleJob(trySpeechToTextJob, async (context, { tryId }) => {
    const { clock, rater, speechToText, storage } = context;
    const keep = (outcome: Pick<SpeechTry, "said" | "heard" | "failure" | "milliseconds">) =>
      storage.put(lastTryKey, Buffer.from(JSON.stringify({ tryId, at: clock.now(), ...outcome })));
    const nothing = { said: null, heard: null, milliseconds: null };
    const sample = await findSpeechSample(context, {});
    if (!speechToText || !sample) {
      const failure = speechToText ? "The bank holds no recorded sentence to try it with." : "None is configured.";
      await keep({ ...nothing, failure });
      return;
    }
    const begun = performance.now();
    try {
      const sound = await rater.decodeSound(await storage.get(sample.storageKey), sample.mimeType);
      const heard = await speechToText.transcribe(sound, { signal: AbortSignal.timeout(patienceMs) });
      const milliseconds = Math.round(performance.now() - begun);
      await keep({ said: sample.said, heard: heard.text, failure: null, milliseconds });
    } catch (error) {
      // A provider's messages name the service and the fault, never a key.
      const failure = error instanceof Error ? error.message.slice(0, 300) : "It failed.";
      await keep({ ...nothing, said: sample.said, failure });
    }
  }),
];
