import { fieldLabel, itemFields } from "@bandwise/core/bank/difference";
import type { ItemDetail } from "@bandwise/core/bank/queries";
import { Check, MessageSquarePlus } from "lucide-react";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { Select } from "@/ui/select.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { addCommentAction, resolveCommentAction } from "./review-actions.ts";

/** Remarks on fields of the item, the open ones first; each with the button that settles it. */
export function Comments({ item, timeZone }: { item: ItemDetail; timeZone: string }) {
  const open = item.comments.filter(({ resolvedAt }) => resolvedAt === null);
  const settled = item.comments.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <div className="grid gap-2 text-dense">
      {item.comments.length === 0 ? <p className="text-ink-2">No comments.</p> : null}
      <ul className="grid">
        {[...open, ...settled].map((comment) => (
          <li key={comment.id} className="grid gap-1 border-t border-line py-2 first:border-t-0">
            <p className="text-ink-3">
              {fieldLabel(comment.field)} · version {comment.version}
            </p>
            <p className={comment.resolvedAt ? "text-ink-3 line-through" : undefined}>{comment.text}</p>
            <p className="text-ink-3">
              {comment.by}, {formatDateTime(comment.createdAt, timeZone)}
              {comment.resolvedBy ? ` · settled by ${comment.resolvedBy}` : ""}
            </p>
            {comment.resolvedAt ? null : (
              <div>
                <ConfirmDialog
                  triggerLabel="Settle"
                  triggerSize="sm"
                  triggerIcon={<Check className="ico" aria-hidden="true" />}
                  title="Settle this comment?"
                  consequence={<p>What it asks for was done, or is not needed: “{comment.text}”</p>}
                  confirmLabel="Settle"
                  action={resolveCommentAction}
                >
                  <input type="hidden" name="commentId" value={comment.id} />
                </ConfirmDialog>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div>
        <ConfirmDialog
          triggerLabel="Comment on a field"
          triggerSize="sm"
          triggerIcon={<MessageSquarePlus className="ico" aria-hidden="true" />}
          title={`Comment on version ${item.shown.version}`}
          consequence={<p>It stands with the item until somebody settles it. No version is approved before.</p>}
          confirmLabel="Add comment"
          action={addCommentAction}
        >
          <input type="hidden" name="versionId" value={item.shown.id} />
          <Select
            name="field"
            label="Field"
            required
            options={itemFields(item.shown.item).map(({ path, label, text }) => ({
              value: path,
              label: `${label}: ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`,
            }))}
          />
          <TextArea name="text" label="Comment" rows={3} required minLength={2} maxLength={2000} />
        </ConfirmDialog>
      </div>
    </div>
  );
}
