import { expect, it } from "vitest";
import { cookieOf } from "./cookie.ts";

const cookie = (header: string, name: string) =>
  cookieOf(new Request("http://site.test", { headers: { cookie: header } }), name);

it("finds one cookie among others and reads its escapes", () => {
  expect(cookie("a=1; exam=x%2Ey; b=2", "exam")).toBe("x.y");
  expect(cookie("examiner=1", "exam")).toBeUndefined();
  expect(cookieOf(new Request("http://site.test"), "exam")).toBeUndefined();
});

it("takes one with broken escapes for none", () => {
  expect(cookie("exam=%E0%A4%A", "exam")).toBeUndefined();
  expect(cookie("exam=%", "exam")).toBeUndefined();
});
