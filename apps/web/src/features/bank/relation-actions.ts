"use server";

import { listFilterChoices, listItems } from "@bandwise/core/bank/list-queries";
import {
  addToItemSet,
  createItemSet,
  declareEnemies,
  editSetStimulus,
  reconcileEnemies,
  removeFromItemSet,
} from "@bandwise/core/bank/relation-commands";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "./form-text.ts";
import type { Suggestion } from "./suggested-field.tsx";

type Related = ActionResult<unknown>;

/** Items whose names begin so, or whose texts hold the word. */
export async function suggestItems(typed: string): Promise<readonly Suggestion[]> {
  const answer = await runAction((context) => listItems(context, { search: typed, pageSize: 8 }));
  return answer.ok
    ? answer.value.rows.map(({ slug, level, stem }) => ({ name: slug, about: `${level} · ${stem}` }))
    : [];
}

/** Sets whose name or title holds what was typed. */
export async function suggestSets(typed: string): Promise<readonly Suggestion[]> {
  const answer = await runAction((context) => listFilterChoices(context, {}));
  if (!answer.ok) return [];
  const part = typed.trim().toLowerCase();
  return answer.value.sets
    .filter(({ slug, title }) => slug.includes(part) || title.toLowerCase().includes(part))
    .slice(0, 8)
    .map(({ slug, title }) => ({ name: slug, about: title }));
}

/** A name that is no set yet begins one; the name of a set joins it. */
export async function joinSetAction(form: FormData): Promise<Related> {
  return runAction(async (context) => {
    const itemId = formText(form, "itemId");
    const slug = formText(form, "slug").trim();
    const title = formText(form, "title").trim();
    const done =
      title === ""
        ? await addToItemSet(context, { itemId, setSlug: slug })
        : await createItemSet(context, { itemId, slug, title });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function leaveSetAction(form: FormData): Promise<Related> {
  return runAction(async (context) => {
    const done = await removeFromItemSet(context, { itemId: formText(form, "itemId") });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function declareEnemiesAction(form: FormData): Promise<Related> {
  return runAction(async (context) => {
    const done = await declareEnemies(context, {
      itemId: formText(form, "itemId"),
      otherSlug: formText(form, "otherSlug").trim(),
      reason: formText(form, "reason"),
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function reconcileEnemiesAction(form: FormData): Promise<Related> {
  return runAction(async (context) => {
    const done = await reconcileEnemies(context, {
      itemId: formText(form, "itemId"),
      otherId: formText(form, "otherId"),
    });
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}

export async function editSetStimulusAction(
  input: Parameters<typeof editSetStimulus>[1],
): Promise<ActionResult<{ items: number }>> {
  return runAction(async (context) => {
    const done = await editSetStimulus(context, input);
    revalidatePath("/admin/bank", "layout");
    return done;
  });
}
