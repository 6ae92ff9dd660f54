"use client";

import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";

/** One of several recordings: plays from the beginning, or from where it was paused. */
export function ListenButton({ label, src }: { label: string; src: string }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);

  async function toggle(): Promise<void> {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    for (const other of document.querySelectorAll("audio")) other.pause();
    try {
      await element.play();
    } catch {
      notify({ tone: "bad", text: "The recording does not play here. It is stored all the same." });
    }
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: one's own voice */}
      <audio ref={audio} src={src} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} />
      <Button
        size="sm"
        variant="quiet"
        className="max-wide:min-h-11"
        icon={playing ? <Pause className="ico" aria-hidden="true" /> : <Play className="ico" aria-hidden="true" />}
        aria-label={`${playing ? "Pause" : "Listen to"} ${label}`}
        onClick={() => void toggle()}
      >
        {playing ? "Pause" : "Listen"}
      </Button>
    </>
  );
}
