"use server";

import { addComment, approveVersion, resolveComment, returnVersion } from "@bandwise/core/bank/review-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";

type Reviewed = ActionResult<{ itemId: string }>;

export async function approveVersionAction(form: FormData): Promise<Reviewed> {
  return runAction(async (context) => {
    const without = formText(form, "solvedWithoutStimulus");
    const solution = formText(form, "solvedWithStimulus");
    const done = await approveVersion(context, {
      versionId: formText(form, "versionId"),
      summary: formText(form, "summary"),
      review: {
        checklist: form.getAll("checklist").map(String),
        ...(solution !== "" && solution !== "null" && { solvedWithStimulus: readSolution(solution) }),
        ...((without === "chance" || without === "better-than-chance") && { solvedWithoutStimulus: without }),
      },
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

/** As the page's form put it; what is no JSON came from no page of ours and solves nothing. */
function readSolution(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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
