"use client";

import type { simulationLimits } from "@bandwise/core/bank/assembly-schema";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { formatInteger } from "@/ui/format.ts";
import { FormError } from "@/ui/notice.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { requestSimulationAction } from "./simulation-actions.ts";

/** Asks for a simulated future of the bank; the worker does it, the page of the simulation shows how far it is. */
export function SimulationForm({ programme, limits }: { programme: string; limits: typeof simulationLimits }) {
  const { form, pending, error, fieldError } = useActionForm(requestSimulationAction);
  return (
    <form {...form} className="grid gap-3">
      <FormError>{error}</FormError>
      <input type="hidden" name="programme" value={programme} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          type="number"
          name="candidates"
          label="Candidates"
          min={1}
          max={limits.candidates}
          defaultValue={500}
          error={fieldError("candidates")}
          required
        />
        <TextField
          type="number"
          name="sittings"
          label="Sittings each"
          min={1}
          max={limits.sittings}
          defaultValue={2}
          error={fieldError("sittings")}
          required
        />
      </div>
      <TextField
        name="seed"
        label="Seed of the simulation"
        defaultValue="1"
        maxLength={60}
        code
        description={`The same seed and bank give the same answer. At most ${formatInteger(limits.forms)} forms.`}
        error={fieldError("seed")}
        required
      />
      <div>
        <Button type="submit" variant="primary" busy={pending}>
          Simulate
        </Button>
      </div>
    </form>
  );
}
