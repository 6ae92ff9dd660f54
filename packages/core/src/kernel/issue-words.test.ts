import { expect, test } from "vitest";
import { z } from "zod";
import { issueWords } from "./issue-words.ts";

test.each([
  [z.string(), undefined, "is missing"],
  [z.string(), 3, "must be text"],
  [z.string().min(1), "", "is missing"],
  [z.string().min(3), "ab", "must have at least 3 characters"],
  [z.string().max(1), "ab", "must have at most 1 character"],
  [z.array(z.string()).min(2), ["a"], "must have at least 2 entries"],
  [z.array(z.string()).max(1), ["a", "b"], "must have at most 1 entry"],
  [z.number().min(-4), -5, "must be at least -4"],
  [z.number().positive(), 0, "must be more than 0"],
  [z.int(), 1.5, "must be a whole number"],
  [z.enum(["a", "b"]), "c", "must be one of a, b"],
  [z.literal("x"), "y", "must be x"],
  [z.uuid(), "no", "must be an identifier"],
  [z.email(), "no", "must be an e-mail address"],
  [z.strictObject({}), { extra: 1 }, "has a field nobody knows: extra"],
  [z.number().multipleOf(5), 7, "must be a multiple of 5"],
  [z.union([z.string(), z.number()]), null, "is of no kind that is known here"],
  [z.string().min(3, "say why"), "", "say why"],
])("%# says the rule in words", (schema, value, words) => {
  expect(schema.safeParse(value, { error: issueWords }).error?.issues[0]?.message).toBe(words);
});
