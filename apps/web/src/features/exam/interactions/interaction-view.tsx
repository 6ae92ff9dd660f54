"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import type { AnswerProps } from "./answer-props.ts";
import { Composite } from "./composite.tsx";
import { PartView } from "./part-view.tsx";

/** The question and the control its kind asks for; every one works by keyboard alone, none needs dragging. */
export function InteractionView({ interaction, ...answer }: AnswerProps & { interaction: Interaction }) {
  return interaction.type === "composite" ? (
    <Composite interaction={interaction} {...answer} />
  ) : (
    <PartView interaction={interaction} {...answer} />
  );
}
