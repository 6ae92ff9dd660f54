import { describe, expect, it } from "vitest";
import {
  agreementOf,
  linearMapping,
  mappedAgreement,
  pearson,
  quadraticKappa,
  spearman,
  standardisedDifference,
} from "./agreement.ts";
import { type CalibrationRow, calibrate } from "./calibration.ts";
import { decideGate } from "./gate.ts";
import { predict } from "./model.ts";
import { writingModel } from "./models/writing.ts";
import { momentsOf, solveRidge, without } from "./ridge.ts";

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const scale = { lowest: 0, highest: 10, step: 0.5 };

/** Responses whose score is known to rest on two features and a little chance. */
function responses(count: number, candidates = count): CalibrationRow[] {
  const next = random(7);
  return Array.from({ length: count }, (_, at) => {
    const [mtld, spelling] = [40 + 60 * next(), 6 * next()];
    const score = Math.max(0, Math.min(10, Math.round((2 + mtld / 20 - spelling * 0.4 + 2 * next()) * 2) / 2));
    return {
      ...{ candidate: `c${at % candidates}`, prompt: `p${at % 6}` },
      features: { mtld, spelling, words: 200 + 100 * next(), hdd: null, "word:which": at % 3 },
      scores: { overall: score, grammar: at % 4 === 0 ? score : null },
    };
  });
}

describe("agreement", () => {
  it("follows the definitions", () => {
    expect(pearson([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1, 12);
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 × 5).
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(spearman([1, 2], [1, 2])).toBeNull();
  });

  it("kappa equals the one worked out from the table of counts", () => {
    const [a, b] = [
      [0, 0, 1, 1, 2, 2, 2],
      [0, 1, 1, 2, 2, 2, 0],
    ];
    let [seen, chance] = [0, 0];
    a.forEach((x, at) => {
      seen += (x - (b[at] ?? 0)) ** 2 / a.length;
      for (const y of b) chance += (x - y) ** 2 / a.length ** 2;
    });
    expect(quadraticKappa(a, b, { lowest: 0, highest: 2, step: 1 })).toBeCloseTo(1 - seen / chance, 12);
    expect(quadraticKappa([3, 3], [3, 3], scale)).toBeNull();
  });

  it("mapping gives mean and spread and leaves the ranks", () => {
    const [machine, human] = [
      [1, 2, 3, 4, 6],
      [2, 3, 3, 4, 5],
    ];
    const mapped = machine.map(linearMapping(machine, human));
    expect(standardisedDifference(mapped, human)).toBeCloseTo(0, 12);
    expect(spearman(mapped, human)).toBe(spearman(machine, human));
    // The least-squares line leaves √(1 − r²) of the spread.
    const r = pearson(machine, human) ?? 0;
    expect(mappedAgreement(machine, human, scale).rmse).toBeCloseTo(Math.sqrt((1 - r * r) * 1.04), 12);
  });
});

describe("ridge", () => {
  it("is least squares without a penalty and the mean with an endless one", () => {
    const x = [
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 2],
    ];
    const y = x.map(([a = 0, b = 0]) => 3 + 2 * a - b);
    const exact = solveRidge(momentsOf(x, y), [0, 0]);
    expect(exact.intercept).toBeCloseTo(3, 9);
    expect(exact.weights[0]).toBeCloseTo(2, 9);
    expect(exact.weights[1]).toBeCloseTo(-1, 9);
    expect(solveRidge(momentsOf(x, y), [1e12, 1e12]).intercept).toBeCloseTo(7.25, 6);
    const rest = without(momentsOf(x, y), momentsOf(x.slice(3), y.slice(3)));
    expect([...rest.xx]).toEqual([...momentsOf(x.slice(0, 3), y.slice(0, 3)).xx]);
  });
});

