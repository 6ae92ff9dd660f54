"use client";

import type { PartInteraction } from "@bandwise/core/bank/schema";
import { MultiOptionCards, OptionCards } from "../../../ui/option-cards.tsx";
import type { AnswerProps } from "./answer-props.ts";
import { Cloze } from "./cloze.tsx";
import { GapChoice } from "./gap-choice.tsx";
import { Hottext } from "./hottext.tsx";
import { Matching } from "./matching.tsx";
import { Ordering } from "./ordering.tsx";
import { TextEntry } from "./text-entry.tsx";

/** One question that stands by itself or as a part of several. */
export function PartView({ interaction, ...answer }: AnswerProps & { interaction: PartInteraction }) {
  const { value, onValueChange, disabled } = answer;
  const stem = <span className="stem block">{interaction.stem}</span>;
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
    case "cloze":
      return <Cloze interaction={interaction} {...answer} />;
    case "matching":
      return <Matching interaction={interaction} {...answer} />;
    case "ordering":
      return <Ordering interaction={interaction} {...answer} />;
    case "gap-fill":
    case "inline-choice":
      return <GapChoice interaction={interaction} {...answer} />;
    case "hottext":
      return <Hottext interaction={interaction} {...answer} />;
  }
}
