import type { AnswerValue } from "../client/store.ts";
import type { Item } from "../section-view.tsx";

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
