"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import { useId } from "react";
import { type AnswerProps, textIn } from "./answer-props.ts";
import { TypedAnswer } from "./typed-answer.tsx";

/** A question with a short answer in the candidate's own words. */
export function TextEntry({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "text-entry" }> }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="stem mb-4 block">
        {interaction.stem}
      </label>
      <TypedAnswer
        id={id}
        className="w-full max-w-[28rem] px-4 py-2.5"
        maxLength={interaction.maxLength}
        disabled={disabled}
        text={textIn(value)}
        onSettled={onValueChange}
      />
    </div>
  );
}
