import type { LinearModel } from "@bandwise/evaluator/model";
import type { FeatureVector, Rating, Task } from "@bandwise/evaluator/rating";
import type { Transcript } from "@bandwise/evaluator/speech/transcript";
import type { Context } from "../kernel/context.ts";
import { noAnswer } from "./speech-rules.ts";

/** So many times a speech-to-text that fails is asked before people take over. */
const triesMax = 3;
/** A provider that has not answered by then is asked again: a minute of speech takes a few seconds. */
const patienceMs = 18_000;

/** A recogniser that has lost its way repeats a phrase for pages. Nobody speaks thirty characters a second. */
const charactersMax = (seconds: number): number => 100 + 30 * seconds;

export interface HeardAnswer {
  /** Null where the recording could not be read. */
  readonly rating: Rating | null;
  readonly transcript: Transcript | null;
  /** Everything measured of it; null without a transcript, for then half of it is missing. */
  readonly features: FeatureVector | null;
  readonly durationMilliseconds: number;
  /** Why nothing, or not everything, could be measured, where it was not the answer's fault. */
  readonly failure: string | null;
}

/** Ask again after so many seconds: something outside is away for a moment. */
export interface AskAgain {
  readonly afterSeconds: number;
}

/**
 * Decodes an answer, has it written down where a speech-to-text is configured, and rates it. A provider that fails is asked
 * again later, and after the last try the answer is rated without a transcript: fluency alone, the rest says why it is not
 * there. Nothing is ever made up.
 *
 * @param tries how often it has been asked before
 */
export async function rateSpokenAnswer(
  context: Pick<Context, "rater" | "speechToText" | "log">,
  answer: {
    readonly content: Uint8Array;
    readonly mimeType: string;
    /** Known from how it arrived; the file as it was rewritten no longer shows it. */
    readonly brokenOff: boolean;
    readonly task: Task;
    /** The version in use; the heuristic as shipped where there is none. */
    readonly model?: LinearModel | undefined;
  },
  tries: number,
): Promise<HeardAnswer | AskAgain> {
  const { rater, speechToText, log } = context;
  const unreadable = (failure: string): HeardAnswer => ({
    rating: null,
    transcript: null,
    features: null,
    durationMilliseconds: 0,
    failure,
  });
  let sound: Awaited<ReturnType<typeof rater.decodeSound>>;
  try {
    const decoded = await rater.decodeSound(answer.content, answer.mimeType);
    sound = { ...decoded, brokenOff: decoded.brokenOff || answer.brokenOff };
  } catch (error) {
    if (!isNamed(error, "AudioError")) throw error;
    return unreadable(`the recording ${error.message}`);
  }
  let transcript: Transcript | null = null;
  let failure: string | null = null;
  if (speechToText) {
    try {
      transcript = await withinTime(patienceMs, (signal) => speechToText.transcribe(sound, { signal }));
      if (transcript.text.length > charactersMax(sound.durationSeconds)) {
        transcript = null;
        throw new Error("more was written down than anybody can have said");
      }
    } catch (error) {
      const passing = !isNamed(error, "ProviderError") || retryable(error);
      log.warn({ err: error, provider: speechToText.id, tries }, "no transcript");
      if (passing && tries + 1 < triesMax) return { afterSeconds: 2 + 4 * tries };
      failure = noAnswer;
    }
  }
  // A version in use has learned from transcripts: without one the heuristic says what it can, and says that it is one.
  const model = transcript === null ? undefined : answer.model;
  const { evaluation, features } = await rater.rateSpeech({ sound, transcript, task: answer.task }, model);
  const { rating, durationMilliseconds } = evaluation;
  return {
    rating: failure === null ? rating : { ...rating, criteria: rating.criteria.map(because(failure)) },
    transcript,
    features: transcript === null ? null : features,
    durationMilliseconds: Math.round(durationMilliseconds),
    failure,
  };
}

/** A criterion that lacks its transcript says why there is none. */
function because(failure: string) {
  return (criterion: Rating["criteria"][number]) =>
    criterion.score === null && criterion.reason === "there is no speech-to-text"
      ? { ...criterion, reason: failure }
      : criterion;
}

/** A provider that does not heed its signal is left behind all the same. */
async function withinTime<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("it took too long")), { once: true }),
  );
  return Promise.race([work(signal), late]);
}

// Only adapters know the classes; the name says which it is.
function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}

function retryable(error: Error): boolean {
  return !("retryable" in error) || error.retryable !== false;
}
