"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { formatClock } from "./format.ts";

const announcedAt = [600, 300, 60] as const;

/**
 * Time left by the server's clock: `serverNow` is what that clock said when the page was made, so a wrong clock on the
 * candidate's machine does no harm. Screen readers hear it at ten, five and one minute only.
 */
export function CountdownText({
  endsAt,
  serverNow,
  onEnd,
  suffix = "left",
  announce = true,
}: {
  endsAt: number;
  serverNow: number;
  onEnd?: (() => void) | undefined;
  suffix?: string | undefined;
  announce?: boolean | undefined;
}) {
  const [secondsLeft, setSecondsLeft] = useState(() => Math.max(0, (endsAt - serverNow) / 1000));
  const [announcement, setAnnouncement] = useState("");
  const ended = useEffectEvent(() => onEnd?.());

  useEffect(() => {
    // performance.now() goes on evenly when the machine's clock is set anew.
    const startedAt = performance.now();
    let before = (endsAt - serverNow) / 1000;
    let done = false;
    function tick() {
      const left = Math.max(0, (endsAt - serverNow - (performance.now() - startedAt)) / 1000);
      setSecondsLeft(left);
      const passed = announcedAt.find((mark) => before > mark && left <= mark);
      if (passed !== undefined) setAnnouncement(passed === 60 ? "1 minute left" : `${passed / 60} minutes left`);
      before = left;
      if (left === 0 && !done) {
        done = true;
        ended();
      }
    }
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [endsAt, serverNow]);

  return (
    <>
      <span role="timer" aria-live="off" className="whitespace-nowrap">
        <b className="text-exam tabular-nums">{formatClock(secondsLeft)}</b>
        {suffix === "" ? null : <span className="text-ink-3"> {suffix}</span>}
      </span>
      {announce ? (
        <span role="status" className="sr-only">
          {announcement}
        </span>
      ) : null}
    </>
  );
}
