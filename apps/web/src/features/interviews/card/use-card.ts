"use client";

import type { InterviewCard } from "@bandwise/core/interviews/queries";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../../exam/client/api.ts";
import { type AnchoredClock, betterClock, readClock, serverTime } from "../../exam/client/clock.ts";

const everyMs = 2_000;

export interface CardNow {
  readonly card: InterviewCard | null;
  /** The server's time, for the clocks of the card. */
  readonly now: number;
  readonly away: boolean;
  readonly refused: string | null;
}

/** Asks every two seconds what lies before the candidate; where the line is away the last answer stays, its clock goes on. */
export function useCard(ask: (() => Promise<InterviewCard>) | null, initial: InterviewCard | null): CardNow {
  const [shown, setShown] = useState<CardNow>({ card: initial, now: initial?.now ?? 0, away: false, refused: null });
  const clock = useRef<AnchoredClock | null>(null);
  useEffect(() => {
    if (!ask) return;
    let gone = false;
    const tick = async () => {
      const sentMs = performance.now();
      try {
        const card = await ask();
        const read = readClock(card.now, sentMs, performance.now());
        clock.current = clock.current ? betterClock(clock.current, read) : read;
        if (!gone) setShown((held) => ({ ...held, card, away: false, refused: null }));
      } catch (error) {
        if (gone) return;
        const refused = error instanceof ApiError && !error.passing;
        setShown((held) => ({
          ...held,
          away: !refused,
          refused: refused ? error.message : null,
          card: refused ? null : held.card,
        }));
      }
    };
    void tick();
    const asking = setInterval(() => void tick(), everyMs);
    const ticking = setInterval(() => {
      const held = clock.current;
      if (held) setShown((before) => ({ ...before, now: serverTime(held, performance.now()) }));
    }, 250);
    return () => {
      gone = true;
      clearInterval(asking);
      clearInterval(ticking);
    };
  }, [ask]);
  return shown;
}
