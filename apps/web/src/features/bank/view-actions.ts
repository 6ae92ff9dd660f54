"use server";

import { deleteView, renameView, saveView } from "@bandwise/core/bank/view-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";

type Kept = ActionResult<{ viewId: string }>;

export async function saveViewAction(form: FormData): Promise<Kept> {
  return runAction(async (context) => {
    const done = await saveView(context, {
      name: formText(form, "name"),
      query: Object.fromEntries(new URLSearchParams(formText(form, "query"))),
    });
    revalidatePath("/admin/bank");
    return done;
  });
}

export async function renameViewAction(form: FormData): Promise<Kept> {
  return runAction(async (context) => {
    const done = await renameView(context, { viewId: formText(form, "viewId"), name: formText(form, "name") });
    revalidatePath("/admin/bank");
    return done;
  });
}

export async function deleteViewAction(form: FormData): Promise<Kept> {
  return runAction(async (context) => {
    const done = await deleteView(context, { viewId: formText(form, "viewId") });
    revalidatePath("/admin/bank");
    return done;
  });
}
