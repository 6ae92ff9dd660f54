"use client";

import type { BulkPreview } from "@bandwise/core/bank/bulk-queries";
import { ListChecks } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { formatCount, formatInteger } from "@/ui/format.ts";
import { FormError } from "@/ui/notice.tsx";
import { Select } from "@/ui/select.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import { applyBulkEditAction, previewBulkEditAction } from "./bulk-actions.ts";
import { type BulkField, bulkChangeOf, bulkFields, bulkOptions, changeWords } from "./bulk-change.ts";
import { bulkEditsPath } from "./list-params.ts";

/** The tick boxes of the table belong to this form, wherever they stand. */
export const bulkForm = "bulk-selection";
const unreachable = "The site could not be reached. What you chose is still here: try again.";

/** Changes the ticked items, or everything the filter finds: first a preview, then in one go. */
export function BulkBar({ filter, total }: { filter: Readonly<Record<string, string>>; total: number }) {
  const router = useRouter();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const form = document.getElementById(bulkForm);
    if (!(form instanceof HTMLFormElement)) return;
    // Boxes outside the form in the page, but of the form: their changes bubble through the table, not through it.
    const read = () => setTicked(new FormData(form).getAll("item").map(String));
    document.addEventListener("change", read);
    return () => document.removeEventListener("change", read);
  }, []);
  const count = ticked.length === 0 ? total : ticked.length;
  const selection = ticked.length === 0 ? { filter } : { itemIds: [...ticked] };
  return (
    <div className="flex flex-wrap items-center gap-3 py-2 text-dense">
      <form id={bulkForm} className="contents">
        <Button
          size="sm"
          icon={<ListChecks className="ico" aria-hidden="true" />}
          disabled={count === 0}
          onClick={() => setOpen(true)}
        >
          {ticked.length === 0 ? `Change all ${formatInteger(total)}` : `Change ${formatInteger(ticked.length)} ticked`}
        </Button>
        {ticked.length > 0 ? (
          <Button size="sm" variant="quiet" type="reset" onClick={() => setTicked([])}>
            Untick
          </Button>
        ) : (
          <span className="text-ink-3">Tick items to change those alone.</span>
        )}
      </form>
      <Dialog title={`Change ${formatCount(count, "item", "items")}`} size="md" open={open} onOpenChange={setOpen}>
        {(close) => (
          <BulkForm
            selection={selection}
            onDone={() => {
              close();
              router.refresh();
            }}
          />
        )}
      </Dialog>
    </div>
  );
}

type Selection = Parameters<typeof previewBulkEditAction>[0]["selection"];

function BulkForm({ selection, onDone }: { selection: Selection; onDone: () => void }) {
  const [field, setField] = useState<BulkField>("topic");
  const [value, setValue] = useState("");
  const [reason, setReason] = useState("");
  const [preview, setPreview] = useState<BulkPreview | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const options = bulkOptions(field);
  const change = bulkChangeOf(field, value);

  const look = () =>
    start(async () => {
      if (!change) {
        setError("Say what it shall become.");
        return;
      }
      const result = await previewBulkEditAction({ selection, change }).catch(() => null);
      setError(result?.ok ? null : (result?.message ?? unreachable));
      setPreview(result?.ok ? result.value : null);
    });
  const apply = () =>
    start(async () => {
      if (!change) return;
      const result = await applyBulkEditAction({ selection, change, reason }).catch(() => null);
      if (result?.ok) {
        notify({
          text: `${formatCount(result.value.changed, "item", "items")} changed.`,
          detail: preview?.undoable ? "It can be taken back under Bulk edits." : "",
          tone: "ok",
        });
        onDone();
        return;
      }
      setError(result ? result.message : unreachable);
    });

  return (
    <div className="grid gap-4">
      <div className="grid gap-3 wide:grid-cols-2">
        <Select
          name="field"
          label="Change"
          options={bulkFields.map(({ id, label }) => ({ value: id, label }))}
          value={field}
          onChange={(event) => {
            setField(event.target.value as BulkField);
            setValue("");
            setPreview(null);
          }}
        />
        {options ? (
          <Select
            name="value"
            label="To"
            placeholder="Choose"
            options={options}
            value={value}
            onChange={(event) => {
              setValue(event.target.value);
              setPreview(null);
            }}
          />
        ) : (
          <TextField
            name="value"
            label={field === "difficulty" ? "To (logits, −4 to 4)" : "To"}
            value={value}
            onChange={(event) => {
              setValue(event.target.value);
              setPreview(null);
            }}
          />
        )}
      </div>
      {preview ? <Preview preview={preview} change={change ? changeWords(change) : ""} /> : null}
      {preview && preview.changed > 0 && !preview.tooMany ? (
        <TextArea
          name="reason"
          label="Reason"
          description="Kept in the history of every item that changes."
          rows={2}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <FormError>{error}</FormError>
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant={preview ? "secondary" : "primary"} busy={pending && !preview} onClick={look}>
          Preview
        </Button>
        {preview && preview.changed > 0 && !preview.tooMany ? (
          <Button variant="primary" busy={pending} disabled={reason.trim().length < 3} onClick={apply}>
            Change {formatInteger(preview.changed)}
          </Button>
        ) : null}
      </div>
      <p className="text-dense text-ink-3">
        Made before:{" "}
        <a href={bulkEditsPath} className="link">
          bulk edits
        </a>
      </p>
    </div>
  );
}

function Preview({ preview, change }: { preview: BulkPreview; change: string }) {
  return (
    <div role="status" className="grid gap-2 rounded-panel border border-line p-3 text-dense">
      {preview.tooMany ? (
        <p className="text-bad">More than {formatInteger(preview.total - 1)} items fit. Narrow the filter first.</p>
      ) : (
        <p>
          <b>{formatInteger(preview.changed)}</b> of {formatCount(preview.total, "item changes", "items change")} to{" "}
          <b>{change}</b>
          {preview.undoable ? ", which can be taken back." : "; it cannot be taken back."}
        </p>
      )}
      {preview.examples.length > 0 ? (
        <p className="font-code text-small break-words text-ink-2">
          {preview.examples.map(({ slug }) => slug).join(", ")}
          {preview.changed > preview.examples.length ? ", …" : ""}
        </p>
      ) : null}
      {preview.refused.map(({ why, count, examples }) => (
        <p key={why}>
          <b>{formatInteger(count)}</b> {count === 1 ? "stays" : "stay"} as {count === 1 ? "it is" : "they are"}: {why}{" "}
          <span className="font-code text-small text-ink-3">
            {examples.join(", ")}
            {count > examples.length ? ", …" : ""}
          </span>
        </p>
      ))}
    </div>
  );
}
