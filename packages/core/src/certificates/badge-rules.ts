import { viewOf } from "./rules.ts";
import type { CertificateFacts } from "./schema.ts";

/** Entries of one public status list: the fewest the standard allows. */
export const STATUS_LIST_LENGTH = 131_072;

/** The list a new badge goes into. Half full is full: a random free place is then found in two tries on average. */
export function statusListFor(newest: { readonly list: number; readonly used: number } | null): number {
  if (newest === null) return 1;
  return newest.used < STATUS_LIST_LENGTH / 2 ? newest.list : newest.list + 1;
}

/** What a certificate says, under the names a badge's values go by. */
export function certificateValues(facts: CertificateFacts): Readonly<Record<string, string>> {
  const { scale, overall, parts } = viewOf(facts);
  const noun = scale.noun.toLowerCase();
  const values: Record<string, string> = {};
  for (const { id, score, cefr } of [{ id: "overall", ...overall }, ...parts]) {
    values[`${id} ${noun}`] = score;
    if (cefr !== null) values[`${id} level`] = cefr;
  }
  return {
    ...values,
    "awarding body": facts.awardingBody,
    "sat on": facts.testedOn,
    issued: facts.issuedOn,
    "valid until": facts.validUntil,
  };
}

export interface ComparedValue {
  readonly name: string;
  /** What the file says; null: nothing of the kind. */
  readonly file: string | null;
  /** What was certified; null: nothing of the kind. */
  readonly record: string | null;
  readonly same: boolean;
}

/** Every value that a file or the record knows, side by side. */
export function compareValues(
  file: Readonly<Record<string, string>>,
  record: Readonly<Record<string, string>>,
): readonly ComparedValue[] {
  return [...new Set([...Object.keys(record), ...Object.keys(file)])].map((name) => {
    const said = file[name] ?? null;
    const certified = record[name] ?? null;
    return { name, file: said, record: certified, same: said === certified };
  });
}
