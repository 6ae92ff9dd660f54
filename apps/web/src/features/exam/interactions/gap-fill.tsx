"use client";

import { type AnswerProps, type Interaction, placesOf } from "./answer-props.ts";

/** A text with gaps, each filled from the same list of words. */
export function GapFill({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "gap-fill" }> }) {
  const places = placesOf(value);
  // “… [[1]] …” falls into text, number, text, number, …
  const parts = interaction.text.split(/\[\[([^\]]+)\]\]/);
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-4 text-[1.25rem] leading-7 font-semibold">{interaction.stem}</legend>
      <p className="font-read text-read leading-[3.25rem] whitespace-pre-line">
        {parts.map((part, index) =>
          index % 2 === 0 ? (
            <span key={index}>{part}</span>
          ) : (
            <select
              key={part}
              aria-label={`Gap ${part}`}
              className="hit rounded-control border border-line-strong bg-surface px-2 font-ui text-exam"
              value={places[part] ?? ""}
              onChange={(event) => {
                const next = { ...places, [part]: event.target.value };
                if (event.target.value === "") delete next[part];
                onValueChange(Object.keys(next).length > 0 ? next : null);
              }}
            >
              <option value="">{part} …</option>
              {interaction.options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.text}
                </option>
              ))}
            </select>
          ),
        )}
      </p>
    </fieldset>
  );
}
