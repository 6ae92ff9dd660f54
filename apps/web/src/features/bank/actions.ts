"use server";

import { activateItemVersion, createItem, editItem, retireItem } from "@bandwise/core/bank/commands";
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

const given = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

export async function activateVersionAction(form: FormData): Promise<ActionResult<{ itemId: string }>> {
  return runAction(async (context) => {
    const done = await activateItemVersion(context, {
      versionId: given(form, "versionId"),
      reason: given(form, "reason"),
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function retireItemAction(form: FormData): Promise<ActionResult<{ itemId: string }>> {
  return runAction(async (context) => {
    const done = await retireItem(context, { itemId: given(form, "itemId"), reason: given(form, "reason") });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}
