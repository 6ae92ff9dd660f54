import type { Evidence, FeatureVector } from "../rating.ts";
import type { TextAnalysis } from "../text/features.ts";
import { subordinators } from "../text/word-lists.ts";
import type { Span, SpeechMeasures } from "./measures.ts";
import type { PlacedWord, Transcript } from "./transcript.ts";

/** Sounds that fill a pause, as recognisers write them. */
const fillers = /\b(?:u+h+|u+m+|e+r+m*|e+h+|h+m+|a+h+|mm+)\b/gi;
/** A word said twice on end is a repair, unless it is one of those that may be meant twice. */
const repeatable = new Set("very really so no yes had that far many much more again never long".split(" "));
/** A silence this long inside an answer is one that a listener notices. */
const longPauseSeconds = 1.5;
/** A word that a recogniser is less sure of, a sound that an assessment gives less. */
const unsureBelow = 0.6;
const weakBelow = 60;
const clauseOpeners = new Set([...subordinators, "and", "but", "or", "so", "then"]);

/** What only a transcript shows of how someone spoke. Null where the recogniser does not give what it needs. */
export function spokenFeatures(
  words: readonly PlacedWord[],
  measures: SpeechMeasures,
  transcript: Transcript | null,
  analysis: TextAnalysis | null,
): FeatureVector {
  const minutes = measures.spokenSeconds / 60;
  const perMinute = (found: number): number | null => (minutes > 0 ? found / minutes : null);
  const confidences = words.flatMap(({ confidence }) => confidence ?? []);
  const phones = words.flatMap(({ phones: own, accuracy }) =>
    own && own.length > 0 ? own.map((phone) => phone.accuracy) : (accuracy ?? []),
  );
  return {
    fillersPerMinute: transcript === null ? null : perMinute(fillersIn(transcript.text).length),
    repairsPerMinute: analysis === null ? null : perMinute(repairsIn(analysis).length),
    pausesInside: transcript === null ? null : pausesInside(words, measures.pauses, transcript.text),
    phoneAccuracy: mean(phones),
    weakPhones: share(phones, (accuracy) => accuracy < weakBelow),
    wordConfidence: mean(confidences),
    unsureWords: share(confidences, (confidence) => confidence < unsureBelow),
  };
}

function fillersIn(text: string): { start: number; end: number }[] {
  return Array.from(text.matchAll(fillers), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

interface Repair {
  readonly start: number;
  readonly end: number;
}

/** Words, or pairs of words, said twice on end. Recognisers leave many out, so few of these prove nothing. */
function repairsIn({ tokens }: TextAnalysis): Repair[] {
  const spoken = tokens.words;
  const found: Repair[] = [];
  for (let at = 0; at + 1 < spoken.length; at += 1) {
    const [first, second, third, fourth] = spoken.slice(at, at + 4);
    if (!first || !second) continue;
    if (first.plain === second.plain && !repeatable.has(first.plain)) {
      found.push({ start: first.start, end: second.end });
    } else if (third && fourth && first.plain === third.plain && second.plain === fourth.plain) {
      found.push({ start: first.start, end: fourth.end });
      at += 2;
    }
  }
  return found;
}

/**
 * Share of pauses that fall inside a clause: neither after a mark the recogniser set nor before a word that opens one. Learners
 * pause there, practised speakers between clauses (De Jong, 2016).
 */
function pausesInside(words: readonly PlacedWord[], pauses: readonly Span[], text: string): number | null {
  const placed = pauses.flatMap((pause) => {
    const [before, after] = around(words, pause);
    if (!before || !after) return [];
    const ended = /[.,;:?!]/.test(text.slice(before.end, after.start) + before.text.slice(-1));
    return [ended || clauseOpeners.has(after.text.trim().toLowerCase()) ? 0 : 1];
  });
  return placed.length < 3 ? null : mean(placed);
}

function around(words: readonly PlacedWord[], pause: Span): [PlacedWord | undefined, PlacedWord | undefined] {
  const middle = (pause.startSeconds + pause.endSeconds) / 2;
  const next = words.findIndex(({ startSeconds, endSeconds }) => (startSeconds + endSeconds) / 2 > middle);
  return next === -1 ? [words.at(-1), undefined] : [words[next - 1], words[next]];
}

/** Mistakes with their times, and what fluency and pronunciation rest on, in the order they were spoken. */
export function speechSigns(
  words: readonly PlacedWord[],
  { pauses }: SpeechMeasures,
  analysis: TextAnalysis | null,
): Evidence[] {
  const timed = (place: Omit<Evidence, "startSeconds" | "endSeconds">): Evidence => {
    const within = words.filter(({ start, end }) => start < place.end && end > place.start);
    const [first, last] = [within[0], within.at(-1)];
    return first && last ? { ...place, startSeconds: first.startSeconds, endSeconds: last.endSeconds } : place;
  };
  const sign = (kind: Evidence["kind"], message: string) => (place: { start: number; end: number }) =>
    timed({ start: place.start, end: place.end, kind, message, suggestion: null });
  const unclear = words.filter(
    ({ accuracy, confidence }) =>
      (accuracy ?? 100) < weakBelow || (accuracy === undefined && (confidence ?? 1) < unsureBelow),
  );
  const signs = [
    ...(analysis === null
      ? []
      : [
          ...analysis.mistakes.map(timed),
          ...fillersIn(analysis.tokens.text).map(sign("filler", "A filled pause")),
          ...repairsIn(analysis).map(sign("repair", "Said again")),
        ]),
    ...unclear.map(sign("unclear-word", "Hard to make out")),
    ...pauses
      .filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= longPauseSeconds)
      .map((pause): Evidence => {
        const at = around(words, pause)[0]?.end ?? 0;
        const seconds = pause.endSeconds - pause.startSeconds;
        return {
          ...{ start: at, end: at, startSeconds: pause.startSeconds, endSeconds: pause.endSeconds },
          ...{ kind: "long-pause", message: `A pause of ${seconds.toFixed(1)} seconds`, suggestion: null },
        };
      }),
  ];
  const placeOf = ({ start, startSeconds }: Evidence): number => (words.length > 0 ? start : (startSeconds ?? 0));
  return signs.sort((a, b) => placeOf(a) - placeOf(b) || (a.kind < b.kind ? -1 : 1));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(values: readonly number[], holds: (value: number) => boolean): number | null {
  return values.length === 0 ? null : values.filter(holds).length / values.length;
}
