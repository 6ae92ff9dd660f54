import { expect, it } from "vitest";
import { pageInput } from "./page.ts";

it("a page that is none is the first one", () => {
  for (const page of ["two", "-1", "0", "1.5", "9999999", null]) expect(pageInput.parse({ page }).page).toBe(1);
  expect(pageInput.parse({})).toEqual({ page: 1, pageSize: 25 });
  expect(pageInput.parse({ page: "7" }).page).toBe(7);
});
