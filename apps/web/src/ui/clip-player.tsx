"use client";

import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./button.tsx";
import { formatClock } from "./format.ts";

/**
 * Plays a sound this page has just made: play, pause, where it is. A recorder's own file says no length, so that is passed
 * in; the file's, where it knows one, wins.
 */
export function ClipPlayer({ label, src, durationSeconds }: { label: string; src: string; durationSeconds: number }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [failed, setFailed] = useState(false);
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setFailed(true));
    else element.pause();
  };
  const share = durationSeconds > 0 ? Math.min(1, at / durationSeconds) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent with a form
    <div role="group" aria-label={label} className="rounded-panel border border-line bg-paper p-4">
      {/* biome-ignore lint/a11y/useMediaCaption: one's own voice, a moment ago */}
      <audio
        ref={audio}
        src={src}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onEnded={() => setAt(0)}
        onError={() => setFailed(true)}
      />
      <div className="flex items-center gap-4">
        <Button
          size="lg"
          icon={playing ? <Pause className="ico" aria-hidden="true" /> : <Play className="ico" aria-hidden="true" />}
          onClick={toggle}
        >
          {playing ? "Pause" : "Listen"}
        </Button>
        <span className="text-body whitespace-nowrap text-ink-2 tabular-nums">
          {formatClock(Math.floor(at))} / {formatClock(Math.round(durationSeconds))}
        </span>
      </div>
      <svg className="mt-4 block h-1.5 w-full" aria-hidden="true">
        <rect width="100%" height="100%" rx="3" className="fill-line" />
        <rect width={`${share * 100}%`} height="100%" rx="3" className="fill-accent" />
      </svg>
      {failed ? (
        <p role="alert" className="mt-3 text-body text-warn">
          It does not play here. It is recorded all the same.
        </p>
      ) : null}
    </div>
  );
}
