"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import { useId } from "react";
import { type AnswerProps, placesOf, textIn, withPlace } from "./answer-props.ts";
import { OptionSelect } from "./option-select.tsx";

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
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="stem mb-4">{interaction.stem}</legend>
      <div className="grid gap-4">
        {interaction.prompts.map((prompt) => (
          <div key={prompt.id} className="grid gap-1.5 border-t border-line pt-3">
            <label htmlFor={`${id}-${prompt.id}`}>{prompt.text}</label>
            <OptionSelect
              id={`${id}-${prompt.id}`}
              className="w-full px-3 py-2.5"
              options={interaction.options}
              blank="Choose"
              chosen={textIn(places[prompt.id])}
              onChoose={(option) => onValueChange(withPlace(value, prompt.id, option))}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
