import { add, compare, divide, multiply, type Rational, rational, subtract } from "@bandwise/scoring/rational";
import { limits } from "./limits.ts";
import {
  type Declaration,
  findNumber,
  isNumeric,
  isRational,
  type Mapping,
  makeValue,
  readScalar,
  type Scalar,
  sameScalar,
  sameValue,
  Unsupported,
  type Value,
  valueText,
} from "./response-values.ts";
import { childNamed, elementsOf, type XmlElement } from "./xml.ts";

/**
 * Carries out response processing exactly as written, in exact numbers: the yardstick our own scoring of an imported item
 * is measured against. Operators it does not know are an Unsupported with their path, never a guess.
 */

export interface Scope {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Responses, outcomes and template variables by identifier; an outcome that could not be computed holds the reason. */
  readonly values: Map<string, Value | Unsupported>;
  /** Which outcome must be computable; a failure elsewhere matters only where this one reads it. */
  readonly wanted: string;
  readonly budget: { steps: number };
}

export function createBudget(): { steps: number } {
  return { steps: limits.proofSteps };
}

type Ending = "exit" | "go-on";

/** @throws Unsupported */
export function runRules(rules: readonly XmlElement[], scope: Scope): Ending {
  for (const rule of rules) {
    if (runRule(rule, scope) === "exit") return "exit";
  }
  return "go-on";
}

function runRule(rule: XmlElement, scope: Scope): Ending {
  spend(rule, scope);
  switch (rule.name) {
    case "responseCondition":
    case "outcomeCondition":
      return runRules(chosenBranch(rule, scope), scope);
    case "setOutcomeValue":
    case "setTemplateValue":
    case "setResponseValue":
      assign(rule, scope, () => evaluate(only(rule), scope));
      return "go-on";
    case "setDefaultValue":
      assign(rule, scope, () => {
        const [expression] = elementsOf(rule);
        return expression ? evaluate(expression, scope) : declared(rule, scope).defaultValue;
      });
      return "go-on";
    case "lookupOutcomeValue":
      assign(rule, scope, () => {
        throw new Unsupported(rule.path, "lookupOutcomeValue");
      });
      return "go-on";
    case "responseProcessingFragment":
    case "outcomeProcessingFragment":
      return runRules(elementsOf(rule), scope);
    case "exitResponse":
    case "exitTest":
    case "exitTemplate":
      return "exit";
    default:
      throw new Unsupported(rule.path, rule.name);
  }
}

/** The rules of the first branch whose test holds; none where no branch is taken. */
export function chosenBranch(condition: XmlElement, scope: Scope): readonly XmlElement[] {
  for (const branch of elementsOf(condition)) {
    if (branch.name.endsWith("Else")) return elementsOf(branch);
    const [test, ...rules] = elementsOf(branch);
    if (test !== undefined && isTrue(evaluate(test, scope))) return rules;
  }
  return [];
}

function assign(rule: XmlElement, scope: Scope, compute: () => Value): void {
  const { identifier = "" } = rule.attributes;
  declared(rule, scope);
  try {
    scope.values.set(identifier, compute());
  } catch (error) {
    if (!(error instanceof Unsupported) || identifier === scope.wanted) throw error;
    scope.values.set(identifier, error);
  }
}

function spend(element: XmlElement, scope: Scope): void {
  scope.budget.steps -= 1;
  if (scope.budget.steps < 0) throw new Unsupported(element.path, "is too long to be compared with our scoring");
}

function declared(element: XmlElement, scope: Scope): Declaration {
  const { identifier = "" } = element.attributes;
  const declaration = scope.declarations.get(identifier);
  if (declaration === undefined)
    throw new Unsupported(element.path, `names ${identifier || "nothing"}, which is not declared`);
  return declaration;
}

function current(element: XmlElement, scope: Scope): Value {
  const { identifier } = declared(element, scope);
  const value = scope.values.get(identifier) ?? null;
  if (value instanceof Unsupported) throw value;
  return value;
}

function only(element: XmlElement): XmlElement {
  const [first] = elementsOf(element);
  if (first === undefined) throw new Unsupported(element.path, `${element.name} says nothing`);
  return first;
}

const single = (item: Scalar): Value => ({ cardinality: "single", items: [item] });

/** Conditions take NULL for false; a number stands for true where it is not 0. */
function isTrue(value: Value): boolean {
  const [item] = value?.items ?? [];
  return isRational(item) ? item.num !== 0n : item === true;
}

