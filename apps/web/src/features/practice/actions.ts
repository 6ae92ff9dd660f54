"use server";

import { deletePracticeTake, setPracticeGoal } from "@bandwise/core/practice/commands";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function setGoalAction(_before: ActionResult<null> | null, form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await setPracticeGoal(context, {
      // Whatever was sent: the command says what it may be.
      level: textOf(form, "level") as "B2",
      until: textOf(form, "until") || null,
      weekdays: form.getAll("weekdays"),
      tasksADay: textOf(form, "tasksADay"),
    });
    revalidatePath("/practice");
    return null;
  });
}

export async function deleteTakeAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await deletePracticeTake(context, { takeId: textOf(form, "takeId") });
    revalidatePath("/practice");
    redirect("/practice");
  });
}
