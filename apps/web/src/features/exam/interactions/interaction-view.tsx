"use client";

import { MultiOptionCards, OptionCards } from "../../../ui/option-cards.tsx";
import type { AnswerProps, Interaction } from "./answer-props.ts";
import { GapFill } from "./gap-fill.tsx";
import { Matching } from "./matching.tsx";
import { Ordering } from "./ordering.tsx";
import { TextEntry } from "./text-entry.tsx";

/** The question and the control its kind asks for; every one works by keyboard alone, none needs dragging. */
export function InteractionView({ interaction, ...answer }: AnswerProps & { interaction: Interaction }) {
  const { value, onValueChange, disabled } = answer;
  const stem = <span className="block text-[1.25rem] leading-7 font-semibold">{interaction.stem}</span>;
  switch (interaction.type) {
    case "choice":
      return (
        <OptionCards
          legend={stem}
          name="answer"
          disabled={disabled}
          options={interaction.options.map((option) => ({ value: option.id, label: option.text }))}
          value={typeof value === "string" ? value : null}
          onValueChange={onValueChange}
        />
      );
    case "multiple-response":
      return (
        <MultiOptionCards
          legend={stem}
          name="answer"
          disabled={disabled}
          max={interaction.choose}
          options={interaction.options.map((option) => ({ value: option.id, label: option.text }))}
          value={Array.isArray(value) ? value : []}
          onValueChange={(chosen) => onValueChange(chosen.length > 0 ? chosen : null)}
        />
      );
    case "text-entry":
      return <TextEntry interaction={interaction} {...answer} />;
    case "matching":
      return <Matching interaction={interaction} {...answer} />;
    case "ordering":
      return <Ordering interaction={interaction} {...answer} />;
    case "gap-fill":
      return <GapFill interaction={interaction} {...answer} />;
  }
}
