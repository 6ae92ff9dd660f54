import type { AnswerValue } from "@bandwise/core/delivery/schema";

export interface AnswerProps {
  readonly value: AnswerValue;
  readonly disabled: boolean;
  readonly onValueChange: (value: AnswerValue) => void;
}

/** The answer by place (prompt, gap, part); empty where there is none yet. */
export function placesOf(value: AnswerValue): Readonly<Record<string, AnswerValue>> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** The answer with one place filled, changed or emptied; null once nothing is left in it. */
export function withPlace(value: AnswerValue, place: string, filled: AnswerValue): AnswerValue {
  const { [place]: _, ...others } = placesOf(value);
  const next = filled === null ? others : { ...others, [place]: filled };
  return Object.keys(next).length > 0 ? (next as AnswerValue) : null;
}

export function textIn(value: AnswerValue | undefined): string {
  return typeof value === "string" ? value : "";
}
