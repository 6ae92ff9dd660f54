"use server";

import { slotMinutes } from "@bandwise/core/interviews/rules";
import {
  openInterviewSlots,
  reassignInterviewSlot,
  withdrawInterviewSlot,
} from "@bandwise/core/interviews/schedule-commands";
import { getSlotChoices } from "@bandwise/core/interviews/schedule-queries";
import { AppError } from "@bandwise/core/kernel/errors";
import { revalidatePath } from "next/cache";
import { textOf } from "@/features/people/form-text.ts";
import { instantOf } from "@/features/sittings/zoned-time.ts";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { daysBetween, minutesOf, wallOf } from "./days.ts";

function field(name: string, rule: string): AppError {
  return new AppError("INVALID", "Something is missing.", { fields: { [name]: rule } });
}

/** The form's days and times are those of its centre's wall clock. */
export async function openSlotsAction(
  _before: ActionResult<{ opened: number }> | null,
  form: FormData,
): Promise<ActionResult<{ opened: number }>> {
  return runAction(async (context) => {
    const { centres } = await getSlotChoices(context, {});
    const centre = centres.find(({ id }) => id === textOf(form, "centreId"));
    if (!centre) throw field("centreId", "is missing");
    const length = Number(textOf(form, "minutes"));
    const from = minutesOf(textOf(form, "from"));
    const until = minutesOf(textOf(form, "until"));
    if (from === null) throw field("from", "is missing");
    if (until === null || until < from + length) throw field("until", "leaves no room for a slot");
    const days = daysBetween(textOf(form, "firstDay"), textOf(form, "lastDay"), form.get("weekends") !== null);
    if (days.length === 0) throw field("lastDay", "leaves no day");
    const minutes = slotMinutes({ from, until, every: Number(textOf(form, "every")), length });
    const startsAt = days.flatMap((day) =>
      minutes.flatMap((minute) => instantOf(`${day}T${wallOf(minute)}`, centre.timeZone) ?? []),
    );
    const { sittingIds } = await openInterviewSlots(context, {
      centreId: centre.id,
      programmeId: textOf(form, "programmeId"),
      examinerId: textOf(form, "examinerId"),
      startsAt,
      minutes: length,
      bookHours: textOf(form, "bookHours"),
      changeHours: textOf(form, "changeHours"),
    });
    revalidatePath("/interviews");
    return { opened: sittingIds.length };
  });
}

export async function withdrawSlotAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await withdrawInterviewSlot(context, { sittingId: textOf(form, "sittingId"), reason: textOf(form, "reason") });
    revalidatePath("/interviews");
    return null;
  });
}

export async function reassignSlotAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await reassignInterviewSlot(context, {
      sittingId: textOf(form, "sittingId"),
      examinerId: textOf(form, "examinerId"),
    });
    revalidatePath("/interviews");
    return null;
  });
}
