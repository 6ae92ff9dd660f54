"use client";

import { useId } from "react";
import { type AnswerProps, type Interaction, placesOf } from "./answer-props.ts";

/** Each prompt takes one of the options from a list. */
export function Matching({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "matching" }> }) {
  const id = useId();
  const places = placesOf(value);
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-4 text-[1.25rem] leading-7 font-semibold">{interaction.stem}</legend>
      <div className="grid gap-4">
        {interaction.prompts.map((prompt) => (
          <div key={prompt.id} className="grid gap-1.5 border-t border-line pt-3">
            <label htmlFor={`${id}-${prompt.id}`}>{prompt.text}</label>
            <select
              id={`${id}-${prompt.id}`}
              className="hit w-full rounded-control border border-line-strong bg-surface px-3 py-2.5 text-exam"
              value={places[prompt.id] ?? ""}
              onChange={(event) => {
                const next = { ...places, [prompt.id]: event.target.value };
                if (event.target.value === "") delete next[prompt.id];
                onValueChange(Object.keys(next).length > 0 ? next : null);
              }}
            >
              <option value="">Choose</option>
              {interaction.options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.text}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
