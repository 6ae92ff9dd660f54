import "server-only";
import { AppError } from "@bandwise/core/kernel/errors";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { requestContext, type WebContext } from "./context.ts";
import { describeFailure, type Failure } from "./failure.ts";
import { isFromOwnPage } from "./own-origin.ts";

export type ActionResult<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);

/**
 * The body of every server action: the request must come from a page of ours (Next lets one without an Origin header
 * through), the viewer is looked up, and errors come back as values that a form can show. `redirect()` inside works.
 */
export async function runAction<T>(work: (context: WebContext) => Promise<T>): Promise<ActionResult<T>> {
  let context: WebContext | null = null;
  try {
    const asked = await headers();
    if (asked.get("origin") === null || !isFromOwnPage(asked)) {
      throw new AppError("FORBIDDEN", "This request did not come from a page of this site. Reload and try again.");
    }
    context = await requestContext();
    return { ok: true, value: await work(context) };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, ...describeFailure(error, context?.log ?? null) };
  }
}
