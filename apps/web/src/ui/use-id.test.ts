import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/**
 * In a server component `useId` counts anew for every rendering on the server: after a click the fields of the new page have the
 * ids that the frame around them already has, and labels point at the wrong control.
 */
test("ids are made in the browser's components alone", () => {
  const here = new URL(".", import.meta.url);
  const makers = readdirSync(here).filter(
    (name) => name.endsWith(".tsx") && /\buseId\(\)/.test(readFileSync(new URL(name, here), "utf8")),
  );
  expect(makers.length).toBeGreaterThan(5);
  expect(makers.filter((name) => !readFileSync(new URL(name, here), "utf8").startsWith('"use client"'))).toEqual([]);
});
