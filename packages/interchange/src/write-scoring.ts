import { divide, parseDecimal, type Rational, rational } from "@bandwise/scoring/rational";
import type { PartKey } from "@bandwise/scoring/response-key";
import type { Key } from "./item-model.ts";
import { tag, type Xml } from "./xml-text.ts";

/** The declarations and rules that give SCORE = credit × `max` for one of our keys, as far as QTI can say it. */
export interface WrittenScoring {
  readonly declarations: readonly Xml[];
  readonly processing: Xml;
}

/** The response variable of a part, or of one gap in it; a part alone in its item answers RESPONSE. */
export function responseName(part: string | null, gap?: string): string {
  return `${part === null ? "RESPONSE" : `R_${part}`}${gap === undefined ? "" : `_${gap}`}`;
}

/** QTI's identifiers begin with a letter; reading takes `o.` off again. */
export function identifierOf(id: string): string {
  return /^[a-z]/.test(id) ? id : `o.${id}`;
}

const variable = (identifier: string): Xml => tag("qti-variable", { identifier });
const baseValue = (type: string, value: string): Xml => tag("qti-base-value", { "base-type": type }, value);
const number = (value: Rational): Xml =>
  value.den === 1n
    ? baseValue("float", String(value.num))
    : tag("qti-divide", {}, baseValue("float", String(value.num)), baseValue("float", String(value.den)));
const times = (factor: Rational, value: Xml): Xml =>
  factor.num === factor.den ? value : tag("qti-product", {}, number(factor), value);
const set = (identifier: string, value: Xml): Xml => tag("qti-set-outcome-value", { identifier }, value);
const whenTrue = (test: Xml, ...rules: Xml[]): Xml =>
  tag("qti-response-condition", {}, tag("qti-response-if", {}, test, ...rules));
const isRight = (identifier: string): Xml =>
  tag("qti-match", {}, variable(identifier), tag("qti-correct", { identifier }));

export function writeScoring(key: Key): WrittenScoring {
  const outcome = (identifier: string): Xml =>
    tag(
      "qti-outcome-declaration",
      { identifier, cardinality: "single", "base-type": "float" },
      tag("qti-default-value", {}, tag("qti-value", {}, "0")),
    );
  if (key.type !== "composite") {
    const written = writePart(key, null, "SCORE", naturalMax(key));
    return {
      declarations: [...written.declarations, outcome("SCORE")],
      processing: tag("qti-response-processing", {}, ...written.rules),
    };
  }
  const parts = Object.entries(key.parts).map(([id, part]) => {
    const weight = rational(key.weights?.[id] ?? 1);
    return { id, weight, ...writePart(part, id, key.allOrNothing ? `SCORE_${id}` : "SCORE", weight) };
  });
  const all = parts.map(({ id, weight }) => tag("qti-gte", {}, variable(`SCORE_${id}`), number(weight)));
  return {
    declarations: [
      ...parts.flatMap(({ declarations }) => declarations),
      outcome("SCORE"),
      ...(key.allOrNothing ? parts.map(({ id }) => outcome(`SCORE_${id}`)) : []),
    ],
    processing: tag(
      "qti-response-processing",
      {},
      ...parts.flatMap(({ rules }) => rules),
      ...(key.allOrNothing ? [whenTrue(tag("qti-and", {}, ...all), set("SCORE", baseValue("float", "1")))] : []),
    ),
  };
}

/** The points an item is worth by itself: so many as there are right answers to give. */
function naturalMax(key: PartKey): Rational {
  if (key.points) return parseDecimal(key.points.max) ?? rational(1);
  if (key.type === "choice" || key.type === "text-entry" || key.type === "ordering" || key.allOrNothing)
    return rational(1);
  return rational(Object.keys(key.type === "cloze" ? key.gaps : key.correct).length);
}

interface WrittenPart {
  readonly declarations: readonly Xml[];
  readonly rules: readonly Xml[];
}

interface MappingEntry {
  readonly key: string;
  readonly value: string;
}

