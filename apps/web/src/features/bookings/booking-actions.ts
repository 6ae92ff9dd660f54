"use server";

import { bookSitting, cancelBooking, moveBooking } from "@bandwise/core/delivery/commands";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function bookAction(_before: ActionResult<null> | null, form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const attemptId = textOf(form, "attemptId");
    const sittingId = textOf(form, "sittingId");
    if (attemptId) await moveBooking(context, { attemptId, toSittingId: sittingId });
    else await bookSitting(context, { sittingId });
    revalidatePath("/home");
    redirect("/home");
  });
}

export async function cancelBookingAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await cancelBooking(context, { attemptId: textOf(form, "attemptId") });
    revalidatePath("/home");
    return null;
  });
}
