import type { CaptureProblem } from "@bandwise/evaluator/speech/capture";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { CaptureWatch } from "./client/capture-watch.ts";
import { type Heard, watchedEveryMs, watchLevel } from "./client/recorder.ts";

/** A level at which somebody speaks: about −42 dB, above the noise of a room behind a suppressing microphone. */
const speechLevel = 0.3;

const words: Readonly<Record<CaptureProblem, string>> = {
  silent: "We hear nothing: is your microphone on, and the right one?",
  clipped: "Too loud: the sound is distorted. Move away from the microphone a little.",
  noisy: "There is much noise around you. Move closer to the microphone, or to a quieter place.",
  "too-quiet": "You are very quiet. Move closer to the microphone.",
};
const wordsFor = (problem: CaptureProblem | null): string | null => (problem === null ? null : words[problem]);

/**
 * The level of the microphone while it matters, and while it records what is wrong with the sound, as long as it can be
 * mended; `verdict` says it of the whole recording, once it is over. @param onSpeech gets the milliseconds that were spoken,
 * as they come.
 */
export function useCapture(
  stream: MediaStream | null,
  when: { readonly watching: boolean; readonly recording: boolean },
  onSpeech?: (ms: number) => void,
): { level: number; trouble: string | null; verdict: () => string | null } {
  const { watching, recording } = when;
  const [level, setLevel] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const watch = useRef<CaptureWatch | null>(null);
  const heard = useEffectEvent((now: Heard) => {
    setLevel(now.level);
    if (now.level >= speechLevel) onSpeech?.(watchedEveryMs);
    if (recording && watch.current) setTrouble(wordsFor(watch.current.hear(now)));
  });
  useEffect(() => {
    if (!recording) return setTrouble(null);
    watch.current = new CaptureWatch();
  }, [recording]);
  useEffect(() => {
    if (watching && stream) return watchLevel(stream, heard);
  }, [watching, stream]);
  return { level, trouble, verdict: useCallback(() => wordsFor(watch.current?.whole() ?? null), []) };
}
