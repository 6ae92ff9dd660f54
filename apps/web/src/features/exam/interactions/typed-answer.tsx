"use client";

import { type InputHTMLAttributes, useEffect, useRef, useState } from "react";
import { classNames } from "../../../ui/class-names.ts";

const pauseMs = 600;

/** A short answer. Sent at each pause in typing and when the field is left. */
export function TypedAnswer({
  text,
  onSettled,
  className,
  ...rest
}: Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "id" | "aria-label" | "className" | "maxLength" | "size" | "disabled" | "placeholder"
> & {
  text: string;
  /** Null: emptied. */
  onSettled: (text: string | null) => void;
}) {
  /** What was typed since the last pause; null when all of it is sent. */
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsent = useRef<string | null>(null);
  const settle = () => {
    clearTimeout(timer.current);
    if (unsent.current === null) return;
    onSettled(unsent.current.trim() === "" ? null : unsent.current);
    unsent.current = null;
    setTyped(null);
  };
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => () => latest.current(), []);
  return (
    <input
      {...rest}
      type="text"
      className={classNames(
        "hit rounded-control border border-line-strong bg-surface font-ui text-exam placeholder:text-ink-3",
        className,
      )}
      value={typed ?? text}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.target.value);
        unsent.current = event.target.value;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => latest.current(), pauseMs);
      }}
      onBlur={settle}
    />
  );
}