describe("calibrate", () => {
  it("finds what the scores rest on, and reports what it can on candidates and prompts it had not seen", () => {
    const rows = responses(400);
    const { model, report } = calibrate(writingModel, rows, ["overall"], scale, "2");
    expect(model).toMatchObject({ id: "writing-heuristic-calibrated", version: "2", basis: "calibrated-model" });
    const weights = model.criteria.overall?.weights ?? {};
    expect(weights.mtld).toBeGreaterThan(0.04);
    expect(weights.spelling).toBeLessThan(-0.02);
    expect(Math.abs(weights.words ?? 0)).toBeLessThan(0.01);
    expect(Object.keys(weights)).not.toContain("hdd");
    expect(report[0]).toMatchObject({ criterion: "overall", unseen: "candidate and prompt", folds: 6 });
    expect(report[0]?.agreement.pearson).toBeGreaterThan(0.8);
    const [first] = rows;
    const criterion = model.criteria.overall;
    if (first === undefined || criterion === undefined) throw new Error("nothing was fitted");
    expect(predict(model, criterion, first.features).share).toBeGreaterThan(0);
  });

  it("does not depend on the order of the rows", () => {
    const rows = responses(240);
    const one = calibrate(writingModel, rows, ["overall"], scale, "2");
    expect(JSON.stringify(calibrate(writingModel, [...rows].reverse(), ["overall"], scale, "2"))).toBe(
      JSON.stringify(one),
    );
  });

  it("learns nothing where there is nothing to learn", () => {
    const next = random(11);
    const rows = responses(400).map((row) => ({ ...row, scores: { overall: Math.round(next() * 20) / 2 } }));
    const { agreement } = calibrate(writingModel, rows, ["overall"], scale, "2").report[0] ?? {};
    expect(Math.abs(agreement?.pearson ?? 0)).toBeLessThan(0.2);
  });

  it("refuses too few scores, and data from which nothing can be held out", () => {
    expect(() => calibrate(writingModel, responses(199), ["overall"], scale, "2")).toThrow("199 confirmed scores");
    expect(() => calibrate(writingModel, responses(400), ["grammar"], scale, "2")).toThrow("100 confirmed scores");
    const alone = responses(300, 2).map((row) => ({ ...row, prompt: "one" }));
    expect(() => calibrate(writingModel, alone, ["overall"], scale, "2")).toThrow("nothing can be held out");
    const same = responses(300, 1);
    expect(() => calibrate(writingModel, same, ["overall"], scale, "2")).toThrow("nothing is left to learn from");
  });
});

describe("the gate", () => {
  const machine = { n: 300, spearman: 0.75, pearson: 0.76, qwk: 0.72, rmse: 0.8, standardisedDifference: 0.02 };

  it("opens at its limits and not beyond", () => {
    expect(decideGate({ machine: { ...machine, qwk: 0.7 }, humanKappa: 0.8, subgroups: [] }).passed).toBe(true);
    expect(decideGate({ machine: { ...machine, qwk: 0.699 }, humanKappa: 0.75, subgroups: [] }).failures).toHaveLength(
      1,
    );
    expect(decideGate({ machine, humanKappa: 0.83, subgroups: [] }).failures[0]).toContain(
      "below the agreement between humans",
    );
    expect(
      decideGate({ machine: { ...machine, standardisedDifference: -0.16 }, humanKappa: 0.75, subgroups: [] }).passed,
    ).toBe(false);
  });

  it("stays closed for what is not known", () => {
    expect(decideGate({ machine, humanKappa: null, subgroups: [] }).passed).toBe(false);
    expect(decideGate({ machine: { ...machine, n: 199 }, humanKappa: 0.75, subgroups: [] }).passed).toBe(false);
    expect(
      decideGate({ machine: agreementOf([5, 5, 5], [5, 5, 5], scale), humanKappa: 0.75, subgroups: [] }).passed,
    ).toBe(false);
  });

  it("judges subgroups that are large enough and names the others", () => {
    const subgroups = [
      { name: "Turkish", agreement: { ...machine, n: 60, standardisedDifference: 0.3 } },
      { name: "Welsh", agreement: { ...machine, n: 9, standardisedDifference: 0.9 } },
    ];
    const decision = decideGate({ machine, humanKappa: 0.75, subgroups });
    expect(decision.failures).toEqual(["Turkish: means differ by 0.300 standard deviations; at most 0.15"]);
    expect(decision.unjudged).toEqual(["Welsh"]);
  });
});
