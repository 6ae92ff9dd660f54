import { describe, expect, it } from "vitest";
import {
  formatAway,
  formatClock,
  formatDate,
  formatDuration,
  formatFixed,
  formatPercent,
  formatRange,
  formatShortDate,
  formatSigned,
  formatTime,
  formatWeekdayDate,
} from "./format.ts";

const at = new Date("2026-03-02T23:38:20Z");

describe("dates", () => {
  it("are told in the zone they are asked for", () => {
    expect(formatDate(at, "UTC")).toBe("2 March 2026");
    expect(formatDate(at, "Europe/Warsaw")).toBe("3 March 2026");
    expect(formatTime(at, "Europe/Warsaw")).toBe("00:38");
    expect(formatShortDate("2026-09-05T10:00:00Z", "UTC")).toBe("5 Sep 2026");
    expect(formatWeekdayDate("2026-06-06T09:00:00Z", "UTC")).toBe("Saturday 6 June 2026");
  });
});

describe("spans of time", () => {
  it("count a started second until it is over", () => {
    expect(formatClock(684)).toBe("11:24");
    expect(formatClock(0.2)).toBe("0:01");
    expect(formatClock(-3)).toBe("0:00");
    expect(formatClock(3900)).toBe("1:05:00");
  });
  it("read as people say them", () => {
    expect(formatDuration((50 * 60 + 10) * 60_000)).toBe("50 h 10 min");
    expect(formatDuration((44 * 60 + 2) * 60_000)).toBe("44 h 02 min");
    expect(formatDuration(25 * 60_000)).toBe("25 min");
    expect(formatAway("2026-03-12T13:00:00Z", "2026-06-06T09:00:00Z")).toBe("in 12 weeks");
    expect(formatAway("2026-03-12T13:00:00Z", "2026-03-09T12:00:00Z")).toBe("3 days ago");
    expect(formatAway("2026-03-12T13:00:00Z", "2026-03-12T14:00:00Z")).toBe("in 1 hour");
    expect(formatAway("2026-03-12T13:00:00Z", "2027-03-20T14:00:00Z")).toBe("in 1 year");
  });
});

describe("figures", () => {
  it("carry a true minus and never a minus nought", () => {
    expect(formatFixed(-0.14, 2)).toBe("−0.14");
    expect(formatFixed(-0.001, 2)).toBe("0.00");
    expect(formatSigned(0.08, 2)).toBe("+0.08");
    expect(formatSigned(0.001, 2)).toBe("0.00");
    expect(formatRange(6.2, 6.8)).toBe("6.20–6.80");
    expect(formatPercent(65)).toBe("65.00\u202f%");
  });
});
