"use server";

import { confirmImport, discardImport } from "@bandwise/core/bank/import-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";

type Decided = ActionResult<{ importId: string }>;

export async function confirmImportAction(importId: string): Promise<Decided> {
  return runAction(async (context) => {
    const decided = await confirmImport(context, { importId });
    revalidatePath("/admin/bank", "layout");
    return decided;
  });
}

export async function discardImportAction(importId: string): Promise<Decided> {
  return runAction(async (context) => {
    const decided = await discardImport(context, { importId });
    revalidatePath("/admin/bank", "layout");
    return decided;
  });
}
