import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import golden from "../fixtures/many-facet.json" with { type: "json" };
import { evaluateLikelihood } from "./facet-likelihood.ts";
import { createFacetProblem } from "./facet-problem.ts";
import { createQuadrature } from "./facet-tables.ts";
import { fitManyFacet, type ManyFacet, NotEstimable } from "./many-facet.ts";
import { seededRandom } from "./random.ts";
import { connectedRaters } from "./rater-design.ts";
import { createRatingTable, type Mark, type RatingTable } from "./rating-table.ts";
import { correlation, type Simulation, simulateMarks } from "./testing/simulate-marks.ts";

const zeroTo = (max: number) => ({ min: 0, max, step: 1 });
const goldenMarks = golden.marks.map(
  ([script, rater, criterion, score = 0]): Mark => ({
    script: `s${script}`,
    rater: `r${rater}`,
    criterion: `c${criterion}`,
    score,
  }),
);
const goldenTable = createRatingTable(goldenMarks, zeroTo(4));

/** Scripts × raters on one criterion; null where a rater did not mark. */
function tableOf(rows: readonly (readonly (number | null)[])[], max: number): RatingTable {
  const marks = rows.flatMap((row, script) =>
    row.flatMap((score, rater) =>
      score === null ? [] : [{ script: `s${script}`, rater: `r${rater}`, criterion: "c", score }],
    ),
  );
  return createRatingTable(marks, zeroTo(max));
}

function recovery({ marks, severities }: Simulation, fit: ManyFacet) {
  expect(marks.length).toBeGreaterThan(0);
  const truth = fit.raters.map(({ id }) => severities.get(id) ?? 0);
  const found = fit.raters.map(({ measure }) => measure ?? Number.NaN);
  const off = fit.raters.map(({ se }, index) => ((found[index] ?? 0) - (truth[index] ?? 0)) / (se ?? 0));
  return {
    r: correlation(truth, found),
    // About 1 when standard errors tell the truth.
    z: Math.sqrt(off.reduce((sum, value) => sum + value ** 2, 0) / off.length),
  };
}

// Simulations take a second or two, and several times that on a machine whose cores are busy with other suites.
vi.setConfig({ testTimeout: 30_000 });

