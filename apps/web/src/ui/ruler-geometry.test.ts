import { describe, expect, it } from "vitest";
import { anchorFor, holds, onAxis, percent, placeOn, placeSegments, rangeTextSide } from "./ruler-geometry.ts";

const segments = placeSegments([
  { to: 1, label: "a" },
  { to: 6, label: "b" },
  { to: 10, label: "c" },
]);

describe("the ruler's geometry", () => {
  it("places values at ten percent each and never outside", () => {
    expect(percent(6.5)).toBe("65%");
    expect(percent(-1)).toBe("0%");
    expect(percent(11)).toBe("100%");
    expect(percent(6.666)).toBe("66.66%");
  });
  it("lays any scale onto its own length", () => {
    expect(percent(placeOn(4.5, { highest: 9, every: 1 }))).toBe("50%");
    expect(onAxis([{ to: 55, label: "B2" }], { highest: 100, every: 10 })).toEqual([{ to: 5.5, label: "B2" }]);
  });
  it("spreads segments over the whole ramp", () => {
    expect(segments.map((segment) => segment.step)).toEqual([1, 5, 8]);
    expect(segments.map((segment) => segment.from)).toEqual([0, 1, 6]);
  });
  it("gives an end to the lower segment", () => {
    const holding = (value: number) => segments.filter((segment) => holds(segment, value)).map((one) => one.label);
    expect(holding(0)).toEqual(["a"]);
    expect(holding(1)).toEqual(["a"]);
    expect(holding(1.01)).toEqual(["b"]);
    expect(holding(6)).toEqual(["b"]);
    expect(holding(10)).toEqual(["c"]);
  });
  it("keeps text inside the track", () => {
    expect(rangeTextSide(7.6)).toBe("right");
    expect(rangeTextSide(7.7)).toBe("left");
    expect([anchorFor(0), anchorFor(5), anchorFor(10)]).toEqual(["start", "middle", "end"]);
  });
});
