/**
 * Exact fractions. Binary floats cannot hold 11.25 × 0.1, and a band boundary decides a certificate, so nothing here is ever
 * rounded but in `formatHalfUp` and `roundHalfUp`. Small values take a path over safe integers: it is the same arithmetic,
 * only faster than bigint.
 */
export interface Rational {
  /** In lowest terms; carries the sign. */
  readonly num: bigint;
  /** Always above zero. */
  readonly den: bigint;
}

export const ZERO: Rational = Object.freeze({ num: 0n, den: 1n });
export const ONE: Rational = Object.freeze({ num: 1n, den: 1n });

/** Below this bound the products made here (times 2 × 10^4) stay under 2^53. */
const SMALL = 2 ** 37;
const SMALL_BIG = BigInt(SMALL);

/** Longest decimal accepted: beyond this a "number" is an attack on the machine, not a score. */
const LONGEST_DECIMAL = 400;

/** Greatest common divisor of two safe integers ≥ 0. */
export function greatestCommonDivisor(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

function bigGreatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

function reduced(num: bigint, den: bigint): Rational {
  if (den === 1n) return { num, den };
  const divisor = bigGreatestCommonDivisor(num, den);
  return divisor === 1n ? { num, den } : { num: num / divisor, den: den / divisor };
}

/**
 * The fraction `num / den` in lowest terms. Both are integers (a number must be a safe one), `den` is not zero.
 * Throws RangeError otherwise: that is a fault of the calling code, never of an input.
 */
export function rational(num: number | bigint, den: number | bigint = 1): Rational {
  if (typeof num === "number" && typeof den === "number") {
    if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den === 0) {
      throw new RangeError(`not a fraction of integers: ${num}/${den}`);
    }
    const sign = den < 0 ? -1 : 1;
    const divisor = greatestCommonDivisor(Math.abs(num), Math.abs(den));
    return { num: BigInt((sign * num) / divisor), den: BigInt((sign * den) / divisor) };
  }
  const bigNum = BigInt(num);
  const bigDen = BigInt(den);
  if (bigDen === 0n) throw new RangeError("a fraction cannot have the denominator 0");
  return bigDen < 0n ? reduced(-bigNum, -bigDen) : reduced(bigNum, bigDen);
}

export function add(a: Rational, b: Rational): Rational {
  if (a.den === b.den) return reduced(a.num + b.num, a.den);
  return reduced(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den });
}

export function multiply(a: Rational, b: Rational): Rational {
  if (a.num === 0n || b.num === 0n) return ZERO;
  if (a.den === 1n && a.num === 1n) return b;
  if (b.den === 1n && b.num === 1n) return a;
  return reduced(a.num * b.num, a.den * b.den);
}

/** `a / b`; RangeError when `b` is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den, a.den * b.num);
}

/** −1, 0 or 1. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Exact arithmetic mean; RangeError for an empty list. */
export function mean(values: readonly Rational[]): Rational {
  let sum = ZERO;
  for (const value of values) sum = add(sum, value);
  return divide(sum, rational(values.length));
}

/** The nearest multiple of `1 / parts`, ties up, as an integer count of those parts: `roundHalfUp(6.625, 2)` is 13n. */
export function roundHalfUp(value: Rational, parts: number | bigint = 1): bigint {
  const doubled = 2n * value.num * BigInt(parts) + value.den;
  const divisor = 2n * value.den;
  const quotient = doubled / divisor;
  return doubled < 0n && quotient * divisor !== doubled ? quotient - 1n : quotient;
}

/** `1/2`, `-7/3`, `4`. */
export function toFraction(value: Rational): string {
  return value.den === 1n ? String(value.num) : `${value.num}/${value.den}`;
}

