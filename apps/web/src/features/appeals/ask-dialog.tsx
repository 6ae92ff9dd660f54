"use client";

import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FieldError } from "@/ui/field.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { notify } from "@/ui/toast.tsx";
import { askForRemarkAction } from "./actions.ts";
import { skillList } from "./words.ts";

interface Asked {
  readonly resultId: string;
  readonly skills: readonly string[];
  readonly fee: boolean;
}

export function AskForRemarkDialog(asked: Asked) {
  return (
    <Dialog title="Ask for a re-mark" trigger={<PressButton className="hit">Ask for a re-mark</PressButton>}>
      {(close) => <AskForm {...asked} close={close} />}
    </Dialog>
  );
}

function AskForm({ resultId, skills, fee, close }: Asked & { close: () => void }) {
  const { form, pending, error, fieldError } = useActionForm(askForRemarkAction, () => {
    notify({ tone: "ok", text: "Your request is in." });
    close();
  });
  return (
    <form {...form} className="grid gap-4">
      <FormError>{error}</FormError>
      <input type="hidden" name="resultId" value={resultId} />
      <p className="text-ink-2">
        Bands may go up or down. {fee ? "Marking begins once the fee is paid; we write to you about it." : ""}
      </p>
      <fieldset className="grid gap-2">
        <legend className="pb-1 text-ui font-medium">What is to be marked anew</legend>
        {skills.map((skill) => (
          <Checkbox key={skill} name="skills" value={skill} defaultChecked={skills.length === 1}>
            {skillList([skill])}
          </Checkbox>
        ))}
        {fieldError("skills") ? <FieldError id="skills-error">Choose at least one.</FieldError> : null}
      </fieldset>
      <TextArea
        label="Why"
        name="reason"
        description="For the awarding body. The examiner who marks anew does not read it."
        required
        minLength={10}
        maxLength={2000}
        rows={4}
        error={fieldError("reason")}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={pending}>
          Send the request
        </Button>
      </div>
    </form>
  );
}
