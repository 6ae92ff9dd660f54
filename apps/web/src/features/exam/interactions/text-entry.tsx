"use client";

import { useEffect, useId, useRef, useState } from "react";
import type { AnswerProps, Interaction } from "./answer-props.ts";

const pauseMs = 600;

/** A short answer. Sent at each pause in typing and when the field is left. */
export function TextEntry({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "text-entry" }> }) {
  const id = useId();
  const [text, setText] = useState(typeof value === "string" ? value : "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsent = useRef<string | null>(null);
  const send = useRef(onValueChange);
  send.current = onValueChange;
  const settle = () => {
    clearTimeout(timer.current);
    if (unsent.current === null) return;
    send.current(unsent.current.trim() === "" ? null : unsent.current);
    unsent.current = null;
  };
  const settleOnLeave = useRef(settle);
  settleOnLeave.current = settle;
  useEffect(() => () => settleOnLeave.current(), []);
  return (
    <div>
      <label htmlFor={id} className="mb-4 block text-[1.25rem] leading-7 font-semibold">
        {interaction.stem}
      </label>
      <input
        id={id}
        type="text"
        className="hit w-full max-w-[28rem] rounded-control border border-line-strong bg-surface px-4 py-2.5 text-exam"
        value={text}
        maxLength={interaction.maxLength}
        disabled={disabled}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          unsent.current = event.target.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(settle, pauseMs);
        }}
        onBlur={settle}
      />
    </div>
  );
}
