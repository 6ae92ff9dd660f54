"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import { type AnswerProps, placesOf, withPlace } from "./answer-props.ts";
import { PartView } from "./part-view.tsx";

/** Several questions under one heading, each answered by itself. */
export function Composite({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "composite" }> }) {
  const answers = placesOf(value);
  return (
    <div>
      <h2 className="stem mb-4">{interaction.stem}</h2>
      <ol className="stems-inside">
        {interaction.parts.map((part, index) => (
          <li key={part.id} className="border-t border-line py-5">
            <p className="mb-1 text-ui text-ink-3">
              Question {index + 1} of {interaction.parts.length}
            </p>
            <PartView
              interaction={part.interaction}
              value={answers[part.id] ?? null}
              disabled={disabled}
              onValueChange={(answer) => onValueChange(withPlace(value, part.id, answer))}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}
