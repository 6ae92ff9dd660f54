import { expect, it } from "vitest";
import { withParams } from "./url.ts";

it("keeps what is there, replaces what is named and removes what is null", () => {
  const current = { q: "tide", level: ["B1", "B2"], page: "3", sort: undefined };
  expect(withParams("/items", current, { page: null, sort: "facility" })).toBe(
    "/items?q=tide&level=B1&level=B2&sort=facility",
  );
  expect(withParams("/items", { page: "2" }, { page: null })).toBe("/items");
  expect(withParams("/items", new URLSearchParams("a=1&a=2"), { b: 3 })).toBe("/items?a=1&a=2&b=3");
});
