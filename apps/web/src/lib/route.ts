import "server-only";
import { AppError } from "@bandwise/core/kernel/errors";
import type { NextRequest } from "next/server";
import { routeContext, type ViewerResolver, type WebContext } from "./context.ts";
import { describeFailure, type Failure, httpStatus } from "./failure.ts";
import { isFromOwnPage, isSafeMethod } from "./own-origin.ts";

interface RouteOptions {
  readonly viewer?: ViewerResolver;
  /** A question too long for an address: asked by POST, yet it changes nothing, so other sites and programs may ask. */
  readonly changesNothing?: boolean;
}

type Handler<P> = (request: NextRequest, route: { params: Promise<P> }) => Promise<Response>;

/**
 * The body of every route handler: CSRF check for whatever is not a read, the viewer, errors as JSON
 * `{error: {code, message, fields}}` with their status, and nothing kept in caches unless the answer says so.
 */
export function handleRoute<P extends Record<string, string | string[]> = Record<string, never>>(
  work: (context: WebContext, request: NextRequest, params: P) => Promise<Response>,
  options: RouteOptions = {},
): Handler<P> {
  return async (request, route) => {
    let context: WebContext | null = null;
    try {
      if (!options.changesNothing && !isSafeMethod(request.method) && !isFromOwnPage(request.headers)) {
        throw new AppError("FORBIDDEN", "This request did not come from a page of this site.");
      }
      context = await routeContext(request, options.viewer);
      const response = await work(context, request, await route.params);
      if (!response.headers.has("cache-control")) {
        // Answers to writes are a few words: compressing them would cost the server more than making them.
        response.headers.set("cache-control", isSafeMethod(request.method) ? "no-store" : "no-store, no-transform");
      }
      return response;
    } catch (error) {
      return failureResponse(describeFailure(error, context?.log ?? null));
    }
  };
}

function failureResponse(failure: Failure): Response {
  return Response.json(
    { error: { code: failure.code, message: failure.message, fields: failure.fields } },
    { status: httpStatus(failure.code), headers: { "cache-control": "no-store" } },
  );
}

/** The body as JSON. Larger than `maxBytes` is refused before it is parsed. */
export async function readJson(request: Request, maxBytes = 256 * 1024): Promise<unknown> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError("INVALID", "The request is not JSON.", { cause });
  }
}

/** The body as bytes, stopping as soon as it passes `maxBytes`, whatever its headers promised. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError("INVALID", `The request is larger than ${Math.floor(maxBytes / 1024)} kB.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
