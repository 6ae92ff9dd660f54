import { useEffect, useEffectEvent, useRef, useState } from "react";
import { watchLevel } from "./client/recorder.ts";

/** A level at which somebody speaks: about −42 dB, above the noise of a room behind a suppressing microphone. */
const speechLevel = 0.3;
const watchedEveryMs = 80;
/** Nothing at all for so long while recording: the microphone, not a pause for thought. */
const silentAfterMs = 4_000;
const silentLevel = 0.08;

/**
 * The level of the microphone while it matters, and while it records what is wrong with the sound. @param onSpeech gets the
 * milliseconds that were spoken, as they come.
 */
export function useCapture(
  stream: MediaStream | null,
  when: { readonly watching: boolean; readonly recording: boolean },
  onSpeech?: (ms: number) => void,
): { level: number; trouble: string | null } {
  const { watching, recording } = when;
  const [level, setLevel] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const silentMs = useRef(0);
  const heard = useEffectEvent((now: number) => {
    setLevel(now);
    if (now >= speechLevel) onSpeech?.(watchedEveryMs);
    silentMs.current = recording && now < silentLevel ? silentMs.current + watchedEveryMs : 0;
    setTrouble(silentMs.current >= silentAfterMs ? "We hear nothing: is your microphone on, and the right one?" : null);
  });
  useEffect(() => {
    if (watching && stream) return watchLevel(stream, heard);
  }, [watching, stream]);
  return { level, trouble };
}
