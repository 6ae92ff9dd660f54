import fc from "fast-check";
import { describe, expect, it } from "vitest";
import ieltsFixture from "../fixtures/ielts-speaking.json" with { type: "json" };
import ietFixture from "../fixtures/iet-speaking.json" with { type: "json" };
import { scoreIeltsSpeaking } from "./ielts-speaking.ts";
import { scoreIetSpeaking } from "./iet-speaking.ts";
import { defineScheme } from "./scheme.ts";
import { IELTS_SPEAKING, type IeltsCriterion } from "./schemes/ielts-speaking.ts";
import type { IetCriterion } from "./schemes/iet-speaking.ts";

type Four = readonly number[];
const ielts = ([fluency = 0, vocabulary = 0, grammar = 0, pronunciation = 0]: Four): Record<
  IeltsCriterion,
  number
> => ({
  fluency,
  vocabulary,
  grammar,
  pronunciation,
});
const iet = ([fluency = 0, pronunciation = 0, grammar = 0, vocabulary = 0]: Four): Record<IetCriterion, number> => ({
  fluency,
  pronunciation,
  grammar,
  vocabulary,
});
const halfBand = fc.integer({ min: 0, max: 18 }).map((halves) => halves / 2);
const fourBands = fc.array(halfBand, { minLength: 4, maxLength: 4 });
const point = fc.integer({ min: 0, max: 10_000 }).map((count) => count / 100);
const fourTasks = fc.array(fc.array(point, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 });

describe("scoreIeltsSpeaking", () => {
  it.each(ieltsFixture.vectors)("$ratings → $overall ($note)", ({ ratings, mean, rounded, penalty, overall }) => {
    expect(scoreIeltsSpeaking(ielts(ratings))).toMatchObject({ mean, rounded, penalty, overall });
  });

  it("keeps the source's sentence as the other option of the scheme", () => {
    const { hash: _, ...data } = IELTS_SPEAKING;
    const scheme = defineScheme({ ...data, consistency: "more-than-1" as const });
    expect(scheme.hash).not.toBe(IELTS_SPEAKING.hash);
    expect(scoreIeltsSpeaking(ielts([5, 7, 5, 4.5]), { scheme })).toMatchObject({ penalty: "0.0", overall: "5.5" });
    expect(scoreIeltsSpeaking(ielts([6, 7, 5, 4]), { scheme })).toMatchObject({ penalty: "0.5", overall: "5.0" });
  });

  it("stays on the half step from 0 to 9, whatever the order, and never goes down when a criterion goes up", () => {
    fc.assert(
      fc.property(fourBands, fc.nat(3), (bands, place) => {
        const overall = Number(scoreIeltsSpeaking(ielts(bands)).overall);
        expect(Number.isInteger(overall * 2)).toBe(true);
        expect(overall).toBeGreaterThanOrEqual(0);
        expect(overall).toBeLessThanOrEqual(Math.max(...bands));
        expect(Number(scoreIeltsSpeaking(ielts([...bands].reverse())).overall)).toBe(overall);
        const raised = bands.map((band, index) => (index === place ? Math.min(9, band + 0.5) : band));
        expect(Number(scoreIeltsSpeaking(ielts(raised)).overall)).toBeGreaterThanOrEqual(overall);
      }),
    );
  });

  it("takes the mean of several ratings to the nearest half, ties up", () => {
    const { trace, ...result } = scoreIeltsSpeaking([ielts([7, 6, 6, 6]), ielts([7.5, 6, 6, 6])], { trace: true });
    expect(result).toMatchObject({ mean: "6.375", overall: "6.5" });
    expect(trace?.criteria[0]).toEqual({
      criterion: "fluency",
      scores: ["7.0", "7.5"],
      mean: "29/4",
      band: "7.5",
      belowRounded: "-1.0",
      triggersPenalty: false,
    });
    expect(trace).toMatchObject({ sum: "25.5", exactMean: "51/8", consistency: "at-least-1" });
  });

  it.each([
    [[9, 9, 9, 9], []],
    [[9, 9, 9, 8], []],
    [[9, 9, 8.5, 8.5], ["9.0 at-most-below 9.0 grammar,pronunciation"]],
    [[8.5, 8.5, 8.5, 7.5], []],
    [[9, 9, 9, 6.5], ["8.0 none-below 7.0 pronunciation"]],
    [[7, 6.5, 6, 7], []],
    [[8, 7.5, 7, 6.5], ["7.0 none-above 7.5 fluency"]],
    [[8, 6.5, 7, 7], ["7.0 none-above 7.5 fluency"]],
    [[4, 4, 4, 5.5], ["4.5 none-above 5.0 pronunciation"]],
    [[4, 3.5, 3.5, 5.5], ["4.0 none-above 5.0 pronunciation"]],
    [[3, 3, 2, 3], []],
    [
      [4.5, 4, 3.5, 2],
      ["3.0 none-below 2.5 pronunciation", "3.0 none-above 3.5 fluency,vocabulary"],
    ],
  ] as const)("advises on the profile %j: %j", (bands, expected) => {
    const { advisories, overall } = scoreIeltsSpeaking(ielts(bands));
    const found = advisories.map(({ level, rule, limit, criteria }) => `${level} ${rule} ${limit} ${criteria.join()}`);
    expect(found).toEqual(expected);
    expect(advisories.every(({ level }) => level === overall)).toBe(true);
  });

  it("has wording for every whole band of every criterion, and for the overall levels the source names", () => {
    for (const criterion of IELTS_SPEAKING.criteria)
      expect(Object.keys(IELTS_SPEAKING.descriptors[criterion])).toHaveLength(9);
    expect(IELTS_SPEAKING.overall.map(({ halves }) => halves / 2)).toEqual([
      9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 3.5, 3, 2, 1, 0,
    ]);
  });

  it.each([9.5, -0.5, 7.3, Number.NaN])("refuses a rating of %s", (value) => {
    expect(() => scoreIeltsSpeaking(ielts([value, 5, 5, 5]))).toThrow(
      "ratings.fluency: must be from 0 to 9 in steps of 0.5",
    );
  });
});

