import { compare, type Rational, rational } from "@bandwise/scoring/rational";
import { childNamed, childrenNamed, rawText, textOf, type XmlElement } from "./xml.ts";

/** A rule or element that has no counterpart here: where it stands and what it is, for the report. */
export class Unsupported extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Identifiers, strings, pairs and the like are text; integers and floats are exact. */
export type Scalar = string | boolean | Rational;
export type Cardinality = "single" | "multiple" | "ordered";

/** A QTI value: NULL, or its items (exactly one where single). An empty container is NULL, as the specification has it. */
export type Value = { readonly cardinality: Cardinality; readonly items: readonly Scalar[] } | null;

export interface Mapping {
  readonly entries: readonly { readonly key: string; readonly value: Rational; readonly caseSensitive: boolean }[];
  readonly otherwise: Rational;
  readonly lower: Rational | null;
  readonly upper: Rational | null;
}

export interface Declaration {
  readonly identifier: string;
  readonly cardinality: Cardinality;
  readonly baseType: string;
  readonly defaultValue: Value;
  readonly correct: Value;
  readonly mapping: Mapping | null;
  readonly path: string;
}

export const isNumeric = (baseType: string): boolean => baseType === "integer" || baseType === "float";

/** A response, outcome or template declaration. @throws Unsupported for what cannot be read exactly */
export function readDeclaration(element: XmlElement): Declaration {
  const { identifier = "", cardinality = "single", baseType = "" } = element.attributes;
  if (identifier === "") throw new Unsupported(element.path, "has no identifier");
  if (cardinality !== "single" && cardinality !== "multiple" && cardinality !== "ordered") {
    throw new Unsupported(element.path, `cardinality ${cardinality}`);
  }
  const mapping = childNamed(element, "mapping");
  return {
    identifier,
    cardinality,
    baseType,
    defaultValue: readValues(childNamed(element, "defaultValue"), cardinality, baseType),
    correct: readValues(childNamed(element, "correctResponse"), cardinality, baseType),
    mapping: mapping ? readMapping(mapping) : null,
    path: element.path,
  };
}

function readValues(element: XmlElement | undefined, cardinality: Cardinality, baseType: string): Value {
  if (element === undefined) return null;
  const values = childrenNamed(element, "value").map((value) => readScalar(rawText(value), baseType, value.path));
  return makeValue(cardinality, values);
}

function readMapping(element: XmlElement): Mapping {
  const number = (from: XmlElement, name: string): Rational | null => {
    const text = from.attributes[name];
    return text === undefined ? null : readNumber(text, from.path);
  };
  return {
    entries: childrenNamed(element, "mapEntry").map((entry) => ({
      key: entry.attributes.mapKey ?? "",
      value: number(entry, "mappedValue") ?? rational(0),
      caseSensitive: (entry.attributes.caseSensitive ?? element.attributes.caseSensitive ?? "true") !== "false",
    })),
    otherwise: number(element, "defaultValue") ?? rational(0),
    lower: number(element, "lowerBound"),
    upper: number(element, "upperBound"),
  };
}

export function makeValue(cardinality: Cardinality, items: readonly Scalar[]): Value {
  if (items.length === 0 || (cardinality === "single" && items[0] === "")) return null;
  return { cardinality, items: cardinality === "single" ? items.slice(0, 1) : items };
}

/** Text as a value of its base type. Pairs are unordered: `B A` is written `A B`. @throws Unsupported */
export function readScalar(text: string, baseType: string, path: string): Scalar {
  if (baseType === "string") return text;
  const trimmed = text.trim();
  if (isNumeric(baseType)) return readNumber(trimmed, path);
  if (baseType === "boolean") return trimmed === "true" || trimmed === "1";
  if (baseType === "pair") return trimmed.split(/\s+/).sort().join(" ");
  if (baseType === "directedPair") return trimmed.split(/\s+/).join(" ");
  if (baseType === "identifier" || baseType === "uri" || baseType === "") return trimmed;
  throw new Unsupported(path, `base type ${baseType}`);
}

const number = /^([+-]?)([0-9]{0,40})(?:\.([0-9]{0,40}))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/** A number as QTI writes it: `01`, `+1`, `.5`, `1e3`. Undefined where the text is none. */
export function findNumber(text: string): Rational | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = number.exec(text.trim()) ?? [];
  if (whole === "" && fraction === "") return undefined;
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}`);
  return power >= 0 ? rational(digits * 10n ** BigInt(power), 1n) : rational(digits, 10n ** BigInt(-power));
}

function readNumber(text: string, path: string): Rational {
  const found = findNumber(text);
  if (found === undefined) throw new Unsupported(path, `${JSON.stringify(text)} is no number`);
  return found;
}

export function isRational(value: Scalar | undefined): value is Rational {
  return typeof value === "object";
}

export function sameScalar(a: Scalar | undefined, b: Scalar | undefined): boolean {
  if (isRational(a) && isRational(b)) return compare(a, b) === 0;
  return a === b;
}

/** QTI's `match`: same items, in any order where the container has none. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === null || b === null || a.items.length !== b.items.length) return false;
  if (a.cardinality !== "multiple") return a.items.every((item, index) => sameScalar(item, b.items[index]));
  const left = [...b.items];
  return a.items.every((item) => {
    const found = left.findIndex((other) => sameScalar(item, other));
    if (found !== -1) left.splice(found, 1);
    return found !== -1;
  });
}

/** The text of an element that holds nothing but a value. */
export function valueText(element: XmlElement): string {
  return element.attributes.baseType === "string" ? rawText(element) : textOf(element);
}