export function evaluate(element: XmlElement, scope: Scope): Value {
  spend(element, scope);
  const operands = (): Value[] => elementsOf(element).map((operand) => evaluate(operand, scope));
  switch (element.name) {
    case "variable":
      return current(element, scope);
    case "correct":
      return declared(element, scope).correct;
    case "default":
      return declared(element, scope).defaultValue;
    case "baseValue":
      return makeValue("single", [readScalar(valueText(element), element.attributes.baseType ?? "", element.path)]);
    case "null":
      return null;
    case "isNull":
      return single(operands()[0] === null);
    case "isNotNull":
      return single(operands()[0] !== null);
    case "not":
      return unlessNull(operands()[0], (value) => !isTrue(value));
    case "and":
      return connect(operands(), false);
    case "or":
      return connect(operands(), true);
    case "anyN":
      return anyN(element, operands());
    case "match":
      return compareTwo(operands(), sameValue);
    case "equal":
      return compareTwo(operands(), (a, b) => equal(element, a, b));
    case "notEqual":
      return compareTwo(operands(), (a, b) => !equal(element, a, b));
    case "lt":
      return order(element, operands(), (difference) => difference < 0);
    case "lte":
      return order(element, operands(), (difference) => difference <= 0);
    case "gt":
      return order(element, operands(), (difference) => difference > 0);
    case "gte":
      return order(element, operands(), (difference) => difference >= 0);
    case "member":
      return compareTwo(operands(), (item, container) =>
        container.items.some((other) => sameScalar(item.items[0], other)),
      );
    case "contains":
      return compareTwo(operands(), (container, part) =>
        part.items.every((item) => container.items.some((other) => sameScalar(item, other))),
      );
    case "containerSize":
      return single(rational(operands()[0]?.items.length ?? 0));
    case "multiple":
    case "ordered":
      return makeValue(
        element.name,
        operands().flatMap((value) => value?.items ?? []),
      );
    case "stringMatch":
      return compareTwo(operands(), (a, b) => stringMatch(element, String(a.items[0]), String(b.items[0])));
    case "patternMatch":
      return unlessNull(operands()[0], (value) => patternMatch(element, String(value.items[0])));
    case "mapResponse":
      return mapValue(current(element, scope), mappingOf(element, scope));
    case "mapOutcome":
      return mapValue(current(element, scope), mappingOf(element, scope));
    case "sum":
      return fold(element, operands(), add);
    case "product":
      return fold(element, operands(), multiply);
    case "subtract":
      return fold(element, operands(), subtract);
    case "max":
      return fold(element, operands(), (a, b) => (compare(a, b) >= 0 ? a : b));
    case "min":
      return fold(element, operands(), (a, b) => (compare(a, b) <= 0 ? a : b));
    case "divide": {
      const values = operands();
      const [, by] = numbers(element, values) ?? [];
      return by?.num === 0n ? null : fold(element, values, divide);
    }
    case "round":
      return unlessNull(operands()[0], (value) => floor(add(numberOf(element, value), rational(1, 2))));
    case "truncate":
      return unlessNull(operands()[0], (value) =>
        rational(numberOf(element, value).num / numberOf(element, value).den),
      );
    case "integerToFloat":
      return operands()[0] ?? null;
    case "randomInteger":
    case "randomFloat":
    case "random":
      throw new Unsupported(element.path, `${element.name} makes the score a matter of chance`);
    default:
      throw new Unsupported(element.path, element.name);
  }
}

function floor({ num, den }: Rational): Rational {
  const quotient = num / den;
  return rational(num < 0n && quotient * den !== num ? quotient - 1n : quotient);
}

function unlessNull(value: Value | undefined, compute: (value: NonNullable<Value>) => Scalar): Value {
  return value === null || value === undefined ? null : single(compute(value));
}

function compareTwo([a, b]: readonly Value[], holds: (a: NonNullable<Value>, b: NonNullable<Value>) => boolean): Value {
  return a === null || a === undefined || b === null || b === undefined ? null : single(holds(a, b));
}

/** Three-valued: one deciding operand decides, else NULL where any is NULL. */
function connect(values: readonly Value[], deciding: boolean): Value {
  if (values.some((value) => value !== null && isTrue(value) === deciding)) return single(deciding);
  return values.includes(null) ? null : single(!deciding);
}

function anyN(element: XmlElement, values: readonly Value[]): Value {
  const bound = (name: string): number => Number(element.attributes[name]);
  const [least, most] = [bound("min"), bound("max")];
  if (!Number.isInteger(least) || !Number.isInteger(most))
    throw new Unsupported(element.path, "anyN without whole bounds");
  const sure = values.filter((value) => value !== null && isTrue(value)).length;
  const unknown = values.filter((value) => value === null).length;
  if (sure > most || sure + unknown < least) return single(false);
  return sure >= least && sure + unknown <= most ? single(true) : null;
}

function numberOf(element: XmlElement, value: NonNullable<Value>): Rational {
  const [item] = value.items;
  if (!isRational(item)) throw new Unsupported(element.path, `${element.name} of something that is no number`);
  return item;
}

