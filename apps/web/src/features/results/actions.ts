"use server";

import { releaseResults, resolveReview } from "@bandwise/core/results/commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

/** Releases all of these attempts' results or none. */
export async function release(attemptIds: string[]): Promise<ActionResult<{ released: number }>> {
  return runAction(async (context) => {
    const receipt = await releaseResults(context, { attemptIds });
    revalidatePath("/admin", "layout");
    return receipt;
  });
}

/** Closes the review that held an attempt back; it is scored anew. */
export async function closeReview(attemptId: string): Promise<ActionResult<{ resultId: string | null }>> {
  return runAction(async (context) => {
    const receipt = await resolveReview(context, { attemptId });
    revalidatePath("/admin", "layout");
    return receipt;
  });
}
