import { type CaptureProblem, captureQuality } from "@bandwise/evaluator/speech/capture";
import { type Heard, watchedEveryMs } from "./recorder.ts";

/** So much of the latest sound is judged, and not before there is so much of it: a breath is no fault. */
const judgedMs = 4_000;
/** Who has spoken may think for this long before silence is taken for a fault of the microphone. */
const thoughtMs = 12_000;
/** Told no oftener than this, so that words stand long enough to be read. */
const judgedEveryMs = 1_000;

/** What is wrong with the sound of one recording, from the moments of it that were looked at. */
export class CaptureWatch {
  readonly #moments: Float32Array[] = [];
  #sampleRate = 48_000;
  #spoke = false;
  #latest: CaptureProblem | null = null;

  /** @returns what is wrong just now, and can be mended. */
  hear({ samples, sampleRate }: Pick<Heard, "samples" | "sampleRate">): CaptureProblem | null {
    this.#moments.push(samples.slice());
    this.#sampleRate = sampleRate;
    const heardMs = this.#moments.length * watchedEveryMs;
    if (heardMs >= judgedMs && heardMs % judgedEveryMs < watchedEveryMs) this.#latest = this.#judge();
    return this.#latest;
  }

  /** What is wrong with the recording as a whole, which is what the server will find as well; else what was wrong last. */
  whole(): CaptureProblem | null {
    return this.#problemIn(this.#moments.length) ?? this.#latest;
  }

  #judge(): CaptureProblem | null {
    const found = this.#problemIn(judgedMs / watchedEveryMs);
    const quiet = found === "silent" || found === "too-quiet";
    this.#spoke ||= !quiet;
    // Little was said lately: the longer stretch tells a pause from a fault.
    return quiet && this.#spoke ? this.#problemIn(thoughtMs / watchedEveryMs) : found;
  }

  #problemIn(latest: number): CaptureProblem | null {
    const moments = this.#moments.slice(-latest);
    const joined = new Float32Array(moments.reduce((sum, moment) => sum + moment.length, 0));
    let at = 0;
    for (const moment of moments) {
      joined.set(moment, at);
      at += moment.length;
    }
    return captureQuality(joined, this.#sampleRate).problems[0] ?? null;
  }
}
