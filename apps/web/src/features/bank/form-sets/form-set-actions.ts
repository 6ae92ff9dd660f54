"use server";

import {
  discardFormSet,
  makeFormSet,
  requestFormSetPublication,
  retireFormSet,
} from "@bandwise/core/bank/form-set-commands";
import type { FormOverlap } from "@bandwise/core/bank/form-set-schema";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "../form-text.ts";
import { formSetPath, formSetsPath } from "../list-params.ts";

export async function makeFormSetAction(
  _before: ActionResult<never> | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return runAction(async (context) => {
    const { formSetId } = await makeFormSet(context, {
      name: formText(form, "name"),
      programme: formText(form, "programme"),
      forms: formText(form, "forms"),
      tolerance: formText(form, "tolerance"),
      // Whatever a form may hold: the command's schema says which words there are.
      overlap: formText(form, "overlap") as FormOverlap,
      seed: formText(form, "seed"),
    });
    revalidatePath(formSetsPath);
    return redirect(formSetPath(formSetId));
  });
}

export async function discardFormSetAction(form: FormData): Promise<ActionResult<never>> {
  return runAction(async (context) => {
    await discardFormSet(context, { formSetId: formText(form, "formSetId") });
    revalidatePath(formSetsPath);
    return redirect(formSetsPath);
  });
}

export async function requestFormSetPublicationAction(form: FormData): Promise<ActionResult<{ approvalId: string }>> {
  return runAction(async (context) => {
    const formSetId = formText(form, "formSetId");
    const asked = await requestFormSetPublication(context, { formSetId, reason: formText(form, "reason") });
    revalidatePath(formSetPath(formSetId));
    revalidatePath("/admin/approvals");
    return asked;
  });
}

export async function retireFormSetAction(form: FormData): Promise<ActionResult<{ formSetId: string }>> {
  return runAction(async (context) => {
    const retired = await retireFormSet(context, {
      formSetId: formText(form, "formSetId"),
      reason: formText(form, "reason"),
    });
    revalidatePath(formSetPath(retired.formSetId));
    return retired;
  });
}