/** A part's rules add `weight` × credit to an outcome. */
function writePart(key: PartKey, part: string | null, outcome: string, weight: Rational): WrittenPart {
  const name = responseName(part);
  const addTo = (value: Xml): Xml => set(outcome, tag("qti-sum", {}, variable(outcome), value));
  const addMapped = (max: Rational): Xml =>
    whenTrue(
      tag("qti-not", {}, tag("qti-is-null", {}, variable(name))),
      addTo(times(divide(weight, max), tag("qti-map-response", { identifier: name }))),
    );
  const all = [whenTrue(isRight(name), addTo(number(weight)))];
  const points = key.points;
  const max = points === undefined ? rational(1) : (parseDecimal(points.max) ?? rational(1));
  const mapped = (entries: readonly MappingEntry[]): Xml =>
    mapping(entries, points?.otherwise ?? "0", points?.min ?? "0", points?.max);
  const pointEntries = Object.entries(points?.values ?? {}).map(([entry, value]) => ({
    key: key.type === "text-entry" ? entry : identifierOf(entry),
    value,
  }));
  switch (key.type) {
    case "choice":
      return points
        ? {
            declarations: [declare(name, "single", "identifier", [identifierOf(key.correct)], mapped(pointEntries))],
            rules: [addMapped(max)],
          }
        : { declarations: [declare(name, "single", "identifier", [identifierOf(key.correct)])], rules: all };
    case "multiple-response":
    case "hottext": {
      const own = points ? mapped(pointEntries) : undefined;
      const correct = key.correct.map(identifierOf);
      if (own)
        return { declarations: [declare(name, "multiple", "identifier", correct, own)], rules: [addMapped(max)] };
      if (key.allOrNothing) return { declarations: [declare(name, "multiple", "identifier", correct)], rules: all };
      const entries = correct.map((id) => ({ key: id, value: "1" }));
      return {
        declarations: [declare(name, "multiple", "identifier", correct, mapping(entries, "-1", "0"))],
        rules: [addMapped(rational(key.correct.length))],
      };
    }
    case "ordering":
      return { declarations: [declare(name, "ordered", "identifier", key.correct.map(identifierOf))], rules: all };
    case "matching":
    case "gap-fill": {
      // A pair names the prompt first in a match, the option first in a gap match.
      const pair = (prompt: string, option: string): string =>
        key.type === "matching" ? `p.${prompt} o.${option}` : `o.${option} g.${prompt}`;
      const correct = Object.entries(key.correct).map(([prompt, option]) => pair(prompt, option));
      if (points) {
        const entries = pointEntries.map(({ key: place, value }) => {
          const [prompt = "", option = ""] = place.replace(/^o\./, "").split(":");
          return { key: pair(prompt, option), value };
        });
        return {
          declarations: [declare(name, "multiple", "directedPair", correct, mapped(entries))],
          rules: [addMapped(max)],
        };
      }
      if (key.allOrNothing) return { declarations: [declare(name, "multiple", "directedPair", correct)], rules: all };
      const entries = correct.map((entry) => ({ key: entry, value: "1" }));
      return {
        declarations: [declare(name, "multiple", "directedPair", correct, mapping(entries, "0"))],
        rules: [addMapped(rational(correct.length))],
      };
    }
    case "text-entry": {
      if (points) {
        const entries = mapping(
          pointEntries,
          points.otherwise ?? "0",
          points.min ?? "0",
          points.max,
          key.caseSensitive === true,
        );
        return {
          declarations: [declare(name, "single", typeOf(key), key.accepted.slice(0, 1), entries)],
          rules: [addMapped(max)],
        };
      }
      return {
        declarations: [declare(name, "single", typeOf(key), key.accepted.slice(0, 1))],
        rules: [whenTrue(isAcceptedText(name, key), addTo(number(weight)))],
      };
    }
    case "inline-choice": {
      const gaps = Object.entries(key.correct).map(([gap, option]) => ({
        gap,
        right: [identifierOf(option)],
        type: "identifier",
      }));
      return writeGaps(
        gaps,
        part,
        points,
        (gap) => isRight(responseName(part, gap)),
        key.allOrNothing === true,
        addTo,
        weight,
        true,
      );
    }
    case "cloze": {
      const gaps = Object.entries(key.gaps).map(([gap, rule]) => ({
        gap,
        right: rule.accepted.slice(0, 1),
        type: typeOf(rule),
      }));
      const accepted = (gap: string): Xml => isAcceptedText(responseName(part, gap), key.gaps[gap] ?? { accepted: [] });
      const caseSensitive = Object.values(key.gaps).some((rule) => rule.caseSensitive === true);
      return writeGaps(gaps, part, points, accepted, key.allOrNothing === true, addTo, weight, caseSensitive);
    }
  }
}

