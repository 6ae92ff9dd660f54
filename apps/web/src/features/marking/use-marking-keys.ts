"use client";

import { useEffect, useRef } from "react";
import { type Sound, speeds } from "./use-sound.ts";

export interface MarkingKeys {
  readonly sound: Sound | null;
  readonly singleKeys: boolean;
  chooseCriterion(place: number): void;
  submit(): void;
  save(): void;
  showKeys(): void;
  showExemplars(): void;
}

/** A long scale is a slider and a field of figures: letters mean nothing to either. */
const typed =
  "textarea, input:not([type=radio], [type=checkbox], [type=range], [type=number]), select, [contenteditable]";
/** Space presses these. */
const pressed = "button, a, summary, input[type=checkbox]";

/** The page's keys. Those typed into a criterion's scale belong to the scale, and come here only when it has no use for them. */
export function useMarkingKeys(keys: MarkingKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return;
      if (event.target.closest("[role=dialog], [role=alertdialog]")) return;
      if (handle(event, event.target, latest.current)) event.preventDefault();
    };
    // A button takes Enter for itself, whatever is held down with it.
    const onButton = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!(event.target instanceof Element) || !event.target.closest("button, a")) return;
      if (event.target.closest("[role=dialog], [role=alertdialog]")) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current.submit();
    };
    // A radio button is pressed when the space bar is let go.
    const onKeyUp = (event: KeyboardEvent) => {
      const { sound, singleKeys } = latest.current;
      const radio = event.target instanceof HTMLInputElement && event.target.type === "radio";
      if (event.key === " " && radio && sound && singleKeys && !event.target.closest("[role=dialog]"))
        event.preventDefault();
    };
    document.addEventListener("keydown", onButton, { capture: true });
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("keyup", onKeyUp);
    return () => {
      document.removeEventListener("keydown", onButton, { capture: true });
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("keyup", onKeyUp);
    };
  }, []);
}

function handle(event: KeyboardEvent, target: Element, keys: MarkingKeys): boolean {
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey) {
    if (event.key === "Enter") keys.submit();
    else if (event.key.toLowerCase() === "s" && !event.shiftKey) keys.save();
    else return false;
    return true;
  }
  if (event.altKey || event.metaKey || target.matches(typed)) return false;
  const place = Number(target.closest<HTMLElement>("[data-criterion]")?.dataset.criterion ?? 0);
  const inScale = place > 0 && target.matches("input");
  if (inScale && event.key === "Enter") {
    keys.chooseCriterion(place + (event.shiftKey ? -1 : 1));
    return true;
  }
  if (inScale && event.key === "Escape") {
    if (target instanceof HTMLElement) target.blur();
    return true;
  }
  if (!keys.singleKeys) return false;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit && (event.shiftKey || !inScale)) {
    keys.chooseCriterion(Number(digit));
    return true;
  }
  if (event.key === "c" || event.key === "C") {
    document.querySelector<HTMLElement>("[data-comment]")?.click();
    return true;
  }
  if (event.key === "e" || event.key === "E") {
    keys.showExemplars();
    return true;
  }
  if (event.key === "?") {
    keys.showKeys();
    return true;
  }
  return keys.sound !== null && handleSound(event, target, keys.sound);
}

function handleSound(event: KeyboardEvent, target: Element, sound: Sound): boolean {
  const pace = speeds.indexOf(sound.speed);
  switch (event.key) {
    case " ":
      if (target.closest(pressed)) return false;
      sound.toggle();
      return true;
    case "j":
    case "J":
      sound.moveBy(-5);
      return true;
    case "l":
    case "L":
      sound.moveBy(5);
      return true;
    case "r":
    case "R":
      sound.setLoop(!sound.loop);
      return true;
    case "s":
    case "S":
      sound.setSkip(!sound.skip);
      return true;
    case "<":
      sound.setSpeed(speeds[pace - 1] ?? sound.speed);
      return true;
    case ">":
      sound.setSpeed(speeds[pace + 1] ?? sound.speed);
      return true;
    default:
      return false;
  }
}
