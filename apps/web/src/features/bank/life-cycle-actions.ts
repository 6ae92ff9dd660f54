"use server";

import {
  activateItemVersion,
  beginPretest,
  discardDraft,
  restItem,
  retireItem,
  submitForReview,
  takeOutOfAnchorPool,
  wakeItem,
  withdrawFromReview,
} from "@bandwise/core/bank/life-cycle-commands";
import type { ItemMove } from "@bandwise/core/bank/life-cycle-rules";
import { AppError } from "@bandwise/core/kernel/errors";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";

/** Moves of one version; a return is a review and a retirement concerns the whole item. */
const commands: Readonly<Partial<Record<ItemMove, typeof submitForReview>>> = {
  submit: submitForReview,
  withdraw: withdrawFromReview,
  discard: discardDraft,
  pretest: beginPretest,
  activate: activateItemVersion,
  rest: restItem,
  wake: wakeItem,
};

type Moved = ActionResult<{ itemId: string }>;

export async function moveVersionAction(form: FormData): Promise<Moved> {
  return runAction(async (context) => {
    const command = commands[formText(form, "move") as ItemMove];
    if (!command) throw new AppError("INVALID", "There is no such step.");
    const moved = await command(context, { versionId: formText(form, "versionId"), reason: formText(form, "reason") });
    revalidatePath("/admin/bank", "layout");
    return moved;
  });
}

export async function retireItemAction(form: FormData): Promise<Moved> {
  return runAction(async (context) => {
    const done = await retireItem(context, { itemId: formText(form, "itemId"), reason: formText(form, "reason") });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function takeOutOfAnchorPoolAction(form: FormData): Promise<Moved> {
  return runAction(async (context) => {
    const itemId = formText(form, "itemId");
    const done = await takeOutOfAnchorPool(context, { itemId, reason: formText(form, "reason") });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}
