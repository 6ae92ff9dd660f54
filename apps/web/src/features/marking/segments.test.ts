import { expect, test } from "vitest";
import { inOrder, segmentsOf } from "./segments.ts";

const note = "x";

test("a text is cut where comments begin and end, and loses nothing", () => {
  const text = "Dear Sam, I come tomorrow.";
  const found = segmentsOf(text, [
    { start: 10, end: 16, note },
    { start: 5, end: 12, note },
    { atSeconds: 3, note },
    { start: 20, end: 900, note },
  ]);
  expect(found.map((segment) => segment.text).join("")).toBe(text);
  expect(found.map(({ covered }) => covered)).toEqual([[], [1], [0, 1], [0], []]);
  expect(found.flatMap(({ begins }) => begins)).toEqual([1, 0]);
});

test("an empty text has no segments, a text without comments one", () => {
  expect(segmentsOf("", [])).toEqual([]);
  expect(segmentsOf("abc", [])).toMatchObject([{ text: "abc", covered: [] }]);
});

test("comments are listed as the answer goes", () => {
  expect(
    inOrder([
      { atSeconds: 9, note },
      { atSeconds: 2, note },
    ]).map(({ index }) => index),
  ).toEqual([1, 0]);
});
