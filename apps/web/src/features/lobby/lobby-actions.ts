"use server";

import { checkIn } from "@bandwise/core/delivery/commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function checkInAction(input: {
  attemptId: string;
  privacyNotice: boolean;
  recordingConsent: boolean;
  languageModel: boolean;
  ofAge: boolean;
  guardianName: string;
}): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const { guardianName, privacyNotice, recordingConsent, ...rest } = input;
    await checkIn(context, {
      ...rest,
      // The schema takes nothing but a yes for both; a no is its to refuse.
      privacyNotice: privacyNotice as true,
      recordingConsent: recordingConsent as true,
      ...(guardianName.trim() !== "" && { guardianName }),
    });
    revalidatePath(`/attempts/${input.attemptId}/lobby`);
    return null;
  });
}
