import { describe, expect, it } from "vitest";
import { liveScore } from "./live-score.ts";

describe("the score beside the marks", () => {
  it("waits for all four", () => {
    expect(liveScore({})).toBeNull();
    expect(liveScore({ fluency: 7, vocabulary: 6.5, grammar: 6 })).toBeNull();
  });

  // scoring.md, section 2: the two golden vectors.
  it("is 6.5 for 7, 6.5, 6 and 7", () => {
    expect(liveScore({ fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 })).toMatchObject({
      mean: "6.625",
      rounded: "6.5",
      penalty: "0.0",
      overall: "6.5",
      uneven: [],
      advisories: [],
    });
  });

  it("is 5.0 for 5, 7, 5 and 4.5, with the uneven criterion named", () => {
    expect(liveScore({ fluency: 5, vocabulary: 7, grammar: 5, pronunciation: 4.5 })).toMatchObject({
      mean: "5.375",
      rounded: "5.5",
      penalty: "0.5",
      overall: "5.0",
      uneven: ["Pronunciation"],
    });
  });

  it("says in words what a level does not allow", () => {
    const { advisories } = liveScore({ fluency: 9, vocabulary: 6, grammar: 7, pronunciation: 7 }) ?? { advisories: [] };
    expect(advisories.join(" ")).toMatch(/Band \d\.\d asks for nothing (above|below)/);
  });
});
