import { expect, test } from "vitest";
import { odditiesOf } from "./oddities.ts";

test("ordinary marks after ordinary attention are not asked about", () => {
  expect(odditiesOf({ a: 0, b: 5 }, { skill: "writing", words: 120, openSeconds: 60 })).toEqual([]);
  expect(odditiesOf({ a: 4 }, { skill: "speaking", durationSeconds: 40, heardSeconds: 38 })).toEqual([]);
  expect(odditiesOf({ a: 4 }, null)).toEqual([]);
});

test("zeros throughout, a glance and an unheard recording are", () => {
  expect(odditiesOf({ a: 0, b: 0 }, null)).toEqual(["Every criterion is at 0."]);
  expect(odditiesOf({ a: 4 }, { skill: "writing", words: 120, openSeconds: 5 })).toEqual([
    "You had 120 words in front of you for 5 s.",
  ]);
  expect(odditiesOf({ a: 4 }, { skill: "speaking", durationSeconds: 93, heardSeconds: 20 })).toEqual([
    "You have heard 0:20 of 1:33.",
  ]);
});
