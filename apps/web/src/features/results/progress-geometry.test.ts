import { expect, test } from "vitest";
import { bandOutlines, placePoints, textOver } from "./progress-geometry.ts";

const point = (score: number, low: number | null = null, high: number | null = null) => ({ score, low, high });

test("sittings stand side by side, scores on their scale from the bottom up", () => {
  expect(placePoints([point(0), point(4.5, 4, 5), point(9)], 9, 90)).toEqual([
    { x: 7, y: 90, band: null },
    { x: 50, y: 45, band: { top: 40, bottom: 50 } },
    { x: 93, y: 0, band: null },
  ]);
  expect(placePoints([point(50)], 100, 90)).toEqual([{ x: 50, y: 45, band: null }]);
});

test("a band joins only neighbours that both have a range", () => {
  const placed = placePoints([point(5, 4, 6), point(5, 4, 6), point(5), point(5, 4, 6)], 10, 100);
  expect(bandOutlines(placed)).toEqual(["7,40 35.67,40 35.67,60 7,60"]);
});

test("a score is written over its range, and never over the numeral at the end of the scale", () => {
  const placed = placePoints([point(50, 40, 60), point(50, 0, 100), point(100, 80, 100), point(50)], 100, 100);
  expect(placed.map(textOver)).toEqual([31, 41, 21, 41]);
});
