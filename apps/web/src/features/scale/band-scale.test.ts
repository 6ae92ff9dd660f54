import { expect, it } from "vitest";
import { bandLabel, bandSegments } from "./band-scale.ts";

it("has the eight levels at the ends the look names", () => {
  expect(bandSegments.map(({ label, to }) => `${label} ${to}`)).toEqual([
    "A1 1",
    "A1/A2 2",
    "A2 3",
    "B1 4",
    "B1/B2 5",
    "B2 6",
    "C1 8",
    "C2 10",
  ]);
});

it("says a band in words", () => {
  expect(bandLabel({ text: "6.50", level: "C1", range: "6.20–6.80" })).toBe(
    "Band 6.50 on a scale from 0 to 10, level C1. Score range 6.20 to 6.80.",
  );
});
