"use server";

import { grantTime, voidAttempt } from "@bandwise/core/delivery/commands";
import { revalidatePath } from "next/cache";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function grantTimeAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await grantTime(context, {
      sectionId: textOf(form, "sectionId"),
      minutes: textOf(form, "minutes"),
      reason: textOf(form, "reason"),
    });
    revalidatePath("/admin/attempts", "layout");
    return null;
  });
}

export async function voidAttemptAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await voidAttempt(context, { attemptId: textOf(form, "attemptId"), reason: textOf(form, "reason") });
    revalidatePath("/admin/attempts", "layout");
    return null;
  });
}
