import { describe, expect, it } from "vitest";
import { addDays, daysBetween, minutesOf, mondayOf, wallOf } from "./days.ts";

describe("days of a calendar", () => {
  it("begin the week on Monday", () => {
    expect(mondayOf("2026-03-08", "2026-01-01")).toBe("2026-03-02");
    expect(mondayOf("2026-03-02", "2026-01-01")).toBe("2026-03-02");
    expect(mondayOf("nonsense", "2026-03-04")).toBe("2026-03-02");
    expect(mondayOf(undefined, "2026-03-01")).toBe("2026-02-23");
  });

  it("are counted with or without weekends, over the end of a month", () => {
    expect(daysBetween("2026-02-27", "2026-03-02", false)).toEqual(["2026-02-27", "2026-03-02"]);
    expect(daysBetween("2026-02-27", "2026-03-02", true)).toHaveLength(4);
    expect(daysBetween("2026-03-02", "2026-02-27", true)).toEqual([]);
    expect(daysBetween("", "2026-02-27", true)).toEqual([]);
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  });

  it("read and write the clock", () => {
    expect(minutesOf("09:30")).toBe(570);
    expect(minutesOf("9:30")).toBeNull();
    expect(wallOf(570)).toBe("09:30");
  });
});
