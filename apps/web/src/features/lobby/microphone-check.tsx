"use client";

import { CircleAlert, CircleCheck, Mic, Square } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { ClipPlayer } from "@/ui/clip-player.tsx";
import { LevelMeter } from "@/ui/level-meter.tsx";
import { recordingFormat } from "../exam/client/recorder.ts";
import { useCapture } from "../exam/use-capture.ts";
import { useMicrophone } from "../exam/use-microphone.ts";

const longestMs = 10_000;
/** Reading the sentence takes about four seconds: less says nothing about the level. */
const shortestSeconds = 2;

interface Sample {
  readonly url: string;
  readonly seconds: number;
  /** What is wrong with it, or null. */
  readonly trouble: string | null;
}

function verdictOn({ seconds, trouble }: Sample): { ok: boolean; text: string } {
  if (seconds < shortestSeconds) return { ok: false, text: "Too short to judge. Read the whole sentence." };
  if (trouble !== null) return { ok: false, text: trouble };
  return { ok: true, text: "Good level. Listen back." };
}

/** A sentence to read, the level while reading, and oneself to hear. The sample stays in this page. */
export function MicrophoneCheck({ onDone }: { onDone: () => void }) {
  const { stream, problem, ask } = useMicrophone();
  const [sample, setSample] = useState<Sample | null>(null);
  const [recording, setRecording] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  const { level, trouble, verdict: heardWrong } = useCapture(stream, { watching: true, recording });

  const start = () => {
    const mimeType = recordingFormat();
    if (!stream || !mimeType) return;
    const pieces: Blob[] = [];
    const made = new MediaRecorder(stream, { mimeType });
    made.ondataavailable = ({ data }) => void pieces.push(data);
    made.onstop = () => {
      setRecording(false);
      const seconds = (performance.now() - startedAt) / 1000;
      const url = URL.createObjectURL(new Blob(pieces, { type: mimeType }));
      setSample({ url, seconds, trouble: heardWrong() });
    };
    const startedAt = performance.now();
    made.start();
    recorder.current = made;
    setSample(null);
    setRecording(true);
    setTimeout(() => made.state === "recording" && made.stop(), longestMs);
  };

  if (problem) {
    return (
      <>
        <p role="alert" className="text-bad">
          {problem}
        </p>
        <div>
          <Button onClick={ask}>Try again</Button>
        </div>
      </>
    );
  }
  const verdict = sample && verdictOn(sample);
  return (
    <>
      <p className="text-ink-2">Read this sentence aloud in your normal voice, then listen back.</p>
      <p className="font-read text-read">“The early ferry leaves at ten past six, whatever the weather.”</p>
      <div className="max-w-[36rem]">
        <LevelMeter level={level} />
        {recording ? (
          <p role="status" className="mt-2 min-h-6 text-warn">
            {trouble}
          </p>
        ) : null}
      </div>
      {sample && verdict ? (
        <>
          <p className="flex items-center gap-2" role="status">
            {verdict.ok ? (
              <CircleCheck className="size-5 text-ok" strokeWidth={1.75} aria-hidden="true" />
            ) : (
              <CircleAlert className="size-5 text-warn" strokeWidth={1.75} aria-hidden="true" />
            )}
            {verdict.text}
          </p>
          <div className="max-w-[36rem]">
            <ClipPlayer label="Your sample" src={sample.url} durationSeconds={sample.seconds} />
          </div>
          <div className="flex flex-wrap gap-2.5">
            {sample.seconds < shortestSeconds ? null : (
              <Button size="lg" variant={verdict.ok ? "primary" : "secondary"} onClick={onDone}>
                I can hear myself clearly
              </Button>
            )}
            <Button size="lg" variant={verdict.ok ? "secondary" : "primary"} onClick={start}>
              Try again
            </Button>
          </div>
        </>
      ) : (
        <div>
          {recording ? (
            <Button
              size="lg"
              variant="primary"
              icon={<Square className="ico" aria-hidden="true" />}
              onClick={() => recorder.current?.stop()}
            >
              Stop and listen
            </Button>
          ) : (
            <Button
              size="lg"
              variant="primary"
              disabled={!stream}
              icon={<Mic className="ico" aria-hidden="true" />}
              onClick={start}
            >
              Record the sentence
            </Button>
          )}
        </div>
      )}
    </>
  );
}
