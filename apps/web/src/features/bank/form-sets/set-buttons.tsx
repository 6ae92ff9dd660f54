import type { FormSetDetail } from "@bandwise/core/bank/form-set-queries";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { TextArea } from "@/ui/text-area.tsx";
import { discardFormSetAction, requestFormSetPublicationAction, retireFormSetAction } from "./form-set-actions.ts";

/** What can be done with a set as it stands. */
export function SetButtons({ set }: { set: FormSetDetail }) {
  const id = <input type="hidden" name="formSetId" value={set.id} />;
  if (set.state === "published") {
    return (
      <ConfirmDialog
        triggerLabel="Retire"
        triggerSize="sm"
        title={`Retire “${set.name}”?`}
        consequence={
          <p>
            Nobody starts on it any more; who has started goes on.{" "}
            {set.sittings.length > 0
              ? `${formatCount(set.sittings.length, "coming sitting uses", "coming sittings use")} it: give them other forms.`
              : "No coming sitting uses it."}{" "}
            This cannot be undone.
          </p>
        }
        confirmLabel="Retire"
        tone="danger"
        action={retireFormSetAction}
      >
        {id}
        <Reason />
      </ConfirmDialog>
    );
  }
  if (set.state !== "draft" || set.request) return null;
  return (
    <>
      <ConfirmDialog
        triggerLabel="Discard"
        triggerSize="sm"
        title={`Discard “${set.name}”?`}
        consequence={<p>The draft and its forms are deleted. The items stay in the bank as they are.</p>}
        confirmLabel="Discard"
        tone="danger"
        action={discardFormSetAction}
      >
        {id}
      </ConfirmDialog>
      {set.trouble.length > 0 ? null : (
        <ConfirmDialog
          triggerLabel="Publish"
          triggerSize="sm"
          triggerVariant="primary"
          title={`Ask to publish “${set.name}”?`}
          consequence={
            <p>
              A second admin decides under Approvals. Once published, sittings can use the set and nothing of it changes
              any more.
            </p>
          }
          confirmLabel="Ask a second admin"
          action={requestFormSetPublicationAction}
        >
          {id}
          <Reason />
        </ConfirmDialog>
      )}
    </>
  );
}

function Reason() {
  return <TextArea label="Reason" name="reason" required minLength={3} maxLength={500} rows={3} />;
}
