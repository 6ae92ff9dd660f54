import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openContent } from "../bank/speaking-schema.ts";
import { cardViewOf, clocksOf, type LedgerEntry, paceOf, stateOf } from "./ledger.ts";
import { scriptOf } from "./script.ts";

const bank: { content: unknown }[] = JSON.parse(
  readFileSync(new URL("../../../../prisma/seed/bank/interviews.json", import.meta.url), "utf8"),
);
const contents = bank.map(({ content }) => {
  const parsed = openContent.parse(content);
  if (parsed.type !== "interview") throw new Error("not an interview");
  return parsed;
});
const [first] = contents;
if (!first) throw new Error("the starter bank has no interview");
const script = scriptOf(first, { prepareScale: 1, answerScale: 1 });

let sequence = 0;
const entry = (seconds: number, value: LedgerEntry["value"]): LedgerEntry => {
  sequence += 1;
  return { sequence, madeAt: seconds * 1000, value };
};

describe("the examiner's script", () => {
  it("has three parts, every step once, and the card in the second", () => {
    for (const content of contents) {
      const { parts, steps } = scriptOf(content, { prepareScale: 1, answerScale: 1 });
      expect(parts.map(({ part }) => part)).toEqual([1, 2, 3]);
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      expect(steps.map(({ part }) => part)).toEqual(steps.map(({ part }) => part).toSorted());
      expect(steps.filter(({ kind }) => kind === "prepare" || kind === "speak").map(({ part }) => part)).toEqual([
        2, 2,
      ]);
    }
  });

  it("is shorter in a short programme, and never without time", () => {
    const short = scriptOf(first, { prepareScale: 0.1, answerScale: 0.1 });
    expect(short.parts[0]).toMatchObject({ minSeconds: 24, maxSeconds: 30 });
    expect(short.steps.find(({ kind }) => kind === "prepare")).toMatchObject({ maxSeconds: 6 });
    const tiny = scriptOf(first, { prepareScale: 0.001, answerScale: 0.001 });
    expect(Math.min(...tiny.parts.map(({ minSeconds }) => minSeconds))).toBe(2);
  });
});

describe("the ledger", () => {
  const begun = [
    entry(0, { kind: "step", step: "1.opening.0" }),
    entry(100, { kind: "step", step: "2.lead" }),
    entry(110, { kind: "step", step: "2.prepare" }),
    entry(170, { kind: "step", step: "2.speak" }),
    entry(290, { kind: "step", step: "3.lead" }),
    entry(300, { kind: "notes", text: "clear" }),
    entry(301, { kind: "bands", bands: { fluency: 7 } }),
  ];

  it("says where the interview stands, and each part's time however often it is visited", () => {
    const back = [...begun, entry(310, { kind: "step", step: "1.0.0" }), entry(330, { kind: "ended" })];
    const state = stateOf(back);
    expect(clocksOf(state, script, 999_000)).toEqual({
      stepSeconds: 20,
      partSeconds: { 1: 120, 2: 190, 3: 20 },
      totalSeconds: 330,
    });
    expect(state).toMatchObject({ notes: "clear", bands: { fluency: 7 }, endedAt: 330_000 });
  });

  it("reads the same in whatever order and however often entries arrive", () => {
    const expected = stateOf(begun);
    fc.assert(
      fc.property(fc.shuffledSubarray(begun, { minLength: begun.length }), (shuffled) => {
        expect(stateOf(shuffled)).toEqual(expected);
      }),
    );
  });

  it("stands still once it has ended", () => {
    const state = stateOf([...begun, entry(400, { kind: "ended" }), entry(500, { kind: "step", step: "1.0.0" })]);
    expect(state.step).toBe("3.lead");
    expect(clocksOf(state, script, 9_000_000).totalSeconds).toBe(400);
    expect(cardViewOf(state, script)).toEqual({ phase: "over" });
  });

  it("shows the candidate the card while she prepares and speaks, and only then", () => {
    const phases = begun.slice(0, 5).map((_, index) => cardViewOf(stateOf(begun.slice(0, index + 1)), script));
    expect(phases.map(({ phase }) => phase)).toEqual(["talking", "talking", "prepare", "speak", "talking"]);
    expect(phases[3]).toMatchObject({ since: 170_000, minSeconds: 60, maxSeconds: 120 });
    expect(cardViewOf(stateOf([]), script)).toEqual({ phase: "waiting" });
  });

  it("knows what is short and what is over", () => {
    const span = { minSeconds: 240, maxSeconds: 300 };
    expect([239, 240, 300, 301].map((seconds) => paceOf(seconds, span))).toEqual(["short", "within", "within", "over"]);
  });
});
