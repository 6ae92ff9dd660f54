/** What can go wrong, as far as a caller can act on it. Each face (web, HTTP, command line) maps these in one place. */
export const errorCodes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "INVALID",
  "CONFLICT",
  "LOCKED",
  "RATE_LIMITED",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * Marks our errors. A web bundle may hold this module twice (a page's and a route's copy), and an error thrown by what one
 * copy made must be known to the other: `instanceof` therefore asks for the mark, not for the class.
 */
const mark = Symbol.for("bandwise.AppError");

/** `userMessage` is shown as it stands; `cause` and the stack are for the log alone. */
export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value;
  }

  readonly [mark] = true;
  readonly code: ErrorCode;
  readonly userMessage: string;
  /** For INVALID: input field → the rule it broke. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    userMessage: string,
    options: { cause?: unknown; fields?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${code}: ${userMessage}`, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.userMessage = userMessage;
    this.fields = options.fields ?? {};
  }
}

export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", `${what} was not found.`);
}

/** Someone else changed the row first; nothing was written. */
export function conflict(userMessage = "Someone changed this first. Reload to see how it stands now."): AppError {
  return new AppError("CONFLICT", userMessage);
}

export function invalid(field: string, rule: string): AppError {
  return new AppError("INVALID", `${field}: ${rule}`, { fields: { [field]: rule } });
}
