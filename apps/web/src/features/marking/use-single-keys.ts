"use client";

import { useEffect, useState } from "react";

const storageKey = "bandwise.marking.single-keys";

/** Whether keys without Ctrl act anywhere on the page (WCAG 2.1.4 wants a way to turn them off). Remembered on this device. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(true);
  useEffect(() => {
    try {
      setOn(localStorage.getItem(storageKey) !== "off");
    } catch {
      // Forbidden storage: the keys are on.
    }
  }, []);
  return [
    on,
    (next) => {
      setOn(next);
      try {
        localStorage.setItem(storageKey, next ? "on" : "off");
      } catch {
        // Then it holds until the page is left.
      }
    },
  ];
}
