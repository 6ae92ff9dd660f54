"use client";

import { answerSpace } from "@bandwise/core/bank/answer-space";
import type { Interaction } from "@bandwise/core/bank/schema";
import { type AnswerProps, placesOf, textIn, withPlace } from "./answer-props.ts";
import { MarkedQuestion } from "./marked-question.tsx";
import { OptionSelect } from "./option-select.tsx";

/** A text with gaps, filled from one list of words (gap fill) or each from a list of its own (inline choice). */
export function GapChoice({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "gap-fill" | "inline-choice" }> }) {
  const space = answerSpace(interaction);
  const places = placesOf(value);
  return (
    <MarkedQuestion stem={interaction.stem} text={interaction.text} disabled={disabled}>
      {({ id }) => (
        <OptionSelect
          aria-label={`Gap ${id}`}
          className="max-w-full px-2"
          options={(space.kind === "place" && space.places.find((place) => place.id === id)?.options) || []}
          blank={`${id} …`}
          chosen={textIn(places[id])}
          onChoose={(option) => onValueChange(withPlace(value, id, option))}
        />
      )}
    </MarkedQuestion>
  );
}