describe("scoreIetSpeaking", () => {
  it.each(ietFixture.vectors)("$overall → $cefr", ({ tasks, scores, overall, cefr, independentUser }) => {
    expect(scoreIetSpeaking(tasks.map(iet))).toMatchObject({ tasks: scores, overall, cefr, independentUser });
  });

  it("is the mean of sixteen numbers, rounded once, and never goes down when one goes up", () => {
    fc.assert(
      fc.property(fourTasks, fc.nat(15), (tasks, place) => {
        const result = scoreIetSpeaking(tasks.map(iet));
        const sum = tasks.flat().reduce((total, value) => total + Math.round(value * 100), 0);
        expect(Math.round(Number(result.overall) * 100)).toBe(Math.floor((2 * sum + 16) / 32));
        expect(scoreIetSpeaking([...tasks].reverse().map(iet)).overall).toBe(result.overall);
        const raised = tasks.map((task, i) => task.map((value, j) => (i * 4 + j === place ? 100 : value)));
        expect(Number(scoreIetSpeaking(raised.map(iet)).overall)).toBeGreaterThanOrEqual(Number(result.overall));
      }),
    );
  });

  it("traces means of several ratings exactly", () => {
    const task = [iet([70, 65.5, 60, 72]), iet([71, 65.5, 60, 72])];
    const { trace } = scoreIetSpeaking([task, task, task, task], { trace: true });
    expect(trace?.tasks[3]).toMatchObject({ task: "dialogue", exactScore: "67", score: "67.00" });
    expect(trace?.tasks[0]?.criteria[0]).toEqual({
      criterion: "fluency",
      scores: ["70.00", "71.00"],
      mean: "141/2",
      meanDecimal: "70.500",
    });
    expect(trace).toMatchObject({ exactOverall: "67", row: { above: "55.00", upper: "77.50" }, cefr: "C1" });
  });

  it("names what is wrong", () => {
    const good = iet([1, 2, 3, 4]);
    expect(() => scoreIetSpeaking([good, good, good])).toThrow("tasks: needs 4 tasks (has 3)");
    expect(() => scoreIetSpeaking([good, good, good, iet([1, 2, 3, 100.01])])).toThrow(
      "tasks[3].vocabulary: must be from 0 to 100",
    );
    expect(() => scoreIetSpeaking([good, iet([1.005, 2, 3, 4]), good, good])).toThrow(
      "tasks[1].fluency: must be from 0 to 100 with at most two decimals",
    );
  });
});
