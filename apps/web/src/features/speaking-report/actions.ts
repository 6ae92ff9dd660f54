"use server";

import { askForRemark } from "@bandwise/core/results/appeal-commands";
import { revalidatePath } from "next/cache";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function askForPersonAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await askForRemark(context, {
      resultId: textOf(form, "resultId"),
      skills: ["speaking"],
      reason: "A machine rated this: the candidate asks for a human examiner.",
    });
    revalidatePath("/attempts");
    return null;
  });
}
