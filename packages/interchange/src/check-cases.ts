import { creditFor } from "@bandwise/scoring/credit";
import { compare, fromNumber, multiply, toFraction } from "@bandwise/scoring/rational";
import type { Slot } from "./interactions.ts";
import { composeResponse } from "./our-response.ts";
import type { ItemReading } from "./read-item.ts";
import { makeValue, readScalar, Unsupported, type Value } from "./response-values.ts";

/** What became of one written-down case: a response and the outcome its author expects. */
export interface CaseResult {
  readonly name: string;
  readonly status: "passed" | "failed" | "not-comparable";
  /** Empty where passed. */
  readonly reason: string;
}

/** Compares our scoring with the cases of a `cases.json`: credit × the item's maximum must be the expected SCORE, exactly. */
export function checkCases(reading: ItemReading, file: unknown): CaseResult[] {
  const cases = field(file, "cases");
  if (!Array.isArray(cases)) return [{ name: "cases.json", status: "failed", reason: "holds no list of cases" }];
  return cases.map((entry: unknown, index): CaseResult => {
    const name = String(field(entry, "name") ?? `case ${index + 1}`);
    try {
      return { name, ...checkCase(reading, entry) };
    } catch (error) {
      if (error instanceof Unsupported) return { name, status: "not-comparable", reason: error.message };
      throw error;
    }
  });
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function checkCase({ body, scoring, findings }: ItemReading, entry: unknown): Omit<CaseResult, "name"> {
  const expect = field(entry, "expect");
  const outcomes = field(expect, "outcomes");
  const expected = field(outcomes, "SCORE") ?? field(expect, "score");
  const reasonNotTaken = findings.find(
    ({ level, message }) => level === "rejected" || message.startsWith("needs a key"),
  );
  if (expected === undefined) {
    const names = Object.keys(typeof outcomes === "object" && outcomes !== null ? outcomes : {});
    return notComparable(`expects no SCORE but ${names.join(", ") || "nothing"}`);
  }
  if (body === null || scoring === null) {
    return notComparable(reasonNotTaken ? `${reasonNotTaken.path}: ${reasonNotTaken.message}` : "is marked by people");
  }
  const slots = body.parts.flatMap(({ slots }) => slots);
  const values = slots.map((slot) => readResponse(slot, field(field(entry, "responses"), slot.declaration.identifier)));
  if (values.every((value) => value === null) && scoring.blank.num !== 0n) {
    return notComparable(`no answer earns ${toFraction(scoring.blank)} there; here it earns nothing`);
  }
  const response = composeResponse(body.parts, values);
  const earned = multiply(creditFor(scoring.key, response), scoring.max);
  const wanted = typeof expected === "number" ? fromNumber(expected) : undefined;
  if (wanted !== undefined && compare(earned, wanted) === 0) return { status: "passed", reason: "" };
  return {
    status: "failed",
    reason: `expected SCORE ${JSON.stringify(expected)}, scored ${toFraction(earned)} for ${JSON.stringify(response)}`,
  };
}

function notComparable(reason: string): Omit<CaseResult, "name"> {
  return { status: "not-comparable", reason };
}

function readResponse(slot: Slot, given: unknown): Value {
  if (given === null || given === undefined) return null;
  const { cardinality, baseType, path, identifier } = slot.declaration;
  const texts = (Array.isArray(given) ? given : [given]).map(String);
  if (slot.kind !== "text" && new Set(texts).size !== texts.length) {
    throw new Unsupported(path, `${identifier} names something twice, which this interaction cannot send`);
  }
  // A typed answer stays as it was typed: reading it is our scoring's task.
  if (slot.kind === "text") return makeValue("single", texts);
  return makeValue(
    cardinality,
    texts.map((text) => readScalar(text, baseType, path)),
  );
}
