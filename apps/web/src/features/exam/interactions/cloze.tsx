"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import { type AnswerProps, placesOf, textIn, withPlace } from "./answer-props.ts";
import { MarkedQuestion } from "./marked-question.tsx";
import { TypedAnswer } from "./typed-answer.tsx";

/** Wide enough for most answers, never so wide that it gives the length away or leaves a phone's line. */
const boxLetters = { least: 6, most: 11 };

/** A text with gaps to write in. */
export function Cloze({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "cloze" }> }) {
  const places = placesOf(value);
  return (
    <MarkedQuestion stem={interaction.stem} text={interaction.text} disabled={disabled}>
      {({ id }) => {
        const maxLength = interaction.gaps.find((gap) => gap.id === id)?.maxLength ?? 80;
        return (
          <TypedAnswer
            aria-label={`Gap ${id}`}
            placeholder={id}
            className="max-w-full px-2.5"
            maxLength={maxLength}
            size={Math.min(boxLetters.most, Math.max(boxLetters.least, maxLength))}
            text={textIn(places[id])}
            onSettled={(text) => onValueChange(withPlace(value, id, text))}
          />
        );
      }}
    </MarkedQuestion>
  );
}
