"use server";

import { addComment, approveVersion, resolveComment, returnVersion } from "@bandwise/core/bank/review-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";

type Reviewed = ActionResult<{ itemId: string }>;

export async function approveVersionAction(form: FormData): Promise<Reviewed> {
  return runAction(async (context) => {
    const without = formText(form, "solvedWithoutStimulus");
    const done = await approveVersion(context, {
      versionId: formText(form, "versionId"),
      summary: formText(form, "summary"),
      review: {
        checklist: form.getAll("checklist").map(String),
        ...(formText(form, "solvedWithStimulus") !== "" && {
          solvedWithStimulus: formText(form, "solvedWithStimulus"),
        }),
        ...((without === "chance" || without === "better-than-chance") && { solvedWithoutStimulus: without }),
      },
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function returnVersionAction(form: FormData): Promise<Reviewed> {
  return runAction(async (context) => {
    const done = await returnVersion(context, {
      versionId: formText(form, "versionId"),
      checklist: form.getAll("checklist").map(String),
      summary: formText(form, "summary"),
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function addCommentAction(form: FormData): Promise<Reviewed> {
  return runAction(async (context) => {
    const done = await addComment(context, {
      versionId: formText(form, "versionId"),
      field: formText(form, "field"),
      text: formText(form, "text"),
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function resolveCommentAction(form: FormData): Promise<Reviewed> {
  return runAction(async (context) => {
    const done = await resolveComment(context, { commentId: formText(form, "commentId") });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}
