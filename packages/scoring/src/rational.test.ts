import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  addFraction,
  addWeighted,
  compare,
  createSum,
  divide,
  formatHalfUp,
  formatQuotient,
  formatScaled,
  fromNumber,
  mean,
  multiply,
  ONE,
  parseDecimal,
  percentOf,
  quotientText,
  rational,
  roundedSum,
  roundHalfUp,
  subtract,
  sumOf,
  toFraction,
  ZERO,
} from "./rational.ts";

const fraction = fc
  .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 20n))
  .map(([num, den]) => rational(num, den));
const credit = fc
  .integer({ min: 1, max: 5000 })
  .chain((den) => fc.tuple(fc.integer({ min: 0, max: den }), fc.constant(den)));

describe("rational", () => {
  it("reduces and keeps the sign above", () => {
    expect(rational(6, -4)).toEqual({ num: -3n, den: 2n });
    expect(rational(-6n, -4n)).toEqual({ num: 3n, den: 2n });
    expect(rational(0, 7)).toEqual(ZERO);
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => rational(0.5)).toThrow(RangeError);
    expect(() => rational(1n, 0n)).toThrow(RangeError);
    expect(() => divide(ONE, ZERO)).toThrow(RangeError);
  });

  it("computes as a field does", () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
        if (b.num !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(mean([a, a, a])).toEqual(a);
      }),
    );
  });

  it("formats half up, once, small and large alike", () => {
    expect(formatHalfUp(rational(66_875, 1000), 2)).toBe("66.88");
    expect(formatHalfUp(rational(1, 200), 2)).toBe("0.01");
    expect(formatHalfUp(rational(-1, 200), 2)).toBe("0.00");
    expect(formatHalfUp(rational(-3, 200), 2)).toBe("-0.01");
    expect(formatHalfUp(rational(5, 2), 0)).toBe("3");
    expect(formatScaled(5, 2)).toBe("0.05");
    expect(formatScaled(100_000, 2)).toBe("1000.00");
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.bigInt(1n, 10n ** 13n),
        fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const),
        (num, den, decimals) => {
          const scale = 10n ** BigInt(decimals);
          const expected = (2n * num * scale + den) / (2n * den);
          const text = formatHalfUp(rational(num, den), decimals);
          expect(BigInt(text.replace(".", ""))).toBe(expected);
          expect((text.split(".")[1] ?? "").length).toBe(decimals);
        },
      ),
    );
  });

  it("writes small quotients as the exact functions do", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 36), fc.integer({ min: 1, max: 2 ** 36 }), (num, den) => {
        expect(quotientText(num, den)).toBe(toFraction(rational(num, den)));
        expect(formatQuotient(num, den, 3)).toBe(formatHalfUp(rational(num, den), 3));
      }),
    );
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(
        fc.nat(10 ** 9),
        fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
        (count, decimals) => {
          const text = formatScaled(count, decimals);
          const value = parseDecimal(text);
          expect(value).toEqual(rational(count, 10 ** decimals));
          expect(value === undefined ? "" : formatHalfUp(value, decimals)).toBe(text);
        },
      ),
    );
  });

  it("takes a number as the decimal it prints as", () => {
    expect(fromNumber(0.1)).toEqual(rational(1, 10));
    expect(fromNumber(-0)).toEqual(ZERO);
    expect(fromNumber(1e-7)).toEqual(rational(1, 10_000_000));
    expect(fromNumber(1e21)).toEqual(rational(10n ** 21n));
    expect(fromNumber(Number.NaN)).toBeUndefined();
    expect(fromNumber(Number.POSITIVE_INFINITY)).toBeUndefined();
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        expect(fromNumber(value)).toEqual(parseDecimal(String(value === 0 ? 0 : value)));
      }),
    );
  });

  it("refuses text that is no JSON number", () => {
    for (const text of ["", "1.", ".5", "+1", "01", "1e", "0x1", " 1", "1 ", "NaN", "1e9999", "1".repeat(401)]) {
      expect(parseDecimal(text)).toBeUndefined();
    }
    expect(parseDecimal("-12.50e1")).toEqual(rational(-125));
  });

  it("rounds to any number of parts", () => {
    expect(roundHalfUp(rational(53, 8), 2)).toBe(13n);
    expect(roundHalfUp(rational(27, 4), 2)).toBe(14n);
    expect(roundHalfUp(rational(-5, 2))).toBe(-2n);
  });

  it("sums over a common denominator as exactly as one by one, spill included", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 250 }), credit), { maxLength: 12 }), (parts) => {
        const fractions = createSum();
        const weighted = createSum();
        let exact = ZERO;
        for (const [weight, [num, den]] of parts) {
          addFraction(fractions, weight * num, den);
          addWeighted(weighted, weight, rational(num, den));
          exact = add(exact, rational(weight * num, den));
        }
        expect(sumOf(fractions)).toEqual(exact);
        expect(sumOf(weighted)).toEqual(exact);
        expect(roundedSum(fractions)).toBe(Number(roundHalfUp(exact)));
        expect(percentOf(fractions, 3000)).toBe(formatHalfUp(divide(exact, rational(30)), 2));
      }),
    );
  });
});
