import { randomUUID } from "node:crypto";
import { AppError, type ErrorCode } from "@bandwise/core/kernel/errors";
import type { Logger } from "pino";

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

const statusOf: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID: 422,
  CONFLICT: 409,
  LOCKED: 423,
  RATE_LIMITED: 429,
  INTERNAL: 500,
};

export function httpStatus(code: ErrorCode): number {
  return statusOf[code];
}

/** What may leave the server about an error: ours as it stands, anything else as an id that the log explains. */
export function describeFailure(error: unknown, log: Logger | null): Failure {
  if (error instanceof AppError && error.code !== "INTERNAL") {
    return { code: error.code, message: error.userMessage, fields: error.fields };
  }
  const errorId = randomUUID().slice(0, 8);
  log?.error({ err: error, errorId }, "request failed");
  return { code: "INTERNAL", message: `Something went wrong on our side. Error ${errorId}.`, fields: {} };
}
