"use client";

import { useEffect, useState } from "react";

/** The server's time as the page knows it, anew four times a second while something runs. */
export function useNow(now: () => number, running: boolean): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    setAt(now());
    if (!running) return;
    const timer = setInterval(() => setAt(now()), 250);
    return () => clearInterval(timer);
  }, [now, running]);
  return at;
}
