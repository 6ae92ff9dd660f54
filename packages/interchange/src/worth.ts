import { compare, multiply, type Rational, rational } from "@bandwise/scoring/rational";
import type { Domain } from "./domains.ts";
import type { Slot } from "./interactions.ts";
import type { Key } from "./item-model.ts";
import { decimalText } from "./our-response.ts";
import { sameValue, type Value } from "./response-values.ts";

/** What each response of a slot's domain is worth, in its order. */
export interface Worth {
  readonly slot: Slot;
  readonly domain: Domain;
  readonly scores: readonly Rational[];
}

/** A key that may fit a part, and what full credit under it is worth. */
export interface Proposal {
  readonly key: Key;
  readonly max: Rational;
}

export const zero = rational(0);
export const same = (a: Rational, b: Rational): boolean => compare(a, b) === 0;
export const highest = (scores: readonly Rational[]): Rational =>
  scores.reduce((a, b) => (compare(a, b) >= 0 ? a : b), zero);

export function worthOf({ domain, scores }: Worth, value: Value): Rational {
  return (
    scores[domain.values.findIndex((other) => sameValue(other, value) || (other === null && value === null))] ?? zero
  );
}

interface Points {
  readonly values: Record<string, string>;
  readonly otherwise: string;
  readonly min?: string;
  readonly max: string;
}

/** Mapped scoring. Only proportions count: thirds and the like become whole numbers of a greater whole. */
export function points(
  values: readonly (readonly [string, Rational])[],
  otherwise: Rational,
  bounds: { min?: Rational; max: Rational },
): Points {
  const all = [...values.map(([, value]) => value), otherwise, bounds.min ?? zero, bounds.max];
  const factor = all.some(({ num, den }) => decimalText(num, den) === null)
    ? rational([...new Set(all.map(({ den }) => den))].reduce((product, den) => product * den, 1n))
    : rational(1);
  const decimal = (value: Rational): string => {
    const { num, den } = multiply(value, factor);
    return decimalText(num, den) ?? "";
  };
  const told = values
    .filter(([, value]) => !same(value, otherwise))
    .map(([name, value]): [string, string] => [name, decimal(value)]);
  return {
    values: Object.fromEntries(told),
    otherwise: decimal(otherwise),
    ...(bounds.min === undefined || same(bounds.min, zero) ? {} : { min: decimal(bounds.min) }),
    max: decimal(bounds.max),
  };
}
