import { expect, test } from "vitest";
import { automaticObstacle, type Releasable } from "./release-rules.ts";

const ready: Releasable = {
  status: "marked",
  reviewReason: null,
  resultStatus: "provisional",
  rule: "automatic",
  marksInDoubt: 0,
};

test("what is fully marked and in no doubt releases itself, if its programme says so", () => {
  expect(automaticObstacle(ready)).toBeNull();
  expect(automaticObstacle({ ...ready, rule: "by-admin" })).toMatch(/admin/);
});

test.each([
  [{ status: "marking" }, /not fully marked/],
  [{ status: "released" }, /already/],
  [{ reviewReason: "late answers" }, /late answers/],
  [{ resultStatus: null }, /worked out/],
  [{ marksInDoubt: 2 }, /queue stands still/],
] as const)("held back, with the reason: %o", (change, reason) => {
  expect(automaticObstacle({ ...ready, ...change })).toMatch(reason);
});
