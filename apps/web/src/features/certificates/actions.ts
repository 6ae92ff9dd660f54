"use server";

import { requestRevocation, setStatusOnly } from "@bandwise/core/certificates/commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function setStatusOnlyAction(input: {
  certificateId: string;
  statusOnly: boolean;
}): Promise<ActionResult<{ statusOnly: boolean }>> {
  return runAction(async (context) => {
    const { statusOnly } = await setStatusOnly(context, input);
    revalidatePath("/certificates");
    return { statusOnly };
  });
}

export async function requestRevocationAction(form: FormData): Promise<ActionResult<{ approvalId: string }>> {
  return runAction(async (context) => {
    const certificateId = String(form.get("certificateId") ?? "");
    const asked = await requestRevocation(context, { certificateId, reason: String(form.get("reason") ?? "") });
    revalidatePath(`/admin/certificates/${certificateId}`);
    revalidatePath("/admin/approvals");
    return asked;
  });
}
