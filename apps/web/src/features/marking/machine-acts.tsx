"use client";

import type { MachineScheme } from "@bandwise/core/marking/machine-schema";
import type { ActionResult } from "@/lib/action.ts";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { calibrateAction, promoteAction, rollBackAction } from "./machine-actions.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

const outcomeOf = (answer: ActionResult<null>) =>
  answer.ok ? ({ ok: true } as const) : { ok: false as const, message: answer.message };

export function CalibrateDialog({ scheme, confirmed }: { scheme: MachineScheme; confirmed: number }) {
  return (
    <ConfirmDialog
      triggerLabel="Make a version"
      triggerSize="sm"
      title="Make a new version of the machine rater"
      consequence={`It learns from ${confirmed} answers that examiners have settled here, and is tried on answers it has not seen. Nothing is put into use by this.`}
      confirmLabel="Make it"
      action={async () => outcomeOf(await calibrateAction(scheme))}
    />
  );
}

/** What may be done with a version: put into use once it has passed the gate, or taken out of use. */
export function VersionActs({
  version,
  scheme,
}: {
  version: { readonly id: string; readonly number: number; readonly status: string; readonly gatePassed: boolean };
  scheme: MachineScheme;
}) {
  const { id, number, status, gatePassed } = version;
  if (status === "candidate" && gatePassed) {
    return (
      <ConfirmDialog
        triggerLabel="Put into use"
        triggerSize="sm"
        title={`Put version ${number} into use`}
        consequence={`${
          scheme === "ielp"
            ? "Where a policy has the machine as second marker, its marks count from now on."
            : "Answers are rated by it from now on, and results no longer say that the machine is not validated on local data."
        } It is watched, and taken out of use by itself when it no longer agrees with examiners.`}
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
      consequence={`The version before it comes back, or else the one as shipped, which ${
        scheme === "ielp" ? "only advises" : "is not validated on local data"
      }. Marks that counted stay as they are.`}
      field="Why"
      action={(words) => rollBackAction(id, words)}
    />
  );
}