/** Decimal text with exactly `decimals` places (0–4), rounded once, half up: 66.875 → "66.88". */
export function formatHalfUp(value: Rational, decimals: 0 | 1 | 2 | 3 | 4): string {
  if (value.num >= 0n && value.num < SMALL_BIG && value.den < SMALL_BIG) {
    return formatQuotient(Number(value.num), Number(value.den), decimals);
  }
  const scaled = roundHalfUp(value, SCALES[decimals]);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  const sign = scaled < 0n ? "-" : "";
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const SCALES = [1, 10, 100, 1000, 10_000] as const;

/** `num / den` as `formatHalfUp` writes it, for integers 0 ≤ num < 2^37 and 0 < den < 2^37: no bigint on the way. */
export function formatQuotient(num: number, den: number, decimals: 0 | 1 | 2 | 3 | 4): string {
  const doubled = 2 * num * SCALES[decimals] + den;
  return formatScaled((doubled - (doubled % (2 * den))) / (2 * den), decimals);
}

/** `num / den` as `toFraction` writes it, for the same small integers. */
export function quotientText(num: number, den: number): string {
  const divisor = greatestCommonDivisor(num, den);
  return divisor === den ? String(num / den) : `${num / divisor}/${den / divisor}`;
}

/** A count of 10^−decimals (a safe integer ≥ 0) as decimal text: `formatScaled(1300, 2)` is "13.00". */
export function formatScaled(count: number, decimals: 0 | 1 | 2 | 3 | 4): string {
  if (decimals !== 2 || count > 10_000) return writeScaled(count, decimals);
  let text = hundredthsText[count];
  if (text === undefined) {
    text = writeScaled(count, 2);
    hundredthsText[count] = text;
  }
  return text;
}

/** Raw scores, percents and bands are nearly all the text there is, and run from 0.00 to 100.00: each is written once. */
const hundredthsText: (string | undefined)[] = new Array<string | undefined>(10_001).fill(undefined);

function writeScaled(count: number, decimals: 0 | 1 | 2 | 3 | 4): string {
  const scale = SCALES[decimals];
  if (scale === 1) return String(count);
  const rest = count % scale;
  // The leading 1 keeps the zeros of the decimals and is cut off again.
  return `${(count - rest) / scale}.${String(scale + rest).slice(1)}`;
}

const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * The exact value of a decimal written as in JSON (`0.1`, `-3`, `5e-1`), undefined when the text is anything else or longer
 * than 400 digits. `parseDecimal("0.1")` is 1/10, not the nearest binary float.
 */
export function parseDecimal(text: string): Rational | undefined {
  if (text.length > LONGEST_DECIMAL) return undefined;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > LONGEST_DECIMAL) return undefined;
  const digits = BigInt(sign + whole + fraction);
  return exponent >= 0 ? { num: digits * 10n ** BigInt(exponent), den: 1n } : reduced(digits, 10n ** BigInt(-exponent));
}

/** The exact value of the shortest decimal that prints as this number (0.1 → 1/10); undefined for NaN and infinities. */
export function fromNumber(value: number): Rational | undefined {
  if (value === 0) return ZERO;
  if (value === 1) return ONE;
  if (Number.isSafeInteger(value)) return { num: BigInt(value), den: 1n };
  // Halves, quarters and two decimals are what people type; k / 1000 is read back exactly or the check fails.
  const thousandths = Math.round(value * 1000);
  if (thousandths / 1000 === value && Number.isSafeInteger(thousandths)) return rational(thousandths, 1000);
  return Number.isFinite(value) ? parseDecimal(String(value)) : undefined;
}

/** A running sum over one common denominator; `spill` takes what no longer fits safe integers. Change it only through the functions below. */
export interface ExactSum {
  num: number;
  den: number;
  spill: Rational;
}

/** Common denominators stay below this, so that sums of up to 10^5 units stay safe integers. */
const WIDEST_DENOMINATOR = 1_000_000_000;

export function createSum(): ExactSum {
  return { num: 0, den: 1, spill: ZERO };
}

/** Adds `num / den`; 0 ≤ num ≤ 10^5 × den, both safe integers. */
export function addFraction(sum: ExactSum, num: number, den: number): void {
  if (num === 0) return;
  if (sum.den === den) {
    sum.num += num;
  } else if (sum.den % den === 0) {
    sum.num += num * (sum.den / den);
  } else {
    const factor = den / greatestCommonDivisor(sum.den, den);
    const widened = sum.den * factor;
    if (widened > WIDEST_DENOMINATOR) {
      sum.spill = add(sum.spill, rational(num, den));
    } else {
      sum.num = sum.num * factor + num * (widened / den);
      sum.den = widened;
    }
  }
}

/** Adds `weight × value`, weight a safe integer up to 10^5 and value from 0 to 1. */
export function addWeighted(sum: ExactSum, weight: number, value: Rational): void {
  if (value === ZERO) return;
  if (value === ONE) {
    sum.num += weight * sum.den;
    return;
  }
  if (value.den <= 1_000_000n) addFraction(sum, weight * Number(value.num), Number(value.den));
  else sum.spill = add(sum.spill, multiply(rational(weight), value));
}

export function sumOf(sum: ExactSum): Rational {
  const small = rational(sum.num, sum.den);
  return sum.spill.num === 0n ? small : add(small, sum.spill);
}

/** The sum rounded to a whole number, half up. */
export function roundedSum(sum: ExactSum): number {
  if (sum.spill.num !== 0n) return Number(roundHalfUp(sumOf(sum)));
  const doubled = 2 * sum.num + sum.den;
  const divisor = 2 * sum.den;
  return (doubled - (doubled % divisor)) / divisor;
}

/** The sum as a percentage of `whole` (a safe integer up to 10^5, above zero) with two decimals, half up. */
export function percentOf(sum: ExactSum, whole: number): string {
  if (sum.spill.num === 0n && sum.den * whole < SMALL / 100) return formatQuotient(100 * sum.num, sum.den * whole, 2);
  return formatHalfUp(divide(multiply(sumOf(sum), rational(100)), rational(whole)), 2);
}
