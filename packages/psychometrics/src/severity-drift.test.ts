import { describe, expect, it, vi } from "vitest";
import { severityDrift } from "./severity-drift.ts";
import { simulateMarks } from "./testing/simulate-marks.ts";

// As in many-facet.test.ts: busy cores.
vi.setConfig({ testTimeout: 30_000 });

const plan = { scripts: 500, raters: 6, criteria: 2, top: 6, scriptSd: 1.5, severitySd: 0.5 };
const scale = { min: 0, max: 6, step: 1 };

describe("severityDrift", () => {
  it("finds who grew more severe, by how much, and leaves the others where they were", () => {
    const first = simulateMarks({ ...plan, seed: "spring" });
    // The same raters again, one of them a point lower where there is room.
    const later = first.marks.map((mark) => ({
      ...mark,
      script: `later ${mark.script}`,
      score: mark.rater === "rater 0002" ? Math.max(0, mark.score - 1) : mark.score,
      period: "2026-06",
    }));
    const marks = [...first.marks.map((mark) => ({ ...mark, period: "2026-03" })), ...later];
    const { raters } = severityDrift(marks, scale);
    expect(raters.map(({ rater }) => rater)).toEqual([...first.severities.keys()]);
    for (const { rater, periods, change } of raters) {
      expect(periods.map(({ period }) => period)).toEqual(["2026-03", "2026-06"]);
      const t = (change?.difference ?? 0) / (change?.se ?? 0);
      if (rater === "rater 0002") expect(t).toBeGreaterThan(5);
      else expect(Math.abs(t)).toBeLessThan(2.5);
      expect(change?.difference).toBeCloseTo((periods[1]?.severity ?? 0) - (periods[0]?.severity ?? 0), 10);
      expect(change?.se).toBeGreaterThan(0.05);
    }
  });

  it("keeps raters and periods apart whose names run together, and tells of no change from one period", () => {
    const { marks } = simulateMarks({ ...plan, seed: "names", raters: 2 });
    const names = new Map([
      ["rater 0000", { rater: "A in B", period: "C" }],
      ["rater 0001", { rater: "A", period: "B in C" }],
    ]);
    const renamed = marks.map((mark) => ({ ...mark, ...(names.get(mark.rater) ?? { period: "" }) }));
    const { raters } = severityDrift(renamed, scale);
    expect(new Map(raters.map(({ rater, change }) => [rater, change]))).toEqual(
      new Map([
        ["A", null],
        ["A in B", null],
      ]),
    );
    for (const { periods } of raters) expect(periods[0]?.count).toBe(marks.length / 2);
  });
});
