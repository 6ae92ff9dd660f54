"use client";

import { Play, Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { formatClock } from "../../ui/format.ts";
import { ApiError } from "./client/api.ts";
import type { Item, ViewProps } from "./section-view.tsx";

type Listening = Extract<Item, { skill: "listening" }>;

/**
 * Plays a recording as often as it may be played. The server counts; a page that was reloaded in the middle goes on where
 * the recording has got to, which costs no further play.
 */
export function ListeningPlayer({ session, snapshot, item }: ViewProps & { item: Listening }) {
  const { plays: limit, durationSeconds, setting } = item.content.stimulus;
  const [made, setMade] = useState(item.plays.length);
  const [state, setState] = useState<"still" | "fetching" | "playing">("still");
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const sound = useRef<HTMLAudioElement | null>(null);

  useEffect(
    () => () => {
      sound.current?.pause();
    },
    [],
  );

  async function play(number: number): Promise<void> {
    setState("fetching");
    setProblem(null);
    try {
      const { ticket, elapsedSeconds } = await session.api.play(item.id, number, session.clientId);
      // All of it first: a connection that drops in the middle cannot cut a recording short.
      const url = URL.createObjectURL(await session.api.sound(ticket));
      const audio = new Audio(url);
      sound.current = audio;
      audio.ontimeupdate = () => setAt(audio.currentTime);
      audio.onended = () => {
        setState("still");
        setAt(0);
        URL.revokeObjectURL(url);
      };
      if (elapsedSeconds > 2) audio.currentTime = Math.min(elapsedSeconds, durationSeconds);
      await audio.play();
      setMade(Math.max(made, number));
      setState("playing");
    } catch (error) {
      setState("still");
      setProblem(error instanceof ApiError ? error.message : "The recording could not be played. Try once more.");
    }
  }

  const left = limit - made;
  return (
    <div className="mb-6 rounded-panel border border-line bg-paper p-4 wide:p-5">
      <p className="mb-4">{setting}</p>
      <div className="flex flex-wrap items-center gap-4">
        {state === "playing" ? (
          <span className="inline-flex items-center gap-2 font-semibold text-accent" role="status">
            <Volume2 className="size-6" aria-hidden="true" /> Playing
          </span>
        ) : (
          <Button
            variant="primary"
            size="lg"
            busy={state === "fetching"}
            disabled={snapshot.phase !== "section" || (left <= 0 && problem === null)}
            icon={<Play className="ico" aria-hidden="true" />}
            onClick={() => void play(problem !== null && made > 0 && left <= 0 ? made : made + 1)}
          >
            {made === 0 ? "Play" : "Play again"}
          </Button>
        )}
        <span className="text-body text-ink-2 tabular-nums">
          {formatClock(at)} / {formatClock(durationSeconds)}
        </span>
        <span className="text-body text-ink-2">
          {left <= 0 ? "No plays left" : left === 1 ? "1 play left" : `${left} plays left`}
        </span>
      </div>
      <svg className="mt-4 block h-1.5 w-full" aria-hidden="true">
        <rect width="100%" height="100%" rx="3" className="fill-line" />
        <rect width={`${Math.min(100, (at / durationSeconds) * 100)}%`} height="100%" rx="3" className="fill-accent" />
      </svg>
      {problem ? (
        <p role="alert" className="mt-3 text-body text-warn">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
