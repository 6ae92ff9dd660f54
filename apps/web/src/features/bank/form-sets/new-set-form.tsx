"use client";

import type { FormSetPlan } from "@bandwise/core/bank/form-set-schema";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { RadioGroup } from "@/ui/radio-group.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { withParams } from "@/ui/url.ts";
import { newFormSetPath } from "../list-params.ts";
import { makeFormSetAction } from "./form-set-actions.ts";

const planned = ["programme", "forms", "tolerance", "overlap", "otherSets", "seed"] as const;
/** Long enough to finish a figure, short enough to feel like an answer. */
const pauseMilliseconds = 400;

/** The plan of a new set; what the bank would give by it is shown beside and follows each change. */
export function NewSetForm({
  plan,
  name,
  programmes,
  limits,
  feasible,
  children,
}: {
  plan: FormSetPlan;
  name: string;
  programmes: readonly { readonly name: string; readonly title: string }[];
  limits: {
    readonly forms: { readonly min: number; readonly max: number };
    readonly tolerance: { readonly min: number; readonly max: number };
  };
  feasible: boolean;
  /** The preview. */
  children: ReactNode;
}) {
  const { form, pending, error, fieldError } = useActionForm(makeFormSetAction);
  const router = useRouter();
  const [looking, startLooking] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function follow(element: HTMLFormElement) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!element.checkValidity() && planned.some((field) => isInvalid(element, field))) return;
      const given = new FormData(element);
      const changes = Object.fromEntries([...planned, "name"].map((field) => [field, String(given.get(field) ?? "")]));
      startLooking(() => router.replace(withParams(newFormSetPath, {}, changes), { scroll: false }));
    }, pauseMilliseconds);
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 desk:grid-cols-[20rem_minmax(0,1fr)]">
      <form
        {...form}
        className="grid content-start gap-4"
        onChange={(event) => {
          const changed = event.target;
          // The name decides nothing about the forms.
          if ("name" in changed && changed.name !== "name") follow(event.currentTarget);
        }}
      >
        <FormError>{error}</FormError>
        <TextField
          name="name"
          label="Name"
          description="Stands on every printed page, with the form’s letter."
          defaultValue={name}
          minLength={3}
          maxLength={60}
          error={fieldError("name")}
          required
        />
        <Select
          name="programme"
          label="Programme"
          defaultValue={plan.programme}
          options={programmes.map((programme) => ({ value: programme.name, label: programme.title }))}
          error={fieldError("programme")}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            type="number"
            name="forms"
            label="Forms"
            min={limits.forms.min}
            max={limits.forms.max}
            defaultValue={plan.forms}
            error={fieldError("forms")}
            required
          />
          <TextField
            type="number"
            name="tolerance"
            label="Tolerance, ± logits"
            min={limits.tolerance.min}
            max={limits.tolerance.max}
            step={0.01}
            defaultValue={plan.tolerance}
            error={fieldError("tolerance")}
            required
          />
        </div>
        <RadioGroup
          legend="Two forms may have in common"
          name="overlap"
          defaultValue={plan.overlap}
          options={[
            { value: "none", label: "Nothing", description: "Who has sat one form may sit another." },
            {
              value: "anchors",
              label: "Their anchors",
              description: "The same in all, so that results can be linked.",
            },
          ]}
        />
        <RadioGroup
          legend="Items of other form sets"
          name="otherSets"
          defaultValue={plan.otherSets}
          options={[
            { value: "may-share", label: "May be used again" },
            {
              value: "left-out",
              label: "Are left out",
              description: "Nobody meets an item of a draft or published set in this one.",
            },
          ]}
        />
        <TextField
          name="seed"
          label="Seed"
          description="The same bank and seed give the same forms."
          defaultValue={plan.seed}
          maxLength={60}
          error={fieldError("seed")}
          code
          required
        />
        <div>
          <Button type="submit" variant="primary" busy={pending} disabled={!feasible || looking}>
            Make the draft
          </Button>
          {feasible ? null : <p className="field-note mt-1.5">The bank does not give these forms.</p>}
        </div>
      </form>
      <div aria-busy={looking} className={looking ? "opacity-60" : undefined}>
        <p role="status" className="sr-only">
          {looking ? "Working out the forms" : feasible ? "The forms can be made" : "The forms cannot be made"}
        </p>
        {children}
      </div>
    </div>
  );
}

function isInvalid(form: HTMLFormElement, field: string): boolean {
  const control = form.elements.namedItem(field);
  return control instanceof HTMLInputElement && !control.checkValidity();
}
