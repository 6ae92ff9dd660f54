"use client";

import { useEffect, useRef } from "react";

interface ConsoleKeys {
  next(): void;
  back(): void;
  /** Brings the bands into sight. */
  show(): void;
}

const typed = "textarea, input:not([type=radio]), select, [contenteditable], [role=dialog] *";

/** Page keys and N and B walk through the script; Shift and a digit chooses a criterion, whose scale takes digits then. */
export function useConsoleKeys(keys: ConsoleKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.target instanceof Element) || event.target.matches(typed)) return;
      const digit = event.shiftKey ? /^Digit([1-4])$/.exec(event.code)?.[1] : undefined;
      if (digit) {
        latest.current.show();
        requestAnimationFrame(() => {
          const box = document.querySelector(`[data-criterion="${digit}"]`);
          (box?.querySelector<HTMLElement>("input:checked") ?? box?.querySelector<HTMLElement>("input"))?.focus();
        });
      } else if (event.key === "PageDown" || event.key === "n") latest.current.next();
      else if (event.key === "PageUp" || event.key === "b") latest.current.back();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
