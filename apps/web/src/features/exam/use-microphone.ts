import { useCallback, useEffect, useState } from "react";

const words: Record<string, string> = {
  NotAllowedError:
    "Your browser has been told not to let us use it. Allow the microphone for this page, then try again.",
  NotFoundError: "No microphone was found. Plug one in, then try again.",
  NotReadableError: "Another program is using it. Close that program, then try again.",
};

/** The microphone for as long as a screen is shown. */
export function useMicrophone(): { stream: MediaStream | null; problem: string | null; ask: () => void } {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let given: MediaStream | null = null;
    let gone = false;
    if (!navigator.mediaDevices) {
      setProblem("This page is not on a secure address, so the browser does not offer the microphone.");
      return;
    }
    navigator.mediaDevices
      .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
      .then(
        (granted) => {
          given = granted;
          if (gone) for (const track of granted.getTracks()) track.stop();
          else {
            setStream(granted);
            setProblem(null);
          }
        },
        (error: unknown) => {
          const name = error instanceof DOMException ? error.name : "";
          setProblem(words[name] ?? "The microphone did not answer. Try again.");
        },
      );
    return () => {
      gone = true;
      for (const track of given?.getTracks() ?? []) track.stop();
    };
  }, [tries]);
  return { stream, problem, ask: useCallback(() => setTries((count) => count + 1), []) };
}
