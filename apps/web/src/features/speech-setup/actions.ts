"use server";

import { trySpeechToText } from "@bandwise/core/marking/speech-setup-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

export async function trySpeechToTextAction(): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await trySpeechToText(context, {});
    revalidatePath("/admin/speech");
    return null;
  });
}
