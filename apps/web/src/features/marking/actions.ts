"use server";

import { conflict } from "@bandwise/core/kernel/errors";
import { reopenScript, returnScript, takeScript } from "@bandwise/core/marking/commands";
import { getScriptForMarking } from "@bandwise/core/marking/queries";
import { takeScriptInput } from "@bandwise/core/marking/schema";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";

/** Leads to the next script of a skill; comes back where none waits. */
export async function takeNextAction(skill: "writing" | "speaking"): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const script = await takeScript(context, takeScriptInput.parse({ skill }));
    if (script) redirect(`/marking/${script.code}`);
    revalidatePath("/marking");
    return null;
  });
}

export async function putBackAction(code: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const { id, lease } = await getScriptForMarking(context, { code });
    if (!lease) throw conflict("This script is back in the queue already.");
    await returnScript(context, { scriptId: id, leaseToken: lease.token });
    revalidatePath("/marking");
    return null;
  });
}

export async function reopenAction(scriptId: string, reason: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await reopenScript(context, { scriptId, reason });
    revalidatePath("/admin", "layout");
    return null;
  });
}
