"use server";

import {
  askForRemark,
  declineAppeal,
  requestReplacement,
  settleAppealFee,
  startRemark,
  withdrawAppeal,
} from "@bandwise/core/results/appeal-commands";
import type { AppealSkill } from "@bandwise/core/results/appeal-schema";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");

export async function askForRemarkAction(
  _before: ActionResult<{ appealId: string }> | null,
  form: FormData,
): Promise<ActionResult<{ appealId: string }>> {
  return runAction(async (context) => {
    const { appealId } = await askForRemark(context, {
      resultId: text(form, "resultId"),
      // Whatever a form may hold: the command's schema says which words there are.
      skills: form.getAll("skills").map(String) as AppealSkill[],
      reason: text(form, "reason"),
    });
    revalidatePath("/results", "layout");
    return { appealId };
  });
}

export async function withdrawAppealAction(form: FormData): Promise<ActionResult<object>> {
  return runAction(async (context) => {
    const done = await withdrawAppeal(context, { appealId: text(form, "appealId") });
    revalidatePath("/results", "layout");
    return done;
  });
}

export async function settleFeeAction(form: FormData): Promise<ActionResult<object>> {
  return runAction(async (context) => {
    const done = await settleAppealFee(context, {
      appealId: text(form, "appealId"),
      fee: text(form, "fee") as "paid" | "waived",
    });
    revalidatePath("/admin/appeals", "layout");
    return done;
  });
}

export async function startRemarkAction(form: FormData): Promise<ActionResult<{ scripts: number }>> {
  return runAction(async (context) => {
    const done = await startRemark(context, { appealId: text(form, "appealId") });
    revalidatePath("/admin/appeals", "layout");
    return done;
  });
}

export async function declineAppealAction(form: FormData): Promise<ActionResult<object>> {
  return runAction(async (context) => {
    const done = await declineAppeal(context, { appealId: text(form, "appealId"), note: text(form, "note") });
    revalidatePath("/admin/appeals", "layout");
    return done;
  });
}

export async function requestReplacementAction(form: FormData): Promise<ActionResult<{ approvalId: string }>> {
  return runAction(async (context) => {
    const asked = await requestReplacement(context, { appealId: text(form, "appealId"), reason: text(form, "reason") });
    revalidatePath("/admin/appeals", "layout");
    revalidatePath("/admin/approvals");
    return asked;
  });
}
