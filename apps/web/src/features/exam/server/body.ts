import "server-only";
import { AppError } from "@bandwise/core/kernel/errors";
import { readJson } from "../../../lib/route.ts";

/**
 * The body of a request with the ids of its address, as the input of a command. Nothing is checked here: each command
 * parses its input with its own schema before it does anything.
 */
export async function readInput<I>(
  request: Request,
  ids: Readonly<Record<string, string>>,
  maxBytes = 64 * 1024,
): Promise<I> {
  const body = await readJson(request, maxBytes);
  if (body === null || typeof body !== "object" || Array.isArray(body)) {
    throw new AppError("INVALID", "The request is not a JSON object.");
  }
  return { ...body, ...ids } as I;
}
