import type { BankItem } from "./schema.ts";

type SetStimulus = Extract<BankItem, { skill: "reading" | "listening" }>["content"]["stimulus"];

/** The text or recording that items of one set share; tasks have none. */
export function stimulusOf(item: BankItem): SetStimulus | null {
  return item.skill === "reading" || item.skill === "listening" ? item.content.stimulus : null;
}

/** An enemy pair in the order it is stored in: the smaller id first. */
export function enemyPair(one: string, other: string): { readonly lowerId: string; readonly higherId: string } {
  return one < other ? { lowerId: one, higherId: other } : { lowerId: other, higherId: one };
}
