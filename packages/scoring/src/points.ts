import { add, compare, divide, ONE, parseDecimal, type Rational, ZERO } from "./rational.ts";
import { type PartKey, type Points, placesOf, textList } from "./response-key.ts";
import { type Entered, isAccepted } from "./typed-answer.ts";

/** Credit by mapped scoring (see `Points`): 0 without an answer, otherwise the share of `max` that the answer earned. */
export function pointsCredit(key: PartKey, points: Points, response: unknown): Rational {
  const max = parseDecimal(points.max) ?? ZERO;
  const earned = valuesNamed(key, points, response);
  if (earned.length === 0 || compare(max, ZERO) !== 1) return ZERO;
  const sum = earned.map((value) => parseDecimal(value) ?? ZERO).reduce(add, ZERO);
  const least = parseDecimal(points.min ?? "0") ?? ZERO;
  const raised = compare(sum, least) === -1 ? least : sum;
  if (compare(raised, ZERO) === -1) return ZERO;
  return compare(raised, max) === -1 ? divide(raised, max) : ONE;
}

/** The value of each thing the response names, in its order; nothing where there is no answer. */
function valuesNamed(key: PartKey, points: Points, response: unknown): string[] {
  const values = new Map(Object.entries(points.values));
  const otherwise = points.otherwise ?? "0";
  const worth = (name: string): string => values.get(name) ?? otherwise;
  switch (key.type) {
    case "choice":
      return typeof response === "string" ? [worth(response)] : [];
    case "multiple-response":
    case "hottext":
      return [...new Set(textList(response) ?? [])].map(worth);
    case "ordering": {
      const given = textList(response) ?? [];
      // An element has one place: naming it everywhere would earn the best of each.
      return new Set(given).size < given.length ? [] : given.map((element, at) => worth(`${at + 1}:${element}`));
    }
    case "matching":
    case "gap-fill":
    case "inline-choice": {
      const given = placesOf(response);
      return Object.keys(key.correct).flatMap((place) => {
        const option = given.get(place);
        return typeof option === "string" ? [worth(`${place}:${option}`)] : [];
      });
    }
    case "text-entry":
      return isEntered(response) ? [enteredValue([...values], key, response) ?? otherwise] : [];
    case "cloze": {
      const given = placesOf(response);
      return Object.entries(key.gaps).flatMap(([gap, rule]) => {
        const text = given.get(gap);
        if (!isEntered(text)) return [];
        const here = [...values].flatMap(([name, value]) =>
          name.startsWith(`${gap}:`) ? [[name.slice(gap.length + 1), value] as const] : [],
        );
        return [enteredValue(here, rule, text) ?? otherwise];
      });
    }
  }
}

/** A text that is there as written or folded counts before one that is a slip away. */
function enteredValue(
  values: readonly (readonly [text: string, value: string])[],
  { caseSensitive, numeric, spellingTolerance }: Entered,
  given: string,
): string | undefined {
  const find = (tolerance: 0 | 1): string | undefined =>
    values.find(([text]) =>
      isAccepted({ accepted: [text], spellingTolerance: tolerance, caseSensitive, numeric }, given),
    )?.[1];
  return find(0) ?? (spellingTolerance === 1 ? find(1) : undefined);
}

function isEntered(given: unknown): given is string {
  return typeof given === "string" && given.trim() !== "";
}
