import { describe, expect, it } from "vitest";
import { instantOf, wallClock } from "./zoned-time.ts";

describe("times on a wall clock", () => {
  it.each([
    ["2026-06-06T09:00", "Europe/Lisbon", "2026-06-06T08:00:00.000Z"],
    ["2026-12-06T09:00", "Europe/Lisbon", "2026-12-06T09:00:00.000Z"],
    ["2026-06-06T09:00", "Asia/Kolkata", "2026-06-06T03:30:00.000Z"],
    ["2026-06-06T00:30", "America/New_York", "2026-06-06T04:30:00.000Z"],
    ["2026-03-29T00:30", "Europe/Lisbon", "2026-03-29T00:30:00.000Z"],
  ])("%s in %s is %s and back", (wall, zone, instant) => {
    expect(instantOf(wall, zone)?.toISOString()).toBe(instant);
    expect(wallClock(new Date(instant), zone)).toBe(wall);
  });
  it("refuse what is no time", () => {
    expect(instantOf("tomorrow", "UTC")).toBeNull();
  });
});
