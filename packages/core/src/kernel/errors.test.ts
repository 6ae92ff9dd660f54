import { expect, test, vi } from "vitest";
import { AppError } from "./errors.ts";

test("an error made by another copy of this module is still one of ours", async () => {
  vi.resetModules();
  const other = await import("./errors.ts");
  expect(other.AppError).not.toBe(AppError);
  expect(new other.AppError("RATE_LIMITED", "Too many attempts.") instanceof AppError).toBe(true);
  expect(new Error("RATE_LIMITED") instanceof AppError).toBe(false);
});
