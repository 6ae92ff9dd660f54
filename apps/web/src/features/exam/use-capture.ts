import { type CaptureProblem, captureQuality } from "@bandwise/evaluator/speech/capture";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type Heard, watchLevel } from "./client/recorder.ts";

/** A level at which somebody speaks: about −42 dB, above the noise of a room behind a suppressing microphone. */
const speechLevel = 0.3;
const watchedEveryMs = 80;
/** So much of the latest sound is judged, and not before there is so much of it: a pause for thought is no fault. */
const judgedMs = 4_000;

const words: Readonly<Record<CaptureProblem, string>> = {
  silent: "We hear nothing: is your microphone on, and the right one?",
  clipped: "Too loud: the sound is distorted. Move away from the microphone a little.",
  noisy: "There is much noise around you. Move closer to the microphone, or to a quieter place.",
  "too-quiet": "You are very quiet. Move closer to the microphone.",
};

/**
 * The level of the microphone while it matters, and while it records what is wrong with the sound, as long as it can be
 * mended. @param onSpeech gets the milliseconds that were spoken, as they come.
 */
export function useCapture(
  stream: MediaStream | null,
  when: { readonly watching: boolean; readonly recording: boolean },
  onSpeech?: (ms: number) => void,
): { level: number; trouble: string | null } {
  const { watching, recording } = when;
  const [level, setLevel] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const latest = useRef<Float32Array[]>([]);
  const heard = useEffectEvent(({ level: now, samples, sampleRate }: Heard) => {
    setLevel(now);
    if (now >= speechLevel) onSpeech?.(watchedEveryMs);
    if (!recording) latest.current = [];
    else latest.current = [...latest.current.slice(-judgedMs / watchedEveryMs + 1), samples.slice()];
    setTrouble(latest.current.length < judgedMs / watchedEveryMs ? null : troubleIn(latest.current, sampleRate));
  });
  useEffect(() => {
    if (watching && stream) return watchLevel(stream, heard);
  }, [watching, stream]);
  return { level, trouble };
}

function troubleIn(pieces: readonly Float32Array[], sampleRate: number): string | null {
  const joined = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  const [problem] = captureQuality(joined, sampleRate).problems;
  return problem ? words[problem] : null;
}
