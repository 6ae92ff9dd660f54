import { add, type Rational } from "@bandwise/scoring/rational";
import { foldText } from "@bandwise/scoring/typed-answer";
import { unknownText } from "./domains.ts";
import { toText } from "./our-response.ts";
import { isNumeric, makeValue, Unsupported } from "./response-values.ts";
import { highest, type Proposal, points, same, type Worth, worthOf, zero } from "./worth.ts";

interface TextWorth {
  readonly values: readonly (readonly [string, Rational])[];
  readonly otherwise: Rational;
  readonly max: Rational;
  readonly caseSensitive: boolean;
  readonly numeric: boolean;
}

/** What typed answers are worth: by their folded text, or as typed where case decides. */
function textWorth(worth: Worth): TextWorth {
  const { slot, domain, scores } = worth;
  const numeric = isNumeric(slot.declaration.baseType);
  const of = (text: string): Rational => worthOf(worth, makeValue("single", [text]));
  const max = highest(scores);
  if (numeric) {
    const values = domain.literals.map((item): [string, Rational] => [
      toText(item),
      worthOf(worth, makeValue("single", [item])),
    ]);
    return { values, otherwise: scores.at(-1) ?? zero, max, caseSensitive: false, numeric };
  }
  const literals = domain.literals.map(String);
  const otherwise = of(unknownText);
  const variants = (text: string): string[] =>
    domain.values
      .map((value) => String(value?.items[0] ?? ""))
      .filter((other) => other.toLowerCase() === text.toLowerCase());
  const folds = literals.every((text) => variants(text).every((other) => same(of(other), of(text))));
  if (folds) return { values: literals.map((text) => [text, of(text)]), otherwise, max, caseSensitive: false, numeric };
  const values = literals.flatMap((text): [string, Rational][] => {
    const others = variants(text).filter((other) => !literals.includes(other) && !same(of(other), otherwise));
    const [folded] = others;
    if (folded === undefined) return [[text, of(text)]];
    return [
      [text, of(text)],
      ...caseVariants(text)
        .filter((other) => !literals.includes(other))
        .map((other): [string, Rational] => [other, of(folded)]),
    ];
  });
  return { values, otherwise, max, caseSensitive: true, numeric };
}

const mostVariants = 64;

/** Every way to write a text in capitals and small letters. */
function caseVariants(text: string): string[] {
  let all = [""];
  for (const letter of text) {
    const forms = [...new Set([letter.toLowerCase(), letter.toUpperCase()])];
    all = all.flatMap((start) => forms.map((form) => start + form));
    if (all.length > mostVariants) throw new Unsupported("", "one answer by its case, another whatever its case");
  }
  return all;
}

/** The texts worth everything, where all others are worth nothing. */
function acceptedOf({ values, otherwise, max }: TextWorth): string[] | null {
  const right = values.filter(([, value]) => same(value, max)).map(([text]) => text);
  const plain = same(otherwise, zero) && values.every(([, value]) => same(value, max) || same(value, zero));
  return plain && right.length > 0 ? right : null;
}

function flags({ caseSensitive, numeric }: TextWorth): { caseSensitive?: true; numeric?: true } {
  return { ...(caseSensitive ? { caseSensitive: true } : {}), ...(numeric ? { numeric: true } : {}) };
}

function refuseFoldedTwins({ values, caseSensitive, numeric }: TextWorth, path: string): void {
  if (numeric) return;
  const seen = new Map<string, Rational>();
  for (const [text, value] of values) {
    const folded = caseSensitive ? text : foldText(text);
    const earlier = seen.get(folded);
    if (earlier !== undefined && !same(earlier, value))
      throw new Unsupported(path, `answers that differ only by punctuation or spaces (${JSON.stringify(text)})`);
    seen.set(folded, value);
  }
}

export function textEntryKeys(worth: Worth): Proposal[] {
  const text = textWorth(worth);
  refuseFoldedTwins(text, worth.slot.path);
  const { values, otherwise, max } = text;
  const accepted = acceptedOf(text);
  if (accepted) return [{ key: { type: "text-entry", accepted, spellingTolerance: 0, ...flags(text) }, max }];
  const best = values.filter(([, value]) => same(value, max)).map(([own]) => own);
  const shown = best.length > 0 ? best : ["(any other answer)"];
  return [
    {
      key: {
        type: "text-entry",
        accepted: shown,
        spellingTolerance: 0,
        ...flags(text),
        points: points(values, otherwise, { max }),
      },
      max,
    },
  ];
}

export function clozeKeys(worths: readonly Worth[]): Proposal[] {
  const texts = worths.map((worth) => ({ worth, text: textWorth(worth) }));
  for (const { worth, text } of texts) refuseFoldedTwins(text, worth.slot.path);
  const max = texts.reduce((sum, { text }) => add(sum, text.max), zero);
  const gapIdOf = ({ slot }: Worth): string => (slot.kind === "text" ? (slot.gap ?? "") : "");
  const gaps = Object.fromEntries(
    texts.map(({ worth, text }) => {
      const best = acceptedOf(text) ?? text.values.filter(([, value]) => same(value, text.max)).map(([own]) => own);
      return [
        gapIdOf(worth),
        { accepted: best.length > 0 ? best : ["(any other answer)"], spellingTolerance: 0 as const, ...flags(text) },
      ];
    }),
  );
  const [first] = texts;
  const even = texts.every(({ text }) => acceptedOf(text) !== null && same(text.max, first?.text.max ?? zero));
  if (even) return [{ key: { type: "cloze", gaps }, max }];
  const otherwise = first?.text.otherwise ?? zero;
  if (!texts.every(({ text }) => same(text.otherwise, otherwise))) {
    throw new Unsupported(
      first?.worth.slot.path ?? "",
      "gaps to be typed in whose wrong answers are worth different points",
    );
  }
  const values = texts.flatMap(({ worth, text }) =>
    text.values.map(([own, value]): [string, Rational] => [`${gapIdOf(worth)}:${own}`, value]),
  );
  return [{ key: { type: "cloze", gaps, points: points(values, otherwise, { max }) }, max }];
}
