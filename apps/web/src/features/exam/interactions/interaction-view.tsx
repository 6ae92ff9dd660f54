"use client";

import { MultiOptionCards, OptionCards } from "../../../ui/option-cards.tsx";
import type { AnswerValue } from "../client/store.ts";
import type { Item } from "../section-view.tsx";
import { GapFill } from "./gap-fill.tsx";
import { Matching } from "./matching.tsx";
import { Ordering } from "./ordering.tsx";
import { TextEntry } from "./text-entry.tsx";

export type Interaction = Extract<Item, { skill: "reading" | "listening" }>["content"]["interaction"];

export interface AnswerProps {
  readonly value: AnswerValue;
  readonly disabled: boolean;
  readonly onValueChange: (value: AnswerValue) => void;
}

/** The places of a matching or gap-fill answer. */
export function placesOf(value: AnswerValue): Record<string, string> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? { ...(value as Record<string, string>) }
    : {};
}

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