function numbers(element: XmlElement, values: readonly Value[]): Rational[] | null {
  if (values.length === 0) throw new Unsupported(element.path, `${element.name} of nothing`);
  if (values.includes(null)) return null;
  return values.flatMap((value) =>
    (value?.items ?? []).map((item) => numberOf(element, { cardinality: "single", items: [item] })),
  );
}

function fold(element: XmlElement, values: readonly Value[], combine: (a: Rational, b: Rational) => Rational): Value {
  const all = numbers(element, values);
  return all === null || all.length === 0 ? null : single(all.reduce(combine));
}

function order(element: XmlElement, values: readonly Value[], holds: (difference: number) => boolean): Value {
  return compareTwo(values, (a, b) => holds(compare(numberOf(element, a), numberOf(element, b))));
}

/** Numbers by value, with the tolerance the element states; anything else as `match` does. */
function equal(element: XmlElement, a: NonNullable<Value>, b: NonNullable<Value>): boolean {
  const {
    toleranceMode = "exact",
    tolerance = "0",
    includeLowerBound = "true",
    includeUpperBound = "true",
  } = element.attributes;
  if (toleranceMode === "exact") return sameValue(a, b);
  const [lower, upper = lower] = tolerance
    .trim()
    .split(/\s+/)
    .map((text) => findNumber(text));
  if (lower === undefined || upper === undefined) throw new Unsupported(element.path, "a tolerance that is no number");
  const base = numberOf(element, a);
  const scale = toleranceMode === "relative" ? divide(base, rational(100)) : rational(1);
  const least = compare(numberOf(element, b), subtract(base, multiply(scale, lower)));
  const most = compare(numberOf(element, b), add(base, multiply(scale, upper)));
  return (
    (includeLowerBound === "false" ? least > 0 : least >= 0) && (includeUpperBound === "false" ? most < 0 : most <= 0)
  );
}

function stringMatch(element: XmlElement, a: string, b: string): boolean {
  const fold = (text: string): string => (element.attributes.caseSensitive === "false" ? text.toLowerCase() : text);
  return element.attributes.substring === "true" ? fold(a).includes(fold(b)) : fold(a) === fold(b);
}

/** The literal a patternMatch looks for. A real pattern has no counterpart in our scoring, so it is not carried out either. */
export function literalPattern(element: XmlElement): string {
  const base = childNamed(element, "baseValue");
  const pattern = element.attributes.pattern ?? (base ? valueText(base) : "");
  if (pattern === "" || /[\\^$.|?*+()[\]{}]/.test(pattern))
    throw new Unsupported(element.path, "patternMatch with a pattern");
  return pattern;
}

function patternMatch(element: XmlElement, text: string): boolean {
  const literal = literalPattern(element);
  return element.attributes.caseSensitive === "false" ? text.toLowerCase() === literal.toLowerCase() : text === literal;
}

function mappingOf(element: XmlElement, scope: Scope): { mapping: Mapping; declaration: Declaration } {
  const declaration = declared(element, scope);
  if (declaration.mapping === null) throw new Unsupported(element.path, `${declaration.identifier} has no mapping`);
  return { mapping: declaration.mapping, declaration };
}

/** The sum of what the items map to, each item once, within the bounds; NULL maps to 0 within the bounds. */
function mapValue(value: Value, { mapping, declaration }: { mapping: Mapping; declaration: Declaration }): Value {
  const once: Scalar[] = [];
  for (const item of value?.items ?? []) if (!once.some((other) => sameScalar(item, other))) once.push(item);
  let total = once.map((item) => mappedValue(item, mapping, declaration)).reduce(add, rational(0));
  if (mapping.lower !== null && compare(total, mapping.lower) < 0) total = mapping.lower;
  if (mapping.upper !== null && compare(total, mapping.upper) > 0) total = mapping.upper;
  return single(total);
}

function mappedValue(item: Scalar, mapping: Mapping, { baseType }: Declaration): Rational {
  const entry = mapping.entries.find(({ key, caseSensitive }) => {
    if (isNumeric(baseType)) return sameScalar(findNumber(key), item);
    if (baseType !== "string") return sameScalar(readScalar(key, baseType, ""), item);
    return caseSensitive ? key === item : key.toLowerCase() === String(item).toLowerCase();
  });
  return entry?.value ?? mapping.otherwise;
}

/** What an outcome holds before any rule: its default, or 0 where it is a number, or NULL. */
export function initialOutcome(declaration: Declaration): Value {
  if (declaration.defaultValue !== null) return declaration.defaultValue;
  return isNumeric(declaration.baseType) && declaration.cardinality === "single" ? single(rational(0)) : null;
}
