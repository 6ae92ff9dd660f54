import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL(".", import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);

/** What would make a result depend on anything but its input. */
function impurities(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const imports = [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
  const foreign = imports.filter((name) => !name.startsWith("./") && !name.startsWith("../"));
  const impure =
    code.match(/\bDate\b|Math\.random|\bprocess\b|\bperformance\b|globalThis|\bcrypto\b|\bIntl\b|toLocale\w+/g) ?? [];
  return [...foreign, ...impure];
}

describe("the package", () => {
  it.each(sources)("%s depends on nothing outside, no clock and no randomness", (name) => {
    expect(impurities(readFileSync(new URL(name, root), "utf8"))).toEqual([]);
  });

  it("would notice", () => {
    expect(impurities('import { z } from "zod";\nconst now = Date.now(); // fine\nconst r = Math.random();')).toEqual([
      "zod",
      "Date",
      "Math.random",
    ]);
  });
});
