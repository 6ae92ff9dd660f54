"use server";

import { promoteVersion, requestCalibration, rollBackVersion } from "@bandwise/core/marking/machine-commands";
import type { MachineScheme } from "@bandwise/core/marking/machine-schema";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function calibrateAction(scheme: MachineScheme): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await requestCalibration(context, { scheme });
    revalidatePath("/admin/machine");
    return null;
  });
}

export async function promoteAction(versionId: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await promoteVersion(context, { versionId });
    revalidatePath("/admin/machine");
    return null;
  });
}

export async function rollBackAction(versionId: string, reason: string): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await rollBackVersion(context, { versionId, reason });
    revalidatePath("/admin/machine");
    return null;
  });
}
