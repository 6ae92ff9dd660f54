import { expect, test } from "vitest";
import { readRange } from "./byte-range.ts";

test("one range is read, cut to the file", () => {
  expect(readRange("bytes=0-99", 1000)).toEqual({ first: 0, last: 99 });
  expect(readRange("bytes=100-", 1000)).toEqual({ first: 100, last: 999 });
  expect(readRange("bytes=-50", 1000)).toEqual({ first: 950, last: 999 });
  expect(readRange("bytes=900-5000", 1000)).toEqual({ first: 900, last: 999 });
});

test("no range, several or nonsense mean the whole file; one beyond its end cannot be met", () => {
  for (const header of [null, "bytes=-", "bytes=0-1,5-6", "lines=1-2"]) expect(readRange(header, 1000)).toBeNull();
  for (const header of ["bytes=1000-", "bytes=5-2", "bytes=-0"]) expect(readRange(header, 1000)).toBe("unsatisfiable");
});
