"use client";

import { CircleCheck, Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { LevelMeter } from "@/ui/level-meter.tsx";
import { recordingFormat, watchLevel } from "../exam/client/recorder.ts";
import { useMicrophone } from "../exam/use-microphone.ts";

const longestMs = 10_000;

/** A sentence to read, the level while reading, and oneself to hear. The sample stays in this page. */
export function MicrophoneCheck({ onDone }: { onDone: () => void }) {
  const { stream, problem, ask } = useMicrophone();
  const [level, setLevel] = useState(0);
  const [loudest, setLoudest] = useState(0);
  const [sample, setSample] = useState<string | null>(null);
  const [recording, setRecording] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);

  useEffect(() => {
    if (!stream) return;
    return watchLevel(stream, (heard) => {
      setLevel(heard);
      if (recorder.current?.state === "recording") setLoudest((held) => Math.max(held, heard));
    });
  }, [stream]);

  const start = () => {
    const mimeType = recordingFormat();
    if (!stream || !mimeType) return;
    const pieces: Blob[] = [];
    const made = new MediaRecorder(stream, { mimeType });
    made.ondataavailable = ({ data }) => void pieces.push(data);
    made.onstop = () => {
      setRecording(false);
      setSample(URL.createObjectURL(new Blob(pieces, { type: mimeType })));
    };
    made.start();
    recorder.current = made;
    setLoudest(0);
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
  const quiet = loudest < 0.25;
  return (
    <>
      <p className="text-ink-2">Read this sentence aloud in your normal voice, then listen back.</p>
      <p className="font-read text-read">“The early ferry leaves at ten past six, whatever the weather.”</p>
      <div className="max-w-[36rem]">
        <LevelMeter level={level} />
      </div>
      {sample ? (
        <>
          <p className="flex items-center gap-2" role="status">
            <CircleCheck
              className={`size-5 ${quiet ? "text-warn" : "text-ok"}`}
              strokeWidth={1.75}
              aria-hidden="true"
            />
            {quiet ? "Very quiet. Come closer to the microphone and try again." : "Good level. Listen back."}
          </p>
          {/* biome-ignore lint/a11y/useMediaCaption: one's own voice, a moment ago */}
          <audio controls src={sample} className="w-full max-w-[36rem]" aria-label="Your sample" />
          <div className="flex flex-wrap gap-2.5">
            <Button size="lg" variant="primary" onClick={onDone}>
              I can hear myself clearly
            </Button>
            <Button size="lg" onClick={start}>
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
