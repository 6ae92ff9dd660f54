"use server";

import { applyBulkEdit, type BulkReceipt, undoBulkEdit } from "@bandwise/core/bank/bulk-commands";
import { type BulkPreview, previewBulkEdit } from "@bandwise/core/bank/bulk-queries";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";

type PreviewInput = Parameters<typeof previewBulkEdit>[1];
type ApplyInput = Parameters<typeof applyBulkEdit>[1];

export async function previewBulkEditAction(input: PreviewInput): Promise<ActionResult<BulkPreview>> {
  return runAction((context) => previewBulkEdit(context, input));
}

export async function applyBulkEditAction(input: ApplyInput): Promise<ActionResult<BulkReceipt>> {
  return runAction(async (context) => {
    const receipt = await applyBulkEdit(context, input);
    revalidatePath("/admin/bank", "layout");
    return receipt;
  });
}

export async function undoBulkEditAction(form: FormData): Promise<ActionResult<BulkReceipt>> {
  return runAction(async (context) => {
    const receipt = await undoBulkEdit(context, { bulkEditId: formText(form, "bulkEditId") });
    revalidatePath("/admin/bank", "layout");
    return receipt;
  });
}
