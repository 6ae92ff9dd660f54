import { describe, expect, it } from "vitest";
import { isFromOwnPage, safeReturnPath } from "./own-origin.ts";

const from = (entries: Record<string, string>) => isFromOwnPage(new Headers(entries));

describe("isFromOwnPage", () => {
  it("takes a page of this host", () => {
    expect(from({ origin: "http://localhost:3000", host: "localhost:3000", "sec-fetch-site": "same-origin" })).toBe(
      true,
    );
    expect(from({ origin: "https://exam.example", "x-forwarded-host": "exam.example", host: "10.0.0.2:3000" })).toBe(
      true,
    );
  });

  it("refuses other sites, sandboxed frames, neighbours on another port or subdomain, and silence", () => {
    expect(from({ origin: "https://elsewhere.example", host: "exam.example" })).toBe(false);
    expect(from({ origin: "null", host: "exam.example" })).toBe(false);
    expect(from({ origin: "http://localhost:4000", host: "localhost:3000" })).toBe(false);
    expect(from({ "sec-fetch-site": "same-site", host: "exam.example", origin: "https://exam.example" })).toBe(false);
    expect(from({ "sec-fetch-site": "cross-site", host: "exam.example" })).toBe(false);
    expect(from({ host: "exam.example" })).toBe(false);
  });
});

describe("safeReturnPath", () => {
  it.each([
    ["/admin/people?page=2", "/admin/people?page=2"],
    ["//elsewhere.example", "/home"],
    ["/\\elsewhere.example", "/home"],
    ["https://elsewhere.example/", "/home"],
    ["/\t/elsewhere.example", "/home"],
    ["home", "/home"],
    [null, "/home"],
  ])("%s leads to %s", (path, expected) => {
    expect(safeReturnPath(path, "/home")).toBe(expected);
  });
});
