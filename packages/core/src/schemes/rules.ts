import type { SchemeId, SchemeStamp } from "@bandwise/scoring/scheme";
import { ielp } from "./ielp-rules.ts";
import { ieltsSpeaking } from "./ielts-speaking-rules.ts";
import { ietSpeaking } from "./iet-speaking-rules.ts";
import type { MachineStanding, ProductScheme, ResultSummary, SchemeOutput, Workings } from "./schema.ts";

/** Every scheme the product knows, by its id. */
const schemes: Readonly<Record<SchemeId, ProductScheme>> = {
  ielp,
  "ielts-speaking": ieltsSpeaking,
  "iet-speaking": ietSpeaking,
};

export function findScheme(id: string): ProductScheme | undefined {
  return Object.values(schemes).find(({ stamp }) => stamp.id === id);
}

/** @throws for an id of no scheme: nothing that is stored names one. */
export function schemeById(id: string): ProductScheme {
  const scheme = findScheme(id);
  if (!scheme) throw new Error(`there is no scheme ${id}`);
  return scheme;
}

/** What lists and documents show of a stored result. */
export function summaryOf(output: SchemeOutput): ResultSummary {
  return schemes[output.scheme].summary(output);
}

export function workingsOf(output: SchemeOutput, machine: MachineStanding): Workings {
  return schemes[output.scheme].workings(output, machine);
}

export function scorerFor(stamp: { readonly id: string; readonly version: string; readonly hash: string }) {
  return findScheme(stamp.id)?.scorer(stamp as SchemeStamp) ?? null;
}
