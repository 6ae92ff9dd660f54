"use server";

import { takeAdjudication, takeBenchmark } from "@bandwise/core/marking/commands";
import {
  appealHold,
  decideHold,
  publishPolicy,
  sendBackDoubtful,
  withdrawQualification,
} from "@bandwise/core/marking/lead-commands";
import type { RatedSkill } from "@bandwise/core/marking/schema";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function takeAdjudicationAction(skill: RatedSkill): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const script = await takeAdjudication(context, { skill });
    if (script) redirect(`/marking/${script.code}`);
    revalidatePath("/marking");
    return null;
  });
}

export async function takeBenchmarkAction(skill: RatedSkill): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const script = await takeBenchmark(context, { skill });
    if (script) redirect(`/marking/${script.code}`);
    revalidatePath("/marking");
    return null;
  });
}

export async function appealAction(skill: RatedSkill, appeal: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await appealHold(context, { skill, appeal });
    revalidatePath("/marking", "layout");
    return null;
  });
}

export async function decideHoldAction(
  holdId: string,
  verdict: "lifted" | "requalify",
  note: string,
): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await decideHold(context, { holdId, verdict, note });
    revalidatePath("/admin/marking", "layout");
    return null;
  });
}

export async function sendBackAction(holdId: string, reason: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await sendBackDoubtful(context, { holdId, reason });
    revalidatePath("/admin/marking", "layout");
    return null;
  });
}

export async function withdrawAction(personId: string, skill: RatedSkill, reason: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await withdrawQualification(context, { personId, skill, reason });
    revalidatePath("/admin/marking", "layout");
    return null;
  });
}

export async function publishPolicyAction(input: Parameters<typeof publishPolicy>[1]): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await publishPolicy(context, input);
    revalidatePath("/admin/marking", "layout");
    return null;
  });
}
