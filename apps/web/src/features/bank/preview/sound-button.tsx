"use client";

import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatClock } from "@/ui/format.ts";
import { mediaAddress } from "../passage.tsx";

export function SoundButton({
  media,
  durationSeconds,
  note,
}: {
  media: string;
  durationSeconds: number;
  note?: string | undefined;
}) {
  const sound = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => () => sound.current?.pause(), []);
  if (media === "") return <p className="text-body text-ink-3">No recording yet.</p>;
  const total = durationSeconds > 0 ? durationSeconds : 1;
  return (
    <>
      <div className="flex flex-wrap items-center gap-4">
        <Button
          variant="primary"
          size="lg"
          icon={playing ? <Square className="ico" aria-hidden="true" /> : <Play className="ico" aria-hidden="true" />}
          onClick={() => {
            const player = sound.current;
            if (!player) return;
            setFailed(false);
            if (playing) {
              player.pause();
              player.currentTime = 0;
            } else player.play().catch(() => setFailed(true));
          }}
        >
          {playing ? "Stop" : "Play"}
        </Button>
        <span className="text-body text-ink-2 tabular-nums">
          {formatClock(at)} / {formatClock(durationSeconds > 0 ? durationSeconds : 0)}
        </span>
        {note ? <span className="text-body text-ink-2">{note}</span> : null}
      </div>
      <svg className="mt-4 block h-1.5 w-full" aria-hidden="true">
        <rect width="100%" height="100%" rx="3" className="fill-line" />
        <rect width={`${Math.min(100, (at / total) * 100)}%`} height="100%" rx="3" className="fill-accent" />
      </svg>
      {failed ? (
        <p role="alert" className="mt-3 text-body text-warn">
          {media} could not be played.
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands among the staff's notes; a caption would answer the item */}
      <audio
        ref={sound}
        src={mediaAddress(media)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => {
          setPlaying(false);
          setAt(0);
        }}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
      />
    </>
  );
}
