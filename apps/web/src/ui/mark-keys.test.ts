import { describe, expect, it } from "vitest";
import { type MarkEntry, pauseMs, typeMark } from "./mark-keys.ts";

function type(keys: string, gapMs = 100): number | null {
  let entry: MarkEntry = { value: null, typed: "", atMs: 0 };
  let now = 10_000;
  for (const key of keys) {
    now += gapMs;
    entry = typeMark(entry, key, now) ?? entry;
  }
  return entry.value;
}

describe("typing a mark", () => {
  it("takes a digit as the whole mark", () => {
    expect(type("7")).toBe(7);
    expect(type("0")).toBe(0);
    expect(type("5")).toBe(5);
  });
  it("adds the half by a point, with or without the five", () => {
    expect(type("6.")).toBe(6.5);
    expect(type("6.5")).toBe(6.5);
    expect(type("6,5")).toBe(6.5);
    expect(type("6.0")).toBe(6);
    expect(type("6..")).toBe(6.5);
  });
  it("reads ten only when typed in one go", () => {
    expect(type("10")).toBe(10);
    expect(type("10", pauseMs + 1)).toBe(0);
  });
  it("never passes ten", () => {
    expect(type("10.")).toBe(10);
    expect(type("10.5")).toBe(10);
  });
  it("knows a scale that ends at nine", () => {
    const nine: MarkEntry = { value: 9, typed: "9", atMs: 0 };
    expect(typeMark(nine, ".", 1, 9)?.value).toBe(9);
    expect(typeMark({ value: 1, typed: "1", atMs: 0 }, "0", 1, 9)?.value).toBe(0);
  });
  it("corrects itself: a new number replaces the old", () => {
    expect(type("6.57")).toBe(7);
    expect(type("78")).toBe(8);
  });
  it("leaves other keys alone, and a point before any digit", () => {
    const empty: MarkEntry = { value: null, typed: "", atMs: 0 };
    expect(typeMark(empty, "Enter", 1)).toBeNull();
    expect(typeMark(empty, ".", 1)).toBeNull();
  });
});
