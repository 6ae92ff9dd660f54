import type { ResultSummary } from "../schemes/schema.ts";
import type { ScoreRange } from "./range-schema.ts";
import type { StoredOutput } from "./rules.ts";

// How sure a score is, in a candidate's words.

type Scheme = StoredOutput["scheme"];
export type RangeMethod = ScoreRange["sections"][string]["method"];

export interface RangeLine {
  readonly id: string;
  readonly name: string;
  readonly score: string;
  readonly low: string;
  readonly high: string;
}

/** The overall score first, then its parts. */
export function rangeLines(range: ScoreRange, summary: ResultSummary): readonly RangeLine[] {
  return [
    { id: "overall", name: "Overall", score: summary.overall.score, ...range.overall },
    ...summary.parts.flatMap(({ id, title, score }) => {
      const line = range.sections[id];
      return line === undefined ? [] : [{ id, name: title, score, low: line.low, high: line.high }];
    }),
  ];
}

export function rangeText({ low, high }: Pick<RangeLine, "low" | "high">): string {
  return low === high ? low : `${low} to ${high}`;
}

export function rangeMeaning(scheme: Scheme): string {
  return `No test measures exactly. ${
    scheme === "iet-speaking"
      ? "In about two cases of three the score that fits you lies in these ranges."
      : "On another day, with the same tasks and other examiners, about two results in three would lie in these ranges."
  }`;
}

function paired(used: ReadonlySet<RangeMethod>): string {
  return used.has("double-marks")
    ? "from how far two examiners’ marks of the same answers lie apart"
    : "as large as the marking rules let two examiners differ, until enough answers have two marks";
}

/** Where the figures come from. */
export function rangeMethodWords(scheme: Scheme, range: ScoreRange): string {
  const used = new Set(Object.values(range.sections).map(({ method }) => method));
  switch (scheme) {
    case "ielp":
      return `Reading and Listening: one standard error of a person of this ability on these items, by their difficulty (Rasch model). Writing and Speaking: one standard error of the marks, ${paired(used)}. The overall band’s follows from the four. Which tasks came up is not part of it.`;
    case "ielts-speaking":
      return `One standard error of the examiner’s marks, ${paired(used)}: each criterion’s and the mean’s, then to the half band as the score itself. What was taken off for consistency stays taken off. Which questions came up is not part of it.`;
    case "iet-speaking": {
      const machine = used.has("machine") || used.has("machine-and-marks");
      const people = used.has("double-marks") || used.has("tolerance") || used.has("machine-and-marks");
      return [
        machine
          ? "What the machine measured: one standard error as the machine itself states it, taken to be the same in every answer, which makes the range as wide as it can be."
          : "",
        people ? `What examiners gave: one standard error of their marks, ${paired(used)}.` : "",
        "Which tasks came up is not part of it.",
      ]
        .filter((sentence) => sentence !== "")
        .join(" ");
    }
  }
}
