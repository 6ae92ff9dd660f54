import { expect, test } from "vitest";
import { mentions } from "./cue-rules.ts";

test.each([
  ["I would like to come tomorrow.", ["tomorrow", "today"], true],
  ["Tomorrow, please!", ["tomorrow"], true],
  ["It was repaired last year", ["repair"], true],
  ["I have sixty of them", ["six"], false],
  ["At six o’clock", ["six"], true],
  ["at ten o'clock", ["o'clock"], true],
  ["I want my money and go back", ["money back"], false],
  ["I want my money back", ["money back"], true],
  ["I do not know", ["today", "tomorrow"], false],
  ["", ["today"], false],
])("“%s” mentions one of %j: %s", (heard, cues, expected) => {
  expect(mentions(heard, cues)).toBe(expected);
});
