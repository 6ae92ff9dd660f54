"use client";

import type { CertificateView } from "@bandwise/core/certificates/rules";
import { Share2 } from "lucide-react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FieldError } from "@/ui/field.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import { createShareLinkAction } from "./actions.ts";
import { purposeTitles } from "./words.ts";

type Parts = CertificateView["parts"];

const terms = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
];

export function ShareDialog({ certificateId, parts }: { certificateId: string; parts: Parts }) {
  return (
    <Dialog
      title="Share with one recipient"
      trigger={
        <PressButton icon={<Share2 aria-hidden="true" />} className="hit">
          Share
        </PressButton>
      }
    >
      {(close) => <ShareForm certificateId={certificateId} parts={parts} close={close} />}
    </Dialog>
  );
}

function ShareForm({ certificateId, parts, close }: { certificateId: string; parts: Parts; close: () => void }) {
  const { form, pending, error, fieldError } = useActionForm(createShareLinkAction, () => {
    notify({ tone: "ok", text: "The link is made.", detail: "Copy it from the list and send it yourself." });
    close();
  });
  return (
    <form {...form} className="grid gap-4">
      <FormError>{error}</FormError>
      <input type="hidden" name="certificateId" value={certificateId} />
      <TextField label="Recipient" name="recipient" required maxLength={120} error={fieldError("recipient")} />
      <Select
        label="Purpose"
        name="purpose"
        options={Object.entries(purposeTitles).map(([value, label]) => ({ value, label }))}
        error={fieldError("purpose")}
      />
      <fieldset className="grid gap-2">
        <legend className="pb-1 text-ui font-medium">Scores to show</legend>
        {[{ id: "overall", title: "Overall" }, ...parts].map(({ id, title }) => (
          <Checkbox key={id} name="scores" value={id} defaultChecked>
            {title}
          </Checkbox>
        ))}
        {fieldError("scores") ? <FieldError id="scores-error">Choose at least one.</FieldError> : null}
      </fieldset>
      <Select label="Works for" name="days" defaultValue="90" options={terms} error={fieldError("days")} />
      <TextField
        label="Recipient’s e-mail"
        name="recipientEmail"
        type="email"
        optional
        maxLength={254}
        description="Written to only if the certificate is revoked or replaced."
        error={fieldError("recipientEmail")}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={pending}>
          Make the link
        </Button>
      </div>
    </form>
  );
}
