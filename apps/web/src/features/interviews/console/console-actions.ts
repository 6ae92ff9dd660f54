"use server";

import { checkIdentity, renewCardCode, turnAwayCandidate } from "@bandwise/core/interviews/commands";
import { turnAwayReasons } from "@bandwise/core/interviews/rules";
import { documents } from "@bandwise/core/interviews/schema";
import { AppError } from "@bandwise/core/kernel/errors";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";

function oneOf<T extends string>(known: readonly T[], given: string): T {
  const found = known.find((value) => value === given);
  if (!found) throw new AppError("INVALID", "Choose one of the list.");
  return found;
}

export async function checkIdentityAction(attemptId: string, form: FormData): Promise<ActionResult<{ same: boolean }>> {
  return runAction(async (context) => {
    if (form.get("privacy") === null || form.get("recording") === null) {
      throw new AppError("INVALID", "The candidate has to accept both before the interview can begin.");
    }
    const guardianName = textOf(form, "guardianName");
    return checkIdentity(context, {
      attemptId,
      document: oneOf(documents, textOf(form, "document")),
      nameOnDocument: textOf(form, "nameOnDocument"),
      privacyNotice: true,
      recordingConsent: true,
      ofAge: form.get("ofAge") !== null,
      ...(guardianName && { guardianName }),
    });
  });
}

export async function turnAwayAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const because = oneOf(turnAwayReasons, textOf(form, "because"));
    await turnAwayCandidate(context, { attemptId: textOf(form, "attemptId"), because });
    return null;
  });
}

export async function renewCardCodeAction(attemptId: string): Promise<ActionResult<{ code: string; until: Date }>> {
  return runAction((context) => renewCardCode(context, { attemptId }));
}
