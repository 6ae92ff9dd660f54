"use client";

import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { bookAction } from "./booking-actions.ts";

/** Books a place, or moves a booking here; a refusal stands beside the button in its own words. */
export function BookButton({
  sittingId,
  attemptId,
  describedBy,
}: {
  sittingId: string;
  attemptId: string | undefined;
  describedBy: string;
}) {
  const { form, pending, error } = useActionForm(bookAction);
  return (
    <form {...form} className="grid justify-items-start gap-2">
      <input type="hidden" name="sittingId" value={sittingId} />
      <input type="hidden" name="attemptId" value={attemptId ?? ""} />
      <Button variant="primary" size="lg" type="submit" busy={pending} aria-describedby={describedBy}>
        {attemptId ? "Move here" : "Book this place"}
      </Button>
      {error ? (
        <p role="alert" className="text-ui text-bad">
          {error}
        </p>
      ) : null}
    </form>
  );
}
