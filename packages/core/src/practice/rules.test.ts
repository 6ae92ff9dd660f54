import { expect, test } from "vitest";
import { dayIn, nextToPractise, practiceCalendar } from "./rules.ts";

const at = (iso: string) => ({ createdAt: new Date(iso) });
const goal = { weekdays: [1, 3], tasksADay: 2, since: new Date("2026-02-01T10:00:00Z") };
// A Wednesday.
const now = new Date("2026-03-04T12:00:00Z");

test("weeks begin on Monday; planned days are done, missed or coming", () => {
  const weeks = practiceCalendar(
    [at("2026-03-02T10:00:00Z"), at("2026-03-02T11:00:00Z"), at("2026-03-04T09:00:00Z"), at("2026-03-03T09:00:00Z")],
    goal,
    now,
    "UTC",
    1,
  );
  expect(weeks.map(([monday]) => monday?.date)).toEqual(["2026-02-23", "2026-03-02", "2026-03-09"]);
  expect(weeks[0]?.[0]).toMatchObject({ planned: true, state: "missed" });
  expect(weeks[1]?.slice(0, 4).map(({ state }) => state)).toEqual(["done", "done", "coming", "free"]);
  expect(weeks[2]?.[0]?.state).toBe("coming");
});

test("no day before a goal was set is missed", () => {
  const [before, week] = practiceCalendar([], { ...goal, since: new Date("2026-03-02T22:00:00Z") }, now, "UTC", 1);
  expect(before?.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => "free"));
  expect(week?.slice(0, 3).map(({ state }) => state)).toEqual(["missed", "free", "coming"]);
});

test("a day is the person's own", () => {
  expect(dayIn("Pacific/Auckland", new Date("2026-03-01T20:00:00Z"))).toBe("2026-03-02");
  const [week] = practiceCalendar([at("2026-03-01T20:00:00Z")], null, now, "Pacific/Auckland", 0);
  expect(week?.[0]).toMatchObject({ takes: 1, state: "done" });
});

test("next comes what was never practised, then what lies back longest", () => {
  const tasks = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const takes = [
    { itemVersionId: "a", createdAt: new Date(3) },
    { itemVersionId: "b", createdAt: new Date(2) },
  ];
  expect(nextToPractise(tasks, takes)?.id).toBe("c");
  expect(nextToPractise(tasks.slice(0, 2), takes)?.id).toBe("b");
  expect(nextToPractise([], takes)).toBeUndefined();
});
