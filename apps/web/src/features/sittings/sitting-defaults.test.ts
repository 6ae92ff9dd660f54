import { expect, it } from "vitest";
import { sittingDefaults } from "./sitting-defaults.ts";

it("proposes a working day a week ahead, with the deadlines before it", () => {
  expect(sittingDefaults(new Date("2026-03-04T12:00:00Z"), "Europe/Lisbon")).toEqual({
    startsAt: "2026-03-11T09:00",
    endsAt: "2026-03-11T17:00",
    bookBefore: "2026-03-10T18:00",
    changeBefore: "2026-03-09T18:00",
  });
  // A Saturday and a Sunday lead to the Monday after next.
  expect(sittingDefaults(new Date("2026-03-07T12:00:00Z"), "UTC").startsAt).toBe("2026-03-16T09:00");
  expect(sittingDefaults(new Date("2026-03-08T12:00:00Z"), "UTC").startsAt).toBe("2026-03-16T09:00");
});

it("counts days as the centre's calendar does", () => {
  expect(sittingDefaults(new Date("2026-03-04T22:00:00Z"), "Pacific/Auckland").startsAt).toBe("2026-03-12T09:00");
});
