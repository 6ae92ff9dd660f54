"use server";

import { requestReissue, requestRevocation, setStatusOnly } from "@bandwise/core/certificates/commands";
import { setNameOnBadge } from "@bandwise/core/certificates/named-badge-commands";
import type { SharedScore, SharePurpose } from "@bandwise/core/certificates/schema";
import { createShareLink, withdrawShareLink } from "@bandwise/core/certificates/share-commands";
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

export async function setNameOnBadgeAction(input: {
  certificateId: string;
  named: boolean;
}): Promise<ActionResult<{ named: boolean }>> {
  return runAction(async (context) => {
    const { named } = await setNameOnBadge(context, input);
    revalidatePath("/certificates");
    return { named };
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

export async function requestReissueAction(form: FormData): Promise<ActionResult<{ approvalId: string }>> {
  return runAction(async (context) => {
    const certificateId = String(form.get("certificateId") ?? "");
    const asked = await requestReissue(context, { certificateId, reason: String(form.get("reason") ?? "") });
    revalidatePath(`/admin/certificates/${certificateId}`);
    revalidatePath("/admin/approvals");
    return asked;
  });
}

export async function createShareLinkAction(
  _before: ActionResult<{ token: string }> | null,
  form: FormData,
): Promise<ActionResult<{ token: string }>> {
  return runAction(async (context) => {
    const text = (name: string) => String(form.get(name) ?? "");
    const { token } = await createShareLink(context, {
      certificateId: text("certificateId"),
      // Whatever a form may hold: the command's schema says which words there are.
      purpose: text("purpose") as SharePurpose,
      recipient: text("recipient"),
      recipientEmail: text("recipientEmail"),
      scores: form.getAll("scores").map(String) as SharedScore[],
      days: text("days"),
    });
    revalidatePath("/certificates");
    return { token };
  });
}

export async function withdrawShareLinkAction(form: FormData): Promise<ActionResult<{ linkId: string }>> {
  return runAction(async (context) => {
    const withdrawn = await withdrawShareLink(context, { linkId: String(form.get("linkId") ?? "") });
    revalidatePath("/certificates");
    return withdrawn;
  });
}
