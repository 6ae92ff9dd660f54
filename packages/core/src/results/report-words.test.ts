import { IELP } from "@bandwise/scoring/schemes/ielp";
import { expect, test } from "vitest";
import {
  bandSpan,
  creditText,
  exactText,
  inWords,
  meaningForYou,
  ordinal,
  overallArithmetic,
  pinOf,
  remarkWords,
  trimDecimals,
  userKind,
} from "./report-words.ts";

test("ids are said in words", () => {
  expect(inWords("vocabulary-in-context")).toBe("Vocabulary in context");
  expect(inWords("taskFulfilment")).toBe("Task fulfilment");
  expect(inWords("attitude-purpose")).toBe("Attitude and purpose");
});

test("every level of the scheme is said to the candidate, as a sentence about what they can do", () => {
  for (const [level, meaning] of Object.entries(IELP.levels)) {
    const { lead, rest } = meaningForYou(level, meaning);
    expect(lead).toMatch(/ you( can)?$/);
    expect(rest).not.toMatch(/themselves|^Can|^Is|^Does| is beginning/);
  }
  expect(meaningForYou("A1/A2", IELP.levels["A1/A2"])).toMatchObject({ lead: "At A1/A2 you" });
  expect(meaningForYou("C1", IELP.levels.C1).lead).toBe("At C1 you can");
});

test("double levels belong to the users of their secured half", () => {
  expect(userKind("A1/A2")).toBe("Basic user");
  expect(userKind("B1/B2")).toBe("Independent user");
});

test("figures", () => {
  expect(creditText("1/4")).toBe("¼");
  expect(creditText("3/7")).toBe("3/7");
  expect(trimDecimals("5.500")).toBe("5.5");
  expect(trimDecimals("5.000")).toBe("5");
  expect(trimDecimals("5.000", 2)).toBe("5.00");
  expect(trimDecimals("12.375", 2)).toBe("12.375");
  expect(["2891/80", "13", "1/8", "49/3"].map(exactText)).toEqual(["36.1375", "13", "0.125", "49/3"]);
  expect([1, 2, 3, 4, 7, 10, 11, 12, 13].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "7th",
    "10th",
    "11th",
    "12th",
    "13th",
  ]);
});

test("a level's place on the scale", () => {
  expect(bandSpan("C1")).toEqual({ above: "6.00", upTo: "8.00" });
  expect(bandSpan("A1")).toEqual({ above: "0.00", upTo: "1.00" });
  expect(bandSpan("below A1")).toBeNull();
  expect(pinOf("0.00", "below A1")).toBeLessThan(0);
  expect(pinOf("6.50", "C1")).toBe(6.5);
});

test("the overall band's arithmetic shows a rounding only where there was one", () => {
  const bands = (...all: string[]) => all.map((band) => ({ band }));
  expect(overallArithmetic(bands("7.00", "6.00", "6.00", "7.00"), "6.50")).toBe("(7.00 + 6.00 + 6.00 + 7.00) ÷ 4 = ");
  expect(overallArithmetic(bands("7.00", "6.10", "6.20", "6.00"), "6.33")).toBe(
    "(7.00 + 6.10 + 6.20 + 6.00) ÷ 4 = 6.325, rounded to ",
  );
});

test("a re-mark says what replaced what, and why", () => {
  expect(remarkWords({ skill: "speaking", tasks: 4, was: "machine" })).toBe(
    "Speaking was marked anew on appeal. In 4 tasks a senior examiner’s marks, given without seeing any others, count instead of the machine’s marks, which are kept beside them.",
  );
  expect(remarkWords({ skill: "writing", tasks: 1, was: "both" })).toContain("In one task");
});
