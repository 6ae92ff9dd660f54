"use client";

import type { ActionResult } from "@/lib/action.ts";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { calibrateAction, promoteAction, rollBackAction } from "./machine-actions.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

const outcomeOf = (answer: ActionResult<null>) =>
  answer.ok ? ({ ok: true } as const) : { ok: false as const, message: answer.message };

export function CalibrateDialog({ confirmed }: { confirmed: number }) {
  return (
    <ConfirmDialog
      triggerLabel="Make a version"
      triggerSize="sm"
      title="Make a new version of the machine rater"
      consequence={`It learns from ${confirmed} answers that examiners have settled here, and is tried on answers it has not seen. Nothing is put into use by this.`}
      confirmLabel="Make it"
      action={async () => outcomeOf(await calibrateAction())}
    />
  );
}

/** What may be done with a version: put into use once it has passed the gate, or taken out of use. */
export function VersionActs({
  version,
}: {
  version: { readonly id: string; readonly number: number; readonly status: string; readonly gatePassed: boolean };
}) {
  const { id, number, status, gatePassed } = version;
  if (status === "candidate" && gatePassed) {
    return (
      <ConfirmDialog
        triggerLabel="Put into use"
        triggerSize="sm"
        title={`Put version ${number} into use`}
        consequence="Where a policy has the machine as second marker, its marks count from now on. It is watched, and taken out of use by itself when it no longer agrees with examiners."
        confirmLabel="Put into use"
        action={async () => outcomeOf(await promoteAction(id))}
      />
    );
  }
  if (status !== "promoted") return null;
  return (
    <ReasonDialog
      label="Roll back"
      title={`Take version ${number} out of use`}
      consequence="The version before it comes back, or else the one as shipped, which only advises. Marks that counted stay as they are."
      field="Why"
      action={(words) => rollBackAction(id, words)}
    />
  );
}