interface TextRule {
  readonly accepted: readonly string[];
  readonly caseSensitive?: boolean | undefined;
  readonly numeric?: boolean | undefined;
}

const typeOf = ({ numeric }: TextRule): string => (numeric ? "float" : "string");

function isAcceptedText(name: string, rule: TextRule): Xml {
  const tests = rule.accepted.map((text) =>
    rule.numeric
      ? tag("qti-equal", { "tolerance-mode": "exact" }, variable(name), baseValue("float", text))
      : tag(
          "qti-string-match",
          { "case-sensitive": rule.caseSensitive ? "true" : "false" },
          variable(name),
          baseValue("string", text),
        ),
  );
  const [only] = tests;
  return only !== undefined && tests.length === 1 ? only : tag("qti-or", {}, ...tests);
}

/** Interactions with a response variable for each gap. */
function writeGaps(
  gaps: readonly { readonly gap: string; readonly right: readonly string[]; readonly type: string }[],
  part: string | null,
  points: PartKey["points"],
  isGapRight: (gap: string) => Xml,
  allOrNothing: boolean,
  addTo: (value: Xml) => Xml,
  weight: Rational,
  caseSensitive: boolean,
): WrittenPart {
  const declarations = gaps.map(({ gap, right, type }) => {
    const nameOf = (answer: string): string => (type === "identifier" ? identifierOf(answer) : answer);
    const entries = Object.entries(points?.values ?? {}).flatMap(([place, value]) =>
      place.startsWith(`${gap}:`) ? [{ key: nameOf(place.slice(gap.length + 1)), value }] : [],
    );
    const own = points ? mapping(entries, points.otherwise ?? "0", undefined, undefined, caseSensitive) : undefined;
    return declare(responseName(part, gap), "single", type, right, own);
  });
  if (points) {
    const max = parseDecimal(points.max) ?? rational(1);
    const rules = gaps.map(({ gap }) => {
      const name = responseName(part, gap);
      const worth = times(divide(weight, max), tag("qti-map-response", { identifier: name }));
      return whenTrue(tag("qti-not", {}, tag("qti-is-null", {}, variable(name))), addTo(worth));
    });
    return { declarations, rules };
  }
  if (allOrNothing) {
    return {
      declarations,
      rules: [whenTrue(tag("qti-and", {}, ...gaps.map(({ gap }) => isGapRight(gap))), addTo(number(weight)))],
    };
  }
  const each = divide(weight, rational(gaps.length));
  return { declarations, rules: gaps.map(({ gap }) => whenTrue(isGapRight(gap), addTo(number(each)))) };
}

function declare(
  identifier: string,
  cardinality: string,
  baseType: string,
  correct: readonly string[],
  own?: Xml,
): Xml {
  return tag(
    "qti-response-declaration",
    { identifier, cardinality, "base-type": baseType },
    tag("qti-correct-response", {}, ...correct.map((value) => tag("qti-value", {}, value))),
    ...(own ? [own] : []),
  );
}

function mapping(
  entries: readonly MappingEntry[],
  otherwise: string,
  lower?: string,
  upper?: string,
  caseSensitive = true,
): Xml {
  return tag(
    "qti-mapping",
    { "default-value": otherwise, "lower-bound": lower, "upper-bound": upper },
    ...entries.map(({ key, value }) =>
      tag("qti-map-entry", {
        "map-key": key,
        "mapped-value": value,
        "case-sensitive": caseSensitive ? undefined : "false",
      }),
    ),
  );
}
