import { expect, it } from "vitest";
import { displayAttributes, readDisplay } from "./display.ts";

it("writes only what was chosen, and passes over what no page of ours has written", () => {
  const attributes = (cookies: Record<string, string>) => displayAttributes((name) => cookies[name]);
  expect(attributes({})).toEqual({});
  expect(attributes({ theme: "dark", text: "largest", contrast: "high" })).toEqual({
    "data-theme": "dark",
    "data-text": "largest",
    "data-contrast": "high",
  });
  expect(attributes({ theme: "system", text: "standard", contrast: '"><script>' })).toEqual({});
});

it("reads a choice back", () => {
  expect(readDisplay("text", "large")).toBe("large");
  expect(readDisplay("text", undefined)).toBe("standard");
});
