import type { getAppeal } from "@bandwise/core/results/appeal-queries";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { declineAppealAction, requestReplacementAction, settleFeeAction, startRemarkAction } from "./actions.ts";
import { skillList } from "./words.ts";

export type Appeal = Awaited<ReturnType<typeof getAppeal>>;

/** What an admin can do with it now. */
export function AppealActs({ appeal }: { appeal: Appeal }) {
  if (appeal.own) return null;
  const field = <input type="hidden" name="appealId" value={appeal.id} />;
  if (appeal.status === "marked") {
    if (appeal.approval?.status === "open") return null;
    return (
      <ConfirmDialog
        triggerLabel="Release the new result"
        triggerVariant="primary"
        title="Ask to replace the released result?"
        consequence="Nothing changes until a second admin approves. Then the new result and a new certificate replace the old ones; the candidate and those the old certificate was shown to are told by mail. This cannot be taken back."
        confirmLabel="Ask a second admin"
        action={requestReplacementAction}
      >
        {field}
        <TextArea label="Reason" name="reason" required minLength={10} maxLength={300} rows={3} />
      </ConfirmDialog>
    );
  }
  if (appeal.status !== "asked") return null;
  return (
    <>
      {appeal.fee === "due" ? (
        <>
          <ConfirmDialog
            triggerLabel="Fee is paid"
            title="Note that the fee is paid?"
            consequence="It is recorded with your name. Marking can then begin."
            confirmLabel="Fee is paid"
            action={settleFeeAction}
          >
            {field}
            <input type="hidden" name="fee" value="paid" />
          </ConfirmDialog>
          <ConfirmDialog
            triggerLabel="Waive the fee"
            title="Waive the fee?"
            consequence="It is recorded with your name. Marking can then begin."
            confirmLabel="Waive the fee"
            action={settleFeeAction}
          >
            {field}
            <input type="hidden" name="fee" value="waived" />
          </ConfirmDialog>
        </>
      ) : null}
      <ConfirmDialog
        triggerLabel="Decline"
        title="Decline this appeal?"
        consequence="The result stands. The candidate is told by mail, reads your reason on the page of the result, and may ask again while there is time."
        confirmLabel="Decline"
        tone="danger"
        action={declineAppealAction}
      >
        {field}
        <TextArea label="Reason, for the candidate" name="note" required minLength={10} maxLength={1000} rows={3} />
      </ConfirmDialog>
      {appeal.startRefusal === null ? (
        <ConfirmDialog
          triggerLabel="Send to be marked anew"
          triggerVariant="primary"
          title={`Have ${skillList(appeal.skills)} marked anew?`}
          consequence="The answers come into the senior examiners’ queue like any other script. Nobody who has marked them gets them, and nothing says that it is an appeal. The candidate can no longer take it back."
          confirmLabel="Send to be marked anew"
          action={startRemarkAction}
        >
          {field}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
