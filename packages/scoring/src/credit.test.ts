import fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixture from "../fixtures/credit.json" with { type: "json" };
import { creditFor, creditToString, parseCredit, readCredit } from "./credit.ts";
import { compare, ONE, rational, ZERO } from "./rational.ts";
import type { ResponseKey } from "./response-key.ts";
import { foldText } from "./typed-answer.ts";

const vectors = fixture.vectors as { key: ResponseKey; response: unknown; credit: string }[];
const keys = vectors.map(({ key }) => key);
const elements = ["a", "b", "c", "d", "e", "f"];

describe("creditFor", () => {
  it.each(vectors)("$key.type $response → $credit", ({ key, response, credit }) => {
    expect(creditToString(creditFor(key, response))).toBe(credit);
  });

  it("gives 0 to 1 for whatever arrives and never throws", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.anything({ withBigInt: true, withDate: true, withMap: true }),
        (key, response) => {
          const credit = creditFor(key, response);
          expect(compare(credit, ZERO)).not.toBe(-1);
          expect(compare(credit, ONE)).not.toBe(1);
        },
      ),
    );
    for (const key of keys) expect(creditFor(key, undefined)).toEqual(ZERO);
  });

  it("does not take what an object inherits for an answer", () => {
    const key: ResponseKey = { type: "matching", correct: { constructor: "a", p2: "b" } };
    expect(creditFor(key, {})).toBe(ZERO);
    expect(creditToString(creditFor(key, { p2: "b" }))).toBe("1/2");
  });

  it("never pays a wrong extra choice, nor a wrong pair", () => {
    fc.assert(
      fc.property(fc.subarray(elements), fc.constantFrom(...elements), (chosen, extra) => {
        const key: ResponseKey = { type: "multiple-response", correct: ["a", "c", "e"] };
        const before = creditFor(key, chosen);
        const after = creditFor(key, [...chosen, extra]);
        const isRight = ["a", "c", "e"].includes(extra);
        expect(compare(after, before)).not.toBe(isRight ? -1 : 1);
      }),
    );
  });

  it("ignores the order of choices and pairs", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(elements), (chosen) => {
        const key: ResponseKey = { type: "multiple-response", correct: ["a", "c", "e"] };
        expect(creditFor(key, chosen)).toEqual(creditFor(key, [...chosen].sort()));
        const pairs: ResponseKey = { type: "gap-fill", correct: { a: "a", b: "b", c: "x" } };
        const entries = chosen.map((name) => [name, name] as const);
        expect(creditFor(pairs, Object.fromEntries(entries))).toEqual(
          creditFor(pairs, Object.fromEntries(entries.reverse())),
        );
      }),
    );
  });

  it("finds the longest run in right relative order, as trying every subset does", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(elements), (response) => {
        let longest = 0;
        for (let subset = 0; subset < 2 ** response.length; subset += 1) {
          const run = response.filter((_, place) => (subset >> place) % 2 === 1);
          if (run.join() === [...run].sort().join()) longest = Math.max(longest, run.length);
        }
        const expected = rational(Math.max(0, longest - 1), elements.length - 1);
        expect(creditFor({ type: "ordering", correct: elements }, response)).toEqual(expected);
      }),
    );
  });

  it("pays all or nothing where an item says so", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(elements), (response) => {
        const key = { type: "ordering", correct: elements } as const;
        const full = compare(creditFor(key, response), ONE) === 0;
        expect(creditFor({ ...key, allOrNothing: true }, response)).toEqual(full ? ONE : ZERO);
      }),
    );
  });

  const points = (values: Record<string, string>, otherwise: string, min: string, max: string): ResponseKey => ({
    type: "multiple-response",
    correct: ["a"],
    points: { values, otherwise, min, max },
  });
  const hundredths = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((value) => (value / 100).toFixed(2));
  const mapping = fc.record({
    values: fc.dictionary(fc.constantFrom(...elements), hundredths(-300, 300)),
    otherwise: hundredths(-100, 100),
    min: hundredths(0, 100),
    max: hundredths(100, 500),
  });

  it("gives nothing for one element put in every place", () => {
    const values = { "1:a": "2", "2:a": "1", "3:a": "1", "2:b": "2", "3:c": "2" };
    const key: ResponseKey = { type: "ordering", correct: ["a", "b", "c"], points: { values, max: "6" } };
    expect(creditFor(key, ["a", "a", "a"])).toBe(ZERO);
    expect(creditFor(key, ["b", "a", "c"])).toEqual(rational(1, 2));
  });

  it("holds mapped points between the least and the most, whatever the order", () => {
    fc.assert(
      fc.property(
        mapping,
        fc.shuffledSubarray(elements, { minLength: 1 }),
        ({ values, otherwise, min, max }, chosen) => {
          const credit = creditFor(points(values, otherwise, min, max), chosen);
          const cents = (text: string): number => Math.round(Number(text) * 100);
          const sum = chosen.reduce((total, name) => total + cents(values[name] ?? otherwise), 0);
          const held = Math.min(Math.max(sum, cents(min)), cents(max));
          expect(credit).toEqual(rational(held, cents(max)));
          expect(creditFor(points(values, otherwise, min, max), [...chosen, ...chosen].reverse())).toEqual(credit);
        },
      ),
    );
  });

  it("takes the mean of the parts, weighted, whatever the order of parts and answers", () => {
    const part: ResponseKey = { type: "multiple-response", correct: ["a", "b", "c"] };
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            id: fc.constantFrom(...elements),
            weight: fc.integer({ min: 1, max: 9 }),
            chosen: fc.subarray(["a", "b", "c", "d"]),
          }),
          { selector: ({ id }) => id, minLength: 1 },
        ),
        (parts) => {
          const keyOf = (list: typeof parts): ResponseKey => ({
            type: "composite",
            parts: Object.fromEntries(list.map(({ id }) => [id, part])),
            weights: Object.fromEntries(list.map(({ id, weight }) => [id, weight])),
          });
          const answer = (list: typeof parts) => Object.fromEntries(list.map(({ id, chosen }) => [id, chosen]));
          const turned = [...parts].reverse();
          const credit = creditFor(keyOf(parts), answer(parts));
          expect(creditFor(keyOf(turned), answer(turned))).toEqual(credit);
          const thirds = parts.map(({ weight, chosen }) => {
            const right = chosen.filter((id) => id !== "d").length;
            return weight * Math.max(0, right - (chosen.length - right));
          });
          const all = parts.reduce((sum, { weight }) => sum + weight, 0);
          expect(credit).toEqual(
            rational(
              thirds.reduce((a, b) => a + b, 0),
              3 * all,
            ),
          );
        },
      ),
    );
  });

  it("forgives exactly one slipped letter in a word", () => {
    const word = fc.stringMatching(/^[a-z]{3,10}$/);
    const key = (accepted: string, spellingTolerance: 0 | 1): ResponseKey => ({
      type: "text-entry",
      accepted: [accepted],
      spellingTolerance,
    });
    fc.assert(
      fc.property(word, fc.nat(9), fc.constantFrom("q", "é", "ж"), (text, place, letter) => {
        const at = place % text.length;
        const slips = [
          text.slice(0, at) + letter + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + letter + text.slice(at + 1),
        ];
        for (const slip of slips) {
          expect(creditFor(key(text, 1), slip)).toBe(ONE);
          expect(creditFor(key(text, 0), slip)).toBe(slip === text ? ONE : ZERO);
        }
        expect(creditFor(key(text, 1), `${letter}${text}${letter}`)).toBe(ZERO);
      }),
    );
  });

  it("folds a folded text to itself", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 ,.'!?-]{0,30}$/), (text) => {
        const folded = foldText(text);
        expect(foldText(` ${folded.toUpperCase()} `)).toBe(folded);
      }),
    );
  });
});

describe("stored credits", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 30n), fc.bigInt(1n, 10n ** 30n), (a, b) => {
        const credit = a <= b ? rational(a, b) : rational(b, a);
        expect(parseCredit(creditToString(credit))).toEqual(credit);
      }),
    );
    expect(parseCredit("0.5")).toEqual(rational(1, 2));
    expect(readCredit({ num: 2n, den: 4n }, "x")).toEqual(rational(1, 2));
  });

  it.each(["", "2", "3/2", "-1/2", "1/0", "0/0", "1/-2", "half", "1 / 2", "1/2/3", "1.1"])("refuses %j", (text) => {
    expect(() => parseCredit(text)).toThrow("credit: must be a number from 0 to 1");
  });
});
