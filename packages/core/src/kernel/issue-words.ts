import type { z } from "zod";

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "yes or no",
  array: "a list",
  object: "a group of fields",
  record: "a group of fields",
  date: "a date",
};

const formats: Readonly<Record<string, string>> = {
  email: "an e-mail address",
  uuid: "an identifier",
  url: "an address",
  date: "a date such as 2026-03-31",
  datetime: "a date and time",
};

/**
 * The rule a value breaks, as a person reads it after the name of the field; given to every `safeParse` whose answer somebody
 * sees. A message of the schema's own comes first. @returns undefined where zod's words have to do.
 */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "too_small":
      return amount(issue.origin, Number(issue.minimum), "at least", issue.inclusive === false ? "more than" : null);
    case "too_big":
      return amount(issue.origin, Number(issue.maximum), "at most", issue.inclusive === false ? "less than" : null);
    case "invalid_format":
      return formats[issue.format] === undefined ? undefined : `must be ${formats[issue.format]}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has ${issue.keys.length === 1 ? "a field" : "fields"} nobody knows: ${issue.keys.join(", ")}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_union":
      return "is of no kind that is known here";
    default:
      return undefined;
  }
}

function amount(origin: string, limit: number, bound: string, strict: string | null): string {
  const words = strict ?? bound;
  if (origin === "string") {
    return limit === 1 && bound === "at least" ? "is missing" : `must have ${words} ${counted(limit, "character")}`;
  }
  if (origin === "array" || origin === "set") {
    return `must have ${words} ${limit === 1 ? "1 entry" : `${limit} entries`}`;
  }
  return origin === "number" || origin === "int" ? `must be ${words} ${limit}` : `is not ${words} what it may be`;
}
