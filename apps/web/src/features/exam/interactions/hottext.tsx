"use client";

import { hotWords } from "@bandwise/core/bank/marked-text";
import type { Interaction } from "@bandwise/core/bank/schema";
import { useId } from "react";
import type { AnswerProps } from "./answer-props.ts";
import { MarkedQuestion } from "./marked-question.tsx";

/** Words to pick out of a text: one (the next pick takes its place) or several, up to a number. */
export function Hottext({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "hottext" }> }) {
  const name = useId();
  const { choose } = interaction;
  const chosen = Array.isArray(value) ? value : [];
  const full = choose > 1 && chosen.length >= choose;
  const toggle = (id: string) => {
    if (choose === 1) return onValueChange([id]);
    const taken = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    // In the order of the text, so that the same choice is always the same answer.
    const next = hotWords(interaction.text).flatMap((word) => (taken.includes(word.id) ? [word.id] : []));
    onValueChange(next.length > 0 ? next : null);
  };
  return (
    <MarkedQuestion
      stem={interaction.stem}
      text={interaction.text}
      disabled={disabled}
      note={
        choose > 1 ? (
          <p className="mt-3 text-ui text-ink-3" role="status">
            {chosen.length} of {choose} chosen{full ? ". To change, take one back first." : ""}
          </p>
        ) : null
      }
    >
      {({ id, text }) => (
        <label className="hot-word">
          <input
            type={choose === 1 ? "radio" : "checkbox"}
            name={name}
            checked={chosen.includes(id)}
            disabled={full && !chosen.includes(id)}
            onChange={() => toggle(id)}
          />
          <span>{text}</span>
        </label>
      )}
    </MarkedQuestion>
  );
}
