import { describe, expect, it } from "vitest";
import { countWords, isAnswered, isSameAnswer, moved } from "./answers.ts";

describe("answers", () => {
  it("know an empty one", () => {
    for (const empty of [null, undefined, "", "  ", [], {}, { text: " " }]) expect(isAnswered(empty)).toBe(false);
    for (const full of ["a", ["a"], { p1: "a" }, { text: "x" }]) expect(isAnswered(full)).toBe(true);
  });
  it("are the same whatever the order of places", () => {
    expect(isSameAnswer({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
    expect(isSameAnswer({ p: { a: "1", b: "2" }, q: "3" }, { q: "3", p: { b: "2", a: "1" } })).toBe(true);
    expect(isSameAnswer({ p: { a: "1" } }, { p: { a: "2" } })).toBe(false);
    expect(isSameAnswer(["a", "b"], ["b", "a"])).toBe(false);
  });
  it("count words as a reader does", () => {
    expect(countWords("It’s a well-known fact – isn't it? 3 of 4.")).toBe(9);
    expect(countWords("")).toBe(0);
  });
  it("move an element", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 9)).toEqual(["b", "c", "a"]);
  });
});
