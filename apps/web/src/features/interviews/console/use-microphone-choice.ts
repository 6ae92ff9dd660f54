"use client";

import type { Microphone } from "@bandwise/core/interviews/ledger";
import { useEffect, useState } from "react";

const keyOf = (attemptId: string): string => `bandwise.interview.microphone.${attemptId}`;

/** Whose microphone it will be, kept over a reload until the interview begins: from then on the ledger says it. */
export function useMicrophoneChoice(attemptId: string): [Microphone, (side: Microphone) => void] {
  const [side, setSide] = useState<Microphone>("examiner");
  useEffect(() => {
    try {
      if (sessionStorage.getItem(keyOf(attemptId)) === "candidate") setSide("candidate");
    } catch {
      // Forbidden storage: the examiner's.
    }
  }, [attemptId]);
  return [
    side,
    (next) => {
      setSide(next);
      try {
        sessionStorage.setItem(keyOf(attemptId), next);
      } catch {
        // Then it holds until the page is left.
      }
    },
  ];
}
