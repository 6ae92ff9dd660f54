import { Archive, Check } from "lucide-react";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { TextArea } from "@/ui/text-area.tsx";
import { activateVersionAction, retireItemAction } from "./actions.ts";

function Reason() {
  return (
    <TextArea
      name="reason"
      label="Reason"
      description="Kept in the item’s history."
      rows={2}
      required
      minLength={3}
      maxLength={500}
    />
  );
}

export function ActivateVersion({
  versionId,
  version,
  inUse,
}: {
  versionId: string;
  version: number;
  /** The version that forms draw on now. */
  inUse: number | null;
}) {
  return (
    <ConfirmDialog
      triggerLabel={`Activate version ${version}`}
      triggerVariant="primary"
      triggerSize="sm"
      triggerIcon={<Check className="ico" aria-hidden="true" />}
      title={`Put version ${version} into use?`}
      consequence={
        <p>
          New forms draw on it from now on.
          {inUse === null
            ? ""
            : ` Version ${inUse} is retired; attempts that hold it keep it and are scored by its key.`}
        </p>
      }
      confirmLabel="Activate"
      action={activateVersionAction}
    >
      <input type="hidden" name="versionId" value={versionId} />
      <Reason />
    </ConfirmDialog>
  );
}

export function RetireItem({
  itemId,
  slug,
  exposure,
  drafts,
}: {
  itemId: string;
  slug: string;
  exposure: number;
  drafts: number;
}) {
  return (
    <ConfirmDialog
      triggerLabel="Retire"
      triggerSize="sm"
      triggerIcon={<Archive className="ico" aria-hidden="true" />}
      title={`Retire ${slug} for good?`}
      consequence={
        <ul className="grid list-disc gap-1 pl-5">
          <li>No new form will hold it, and it cannot come back.</li>
          {drafts > 0 ? (
            <li>{formatCount(drafts, "draft version is", "draft versions are")} retired with it.</li>
          ) : null}
          <li>
            {exposure === 0
              ? "No form has held it so far."
              : `${formatCount(exposure, "form holds", "forms hold")} it: these keep it and are scored as before.`}
          </li>
        </ul>
      }
      confirmLabel="Retire"
      tone="danger"
      action={retireItemAction}
    >
      <input type="hidden" name="itemId" value={itemId} />
      <Reason />
    </ConfirmDialog>
  );
}
