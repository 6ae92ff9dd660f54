import { expect, test } from "vitest";
import { placesOf, withPlace } from "./answer-props.ts";

test("places are filled, changed and emptied one by one", () => {
  expect(withPlace(null, "1", "a")).toEqual({ 1: "a" });
  expect(withPlace({ 1: "a" }, "2", ["b", "c"])).toEqual({ 1: "a", 2: ["b", "c"] });
  expect(withPlace({ 1: "a", 2: "b" }, "1", "c")).toEqual({ 1: "c", 2: "b" });
  expect(withPlace({ 1: "a", 2: "b" }, "2", null)).toEqual({ 1: "a" });
  expect(withPlace({ 1: "a" }, "1", null)).toBeNull();
});

test("an answer of another kind has no places", () => {
  for (const value of [null, "a", ["a"]]) expect(placesOf(value)).toEqual({});
});
