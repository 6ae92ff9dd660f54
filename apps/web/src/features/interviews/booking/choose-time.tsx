"use client";

import { useState } from "react";
import { bookAction } from "@/features/bookings/booking-actions.ts";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { RadioGroup } from "@/ui/radio-group.tsx";
import type { OfferedTime } from "./times.ts";

/** The times of one day; somebody who is quicker is told of beside the button. */
export function ChooseTime({
  day,
  times,
  attemptId,
}: {
  day: string;
  times: readonly OfferedTime[];
  attemptId: string | null;
}) {
  const { form, pending, error } = useActionForm(bookAction);
  const [sittingId, setSittingId] = useState("");
  const chosen = times.find((time) => time.sittingId === sittingId);
  return (
    <form {...form} className="grid max-w-[40rem] content-start gap-5">
      <RadioGroup
        legend={<span className="text-h3">{day}</span>}
        name="sittingId"
        value={sittingId}
        onValueChange={setSittingId}
        required
        options={times.map((time) => ({
          value: time.sittingId,
          label: (
            <>
              <b className="font-semibold tabular-nums">{time.time}</b> {time.programme}
            </>
          ),
          description: [time.atCentre, time.place].filter(Boolean).join(", "),
        }))}
      />
      <input type="hidden" name="attemptId" value={attemptId ?? ""} />
      <div className="grid gap-2">
        <p className="text-ui text-ink-2">
          {chosen
            ? `Change or cancel free of charge until ${chosen.changeBefore}.`
            : "Bring an identity document in the name of your account."}
        </p>
        <div>
          <Button variant="primary" size="lg" type="submit" busy={pending}>
            {attemptId === null ? "Book this time" : "Move here"}
          </Button>
        </div>
        <FormError>{error}</FormError>
      </div>
    </form>
  );
}