describe("fitManyFacet", () => {
  it.each(["scale", "criterion"] as const)("finds what an independent program finds, steps of the %s", (stepsOf) => {
    const fit = fitManyFacet(goldenTable, { stepsOf });
    const expected = golden[stepsOf];
    expect(fit.logLikelihood).toBeCloseTo(expected.logLikelihood, 7);
    const steps = fit.steps.flatMap((group) => group.steps);
    const found = [...fit.raters, ...fit.criteria, ...steps, { measure: fit.scripts.sd, se: fit.scripts.se }];
    expect(found.length).toBe(expected.values.length);
    found.forEach(({ measure, se }, index) => {
      expect(measure).toBeCloseTo(expected.values[index] ?? 0, 5);
      expect(se).toBeCloseTo(expected.errors[index] ?? 0, 5);
    });
    expect(fit).toMatchObject({ converged: true, warnings: [], parameters: stepsOf === "scale" ? 9 : 12 });
  });

  it("gives the closed form where there is one: two raters, two scores", () => {
    // Three parameters for four kinds of script fit their shares exactly, and P(1, 0) / P(0, 1) is e to the difference in
    // severity for every place of the script, so for all together.
    const counts = { both: 40, first: 24, second: 9, none: 30 };
    const rows = [
      ...Array.from({ length: counts.both }, () => [1, 1]),
      ...Array.from({ length: counts.first }, () => [1, 0]),
      ...Array.from({ length: counts.second }, () => [0, 1]),
      ...Array.from({ length: counts.none }, () => [0, 0]),
    ];
    const fit = fitManyFacet(tableOf(rows, 1));
    const saturated = Object.values(counts).reduce((sum, n) => sum + n * Math.log(n / rows.length), 0);
    expect(fit.logLikelihood).toBeCloseTo(saturated, 8);
    expect(fit.raters[1]?.measure).toBeCloseTo(Math.log(24 / 9) / 2, 5);
    expect(fit.raters[0]?.measure).toBeCloseTo(-Math.log(24 / 9) / 2, 5);
    expect(fit.raters[0]?.se).toBeCloseTo(Math.sqrt(1 / 24 + 1 / 9) / 2, 5);
    expect(fit.steps[0]?.steps).toEqual([{ from: 0, to: 1, measure: 0, se: 0 }]);
  });

  it("has the slope and the curvature of its own likelihood, far from the peak", () => {
    const problem = createFacetProblem(goldenTable, "criterion");
    const random = seededRandom("a point");
    const point = Float64Array.from({ length: problem.parameters }, () => random() * 1.5 + 0.2);
    const dense = createQuadrature(401);
    const at = (moved: Float64Array) => evaluateLikelihood(problem, moved, dense);
    const here = at(point);
    const h = 1e-4;
    point.forEach((_, index) => {
      const [above, below] = [h, -h].map((by) => at(point.map((value, i) => (i === index ? value + by : value))));
      const slope = ((above?.logLikelihood ?? 0) - (below?.logLikelihood ?? 0)) / (2 * h);
      expect(here.gradient[index]).toBeCloseTo(slope, 4);
      for (let other = 0; other <= index; other += 1) {
        const bend = ((above?.gradient[other] ?? 0) - (below?.gradient[other] ?? 0)) / (2 * h);
        const place = index * problem.parameters + other;
        expect((here.missing[place] ?? 0) - (here.complete[place] ?? 0)).toBeCloseTo(bend, 4);
      }
    });
  });

  it("recovers severities: 15 raters, 400 scripts, two marks each on four criteria, r at least .98 each time", () => {
    const squares: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const plan = { scripts: 400, raters: 15, criteria: 4, top: 9, scriptSd: 1.5, severitySd: 1 };
      const simulation = simulateMarks({ ...plan, seed: `round ${round}` });
      const { r, z } = recovery(simulation, fitManyFacet(createRatingTable(simulation.marks, zeroTo(9))));
      expect(r).toBeGreaterThanOrEqual(0.98);
      squares.push(z * z);
    }
    const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(1.35);
  });

  it("recovers them from one criterion too, two numbers to a script, r at least .98 on average", () => {
    const plan = { scripts: 400, raters: 15, criteria: 1, top: 9, scriptSd: 1.5, severitySd: 1 };
    const rounds = Array.from({ length: 12 }, (_, round) => {
      const simulation = simulateMarks({ ...plan, seed: `round ${round}` });
      const fit = fitManyFacet(createRatingTable(simulation.marks, zeroTo(9)));
      return { fit, r: recovery(simulation, fit).r };
    });
    // One round's is limited by how far its own raters happen to differ: an error of 0.18 logits is what 53 marks each allow.
    expect(rounds.reduce((sum, { r }) => sum + r, 0) / rounds.length).toBeGreaterThanOrEqual(0.98);
    const fit = rounds[0]?.fit;
    if (!fit) throw new Error("no round");
    const total = fit.raters.reduce((sum, { measure }) => sum + (measure ?? 0), 0);
    expect(total).toBeCloseTo(0, 8);
    // Reliability is the squared correlation with the truth, told without knowing the truth.
    const average = (of: (round: (typeof rounds)[number]) => number) =>
      rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length;
    expect(average((round) => round.fit.separation?.reliability ?? 0)).toBeCloseTo(
      average(({ r }) => r * r),
      1.5,
    );
    expect(fit.scripts.sd).toBeGreaterThan(1.3);
    expect(fit.scripts.sd).toBeLessThan(1.7);
    for (const { infit, outfit } of fit.raters) {
      expect(infit).toBeGreaterThan(0.6);
      expect(infit).toBeLessThan(1.5);
      expect(outfit).toBeGreaterThan(0.6);
      expect(outfit).toBeLessThan(1.6);
    }
  });

  it("shows who marks at random and who repeats one score", () => {
    const simulation = simulateMarks({
      ...{ seed: "misfit", scripts: 500, raters: 8, criteria: 2, top: 6, scriptSd: 1.5, severitySd: 0.4 },
    });
    const random = seededRandom("dice");
    const marks = simulation.marks.map((mark) => {
      if (mark.rater === "rater 0000") return { ...mark, score: Math.floor(random() * 7) };
      return mark.rater === "rater 0001" ? { ...mark, score: random() < 0.9 ? 3 : 4 } : mark;
    });
    const fit = fitManyFacet(createRatingTable(marks, zeroTo(6)));
    const [dice, flat, ...others] = fit.raters;
    expect(dice?.infit).toBeGreaterThan(1.5);
    expect(dice?.outfit).toBeGreaterThan(1.5);
    expect(flat?.infit).toBeLessThan(0.7);
    for (const { infit } of others) expect(Math.abs((infit ?? 0) - 1)).toBeLessThan(0.3);
  });

  it("says the same whatever order marks come in and whatever scale they are written on", () => {
    const expected = fitManyFacet(goldenTable);
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.constantFrom(0.5, 1, 2),
        fc.integer({ min: -3, max: 5 }),
        (stream, step, min) => {
          const shuffled = goldenMarks
            .map((mark) => ({ key: stream.next().value, mark }))
            .sort((a, b) => a.key - b.key)
            .map(({ mark }) => ({ ...mark, score: min + step * mark.score }));
          const fit = fitManyFacet(createRatingTable(shuffled, { min, max: min + 4 * step, step }));
          expect(fit.logLikelihood).toBe(expected.logLikelihood);
          expect(fit.raters).toEqual(expected.raters);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("fitManyFacet on marks that are not as they should be", () => {
  it("leaves scores that nobody gave out of the model and says so", () => {
    // Bands 4 to 6 of a scale of 0 to 9, and no 5.5: the others keep their distances.
    const score = (mark: Mark) => [4, 4.5, 5, 6, 6][mark.score] ?? 0;
    const marks = goldenMarks.map((mark) => ({ ...mark, score: score(mark) }));
    const fit = fitManyFacet(createRatingTable(marks, { min: 0, max: 9, step: 0.5 }));
    const tight = fitManyFacet(createRatingTable(marks, { min: 4, max: 6, step: 0.5 }));
    expect(fit.logLikelihood).toBeCloseTo(tight.logLikelihood, 9);
    expect(fit.raters.map(({ measure }) => measure)).toEqual(tight.raters.map(({ measure }) => measure));
    expect(fit.steps[0]?.steps.length).toBe(18);
    const known = fit.steps[0]?.steps.filter(({ measure }) => measure !== null);
    expect(known?.map(({ from, to }) => [from, to])).toEqual([
      [4, 4.5],
      [4.5, 5],
    ]);
    expect(fit.warnings.join()).toContain("never given: 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5 …");
    expect(tight.warnings).toEqual(["never given: 5.5; the steps to and from there have no estimate"]);
    // What it leaves out is what the likelihood tends to when a category's probability goes to 0.
    const allGiven = [...marks, { script: "new", rater: "r0", criterion: "c0", score: 5.5 }];
    const more = fitManyFacet(createRatingTable(allGiven, { min: 4, max: 6, step: 0.5 }));
    expect(more.steps[0]?.steps.every(({ measure }) => measure !== null)).toBe(true);
  });

  it("gives no severity to a rater who only gave the top or the bottom score, and loses nothing by it", () => {
    const extra = goldenMarks
      .filter(({ rater }) => rater === "r0")
      .map((mark) => ({ ...mark, score: 4, rater: "kind" }));
    const fit = fitManyFacet(createRatingTable([...goldenMarks, ...extra], zeroTo(4)));
    expect(fit.logLikelihood).toBeCloseTo(golden.scale.logLikelihood, 7);
    expect(fit.raters[0]).toMatchObject({ id: "kind", measure: null, se: null, infit: null, extreme: "lenient" });
    expect(fit.raters[0]?.count).toBe(extra.length);
    expect(fit.raters[1]?.measure).toBeCloseTo(golden.scale.values[0] ?? 0, 5);
    expect(fit.warnings).toEqual(["rater kind has no severity: every mark is the highest score given"]);
  });

  it("names the groups of raters that no script ties together", () => {
    const groups = (rater: string) => (rater === "r0" || rater === "r1" ? "a" : "b");
    const marks = goldenMarks.map((mark) => ({ ...mark, script: `${mark.script}${groups(mark.rater)}` }));
    const table = createRatingTable(marks, zeroTo(4));
    expect(connectedRaters(table)).toEqual([
      ["r0", "r1"],
      ["r2", "r3"],
    ]);
    expect(connectedRaters(goldenTable)).toEqual([["r0", "r1", "r2", "r3"]]);
    const [warning] = fitManyFacet(table).warnings;
    expect(warning).toContain("no common scripts tie these raters together: {r0, r1} {r2, r3};");
  });

  it("centres raters group by group where no criterion ties them, and finds errors still", () => {
    const marks = goldenMarks.filter(
      ({ rater, criterion }) => (rater === "r0" || rater === "r1") === (criterion === "c0"),
    );
    const fit = fitManyFacet(createRatingTable(marks, zeroTo(4)));
    const [a, b, c, d] = fit.raters.map(({ measure }) => measure ?? Number.NaN);
    expect((a ?? 0) + (b ?? 0)).toBeCloseTo(0, 8);
    expect((c ?? 0) + (d ?? 0)).toBeCloseTo(0, 8);
    expect(fit.raters.every(({ se }) => se !== null && se > 0.05 && se < 2)).toBe(true);
    expect(fit.warnings.some((warning) => warning.startsWith("no common criterion ties these raters"))).toBe(true);
  });

  it("gives a single rater severity 0", () => {
    const fit = fitManyFacet(
      createRatingTable(
        goldenMarks.filter(({ rater }) => rater === "r1"),
        zeroTo(4),
      ),
    );
    expect(fit.raters[0]?.measure).toBeCloseTo(0, 10);
    expect(fit.separation).toBeNull();
  });

  it("settles on scripts that do not differ", () => {
    // Marks of raters who contradict each other: no spread of scripts makes them likelier.
    const rows = Array.from({ length: 40 }, (_, script) =>
      script % 2 === 0 ? [script % 3, 2 - (script % 3)] : [1, 1],
    );
    const fit = fitManyFacet(tableOf(rows, 2));
    expect(fit.scripts.sd).toBeLessThan(1e-3);
    expect(fit.scripts).toMatchObject({ se: null, reliability: null });
    expect(fit.raters.every(({ measure, se }) => measure !== null && se !== null)).toBe(true);
  });

  it("refuses where no severity can be measured", () => {
    expect(() =>
      fitManyFacet(
        tableOf(
          [
            [2, 2],
            [2, 2],
          ],
          4,
        ),
      ),
    ).toThrow(NotEstimable);
    // Six scores, raters of one mind: the scripts' spread has no bound.
    const same = Array.from({ length: 60 }, (_, script) => [script % 6, script % 6]);
    expect(() => fitManyFacet(tableOf(same, 5))).toThrow("raters agree too well");
  });

  it("never gives a number that is none", () => {
    const rows = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 14,
    });
    fc.assert(
      fc.property(rows, (scores) => {
        const table = tableOf(scores, 3);
        let fit: ManyFacet;
        try {
          fit = fitManyFacet(table);
        } catch (error) {
          expect(error).toBeInstanceOf(NotEstimable);
          return;
        }
        const steps = fit.steps.flatMap((group) => group.steps);
        const numbers = [
          ...fit.raters.flatMap(({ measure, se, infit, outfit }) => [measure, se, infit, outfit]),
          ...fit.criteria.flatMap(({ measure, se }) => [measure, se]),
          ...steps.flatMap(({ measure, se }) => [measure, se]),
          ...[fit.logLikelihood, fit.scripts.sd, fit.scripts.se, fit.scripts.reliability],
        ];
        for (const number of numbers) expect(number === null || Number.isFinite(number)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
