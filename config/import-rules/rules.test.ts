import { fileURLToPath } from "node:url";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { describe, expect, it } from "vitest";
import rules from "./rules.mjs";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));

const { exclude: _, webpackConfig: __, ...options } = rules.options;
const { output } = await cruise(["apps", "packages"], {
  ...(options as ICruiseOptions),
  baseDir: fixtures,
  validate: true,
  ruleSet: { forbidden: rules.forbidden } as NonNullable<ICruiseOptions["ruleSet"]>,
});
const fired = new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name));

describe("each import rule fires on a bad example", () => {
  it.each(rules.forbidden.map(({ name }) => name))("%s", (name) => {
    expect([...fired]).toContain(name);
  });

  it("and all of them are errors", () => {
    expect(rules.forbidden.every(({ severity }) => severity === "error")).toBe(true);
  });
});
