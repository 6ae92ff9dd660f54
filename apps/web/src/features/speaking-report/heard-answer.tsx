"use client";

import { Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Badge } from "@/ui/badge.tsx";
import { Button } from "@/ui/button.tsx";
import { formatClock } from "@/ui/format.ts";
import { kindWords } from "./words.ts";

export interface Noticed {
  readonly start: number;
  readonly end: number;
  readonly startSeconds?: number | undefined;
  readonly kind: string;
  readonly message: string;
  readonly suggestion: string | null;
}

/** A second of what was said before the place, so that it is heard in its sentence. */
const leadSeconds = 1;
const shownAtFirst = 6;

/** One's own answer to listen to, with what was noticed in it: each place plays from where it is. */
export function HeardAnswer({
  label,
  src,
  text,
  noticed,
}: {
  label: string;
  src: string;
  text: string | null;
  noticed: readonly Noticed[];
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [all, setAll] = useState(false);
  const shown = all ? noticed : noticed.slice(0, shownAtFirst);

  useEffect(() => {
    if (address !== null) return () => URL.revokeObjectURL(address);
  }, [address]);

  async function playFrom(seconds: number): Promise<void> {
    const element = audio.current;
    if (!element) return;
    try {
      // Whole in the page: only then may one jump in it, whatever the server can do.
      if (element.src === "") {
        const response = await fetch(src);
        if (!response.ok) throw new Error("not there");
        element.src = URL.createObjectURL(await response.blob());
        setAddress(element.src);
      }
      element.currentTime = Math.max(0, seconds);
      await element.play();
    } catch {
      setFailed(true);
    }
  }

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        {address === null ? (
          <Button icon={<Play className="ico" aria-hidden="true" />} onClick={() => void playFrom(0)}>
            Listen to {label}
          </Button>
        ) : null}
        {/* biome-ignore lint/a11y/useMediaCaption: one's own voice; what was heard is written below */}
        <audio ref={audio} controls hidden={address === null} aria-label={label} className="h-9 max-w-full" />
      </div>
      {failed ? (
        <p role="alert" className="text-warn">
          The recording does not play here. It is stored all the same.
        </p>
      ) : null}
      {text === null ? null : (
        <details>
          <summary className="cursor-pointer text-ink-2">What was heard</summary>
          <p className="measure mt-2 font-serif">{text === "" ? "Nothing." : text}</p>
        </details>
      )}
      {noticed.length === 0 ? null : (
        <ul aria-label={`Noticed in ${label}`}>
          {shown.map((place) => (
            <li
              key={`${place.kind} ${place.start} ${place.startSeconds ?? ""}`}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-2"
            >
              <Badge>{kindWords[place.kind] ?? "Noticed"}</Badge>
              <span className="min-w-0 flex-1">
                {text !== null && place.end > place.start ? <q>{text.slice(place.start, place.end)}</q> : null}{" "}
                <span className="text-ink-2">
                  {place.message.replace(/\.$/, "")}
                  {place.suggestion === null ? "." : `: better “${place.suggestion}”.`}
                </span>
              </span>
              {place.startSeconds === undefined ? null : (
                <Button
                  size="sm"
                  variant="quiet"
                  onClick={() => void playFrom((place.startSeconds ?? 0) - leadSeconds)}
                  aria-label={`Play at ${formatClock(Math.floor(place.startSeconds))}`}
                >
                  {formatClock(Math.floor(place.startSeconds))}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {noticed.length > shown.length ? (
        <div>
          <Button variant="quiet" onClick={() => setAll(true)}>
            All {noticed.length} places
          </Button>
        </div>
      ) : null}
    </div>
  );
}
