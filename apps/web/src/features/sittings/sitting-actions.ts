"use server";

import { cancelSitting, openSitting, updateSitting } from "@bandwise/core/delivery/commands";
import { getSittingChoices } from "@bandwise/core/delivery/queries";
import { AppError } from "@bandwise/core/kernel/errors";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { textOf } from "@/features/people/form-text.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { instantOf } from "./zoned-time.ts";

const timeFields = ["startsAt", "endsAt", "bookBefore", "changeBefore"] as const;

/** The form's times are those of its centre's wall clock. */
function readTimes(form: FormData, timeZone: string) {
  const [startsAt, endsAt, bookBefore, changeBefore] = timeFields.map((name) => {
    const at = instantOf(textOf(form, name), timeZone);
    if (!at) throw new AppError("INVALID", "One time is missing.", { fields: { [name]: "is missing" } });
    return at;
  });
  if (!startsAt || !endsAt || !bookBefore || !changeBefore) throw new Error("four fields give four times");
  return { startsAt, endsAt, bookBefore, changeBefore, capacity: textOf(form, "capacity") };
}

export async function saveSittingAction(
  _before: ActionResult<{ sittingId: string }> | null,
  form: FormData,
): Promise<ActionResult<{ sittingId: string }>> {
  return runAction(async (context) => {
    const { centres } = await getSittingChoices(context, {});
    const centreId = textOf(form, "centreId");
    const centre = centres.find((one) => one.id === centreId);
    if (!centre) throw new AppError("INVALID", "Choose a centre.", { fields: { centreId: "is missing" } });
    const times = readTimes(form, centre.timeZone);
    const sittingId = textOf(form, "sittingId");
    const formSetId = textOf(form, "formSetId") || null;
    if (sittingId) {
      const saved = await updateSitting(context, {
        sittingId,
        // A form without the choice leaves the forms as they are.
        ...(form.has("formSetId") && { formSetId }),
        ...times,
      });
      revalidatePath("/admin/sittings", "layout");
      return saved;
    }
    const opened = await openSitting(context, {
      centreId,
      programmeId: textOf(form, "programmeId"),
      formSetId,
      ...times,
    });
    revalidatePath("/admin/sittings", "layout");
    redirect(`/admin/sittings/${opened.sittingId}`);
  });
}

export async function cancelSittingAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await cancelSitting(context, { sittingId: textOf(form, "sittingId"), reason: textOf(form, "reason") });
    revalidatePath("/admin/sittings", "layout");
    return null;
  });
}
