import type { Sound } from "./decode.ts";

/** What a recogniser of speech can tell beside the words; whoever rates asks for no more than it has. */
export interface AsrCapabilities {
  readonly wordTimes: boolean;
  readonly confidences: boolean;
  readonly phoneScores: boolean;
}

/** Speech to text, whoever does it. */
export interface AsrProvider {
  readonly id: string;
  readonly version: string;
  readonly capabilities: AsrCapabilities;
  /** @throws ProviderError, and nothing else, where there is no transcript; it never makes one up. */
  transcribe(sound: Sound, options: TranscribeOptions): Promise<Transcript>;
}

export interface TranscribeOptions {
  readonly signal: AbortSignal;
  /** For read-aloud tasks: the words that were to be read. */
  readonly hint?: string;
}

export interface TranscribedWord {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0 to 1, how sure the recogniser was; null where it does not say. */
  readonly confidence: number | null;
  /** 0 to 100, from a pronunciation assessment. */
  readonly accuracy?: number;
  readonly phones?: readonly { readonly phone: string; readonly accuracy: number }[];
}

export interface Transcript {
  readonly text: string;
  /** Empty where the recogniser gives no times. */
  readonly words: readonly TranscribedWord[];
  readonly providerId: string;
  readonly providerVersion: string;
}

/** A recognised word with its place in the transcript's text, in UTF-16 units. */
export interface PlacedWord extends TranscribedWord {
  readonly start: number;
  readonly end: number;
}

/** Finds the timed words in the text, in order; a word the text does not have is left out. */
export function placeWords({ text, words }: Transcript): PlacedWord[] {
  const lower = text.toLowerCase();
  const placed: PlacedWord[] = [];
  let from = 0;
  for (const word of words) {
    const wanted = word.text.trim().toLowerCase();
    if (wanted === "") continue;
    const start = lower.indexOf(wanted, from);
    // Not far ahead: one word that is missing from the text must not drag all others behind it.
    if (start === -1 || start - from > 60) continue;
    from = start + wanted.length;
    placed.push({ ...word, start, end: from });
  }
  return placed;
}
