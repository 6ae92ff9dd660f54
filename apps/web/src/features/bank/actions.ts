"use server";

import { createItem, editItem } from "@bandwise/core/bank/commands";
import type { BankItem } from "@bandwise/core/bank/schema";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

export interface SavedItem {
  readonly itemId: string;
  readonly version: number;
}

export async function createItemAction(input: { item: BankItem; reason: string }): Promise<ActionResult<SavedItem>> {
  return runAction(async (context) => {
    const { itemId, version } = await createItem(context, input);
    revalidatePath("/admin/bank", "layout");
    return { itemId, version };
  });
}

export async function editItemAction(input: {
  itemId: string;
  basedOnVersion: number;
  item: BankItem;
  reason: string;
}): Promise<ActionResult<SavedItem>> {
  return runAction(async (context) => {
    const { itemId, version } = await editItem(context, input);
    revalidatePath("/admin/bank", "layout");
    return { itemId, version };
  });
}
