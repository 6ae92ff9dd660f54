import type { SqlTransaction } from "@bandwise/db/client";
import { assembleParallelForms, type ParallelForms } from "@bandwise/psychometrics/parallel-forms";
import { readProgramme, readSnapshot } from "./assembly-steps.ts";
import type { FormSetPlan } from "./form-set-schema.ts";
import { assemblyBlueprint } from "./rules.ts";

/** The forms that the bank gives now by this plan, or why not; nothing is written. */
export async function tryFormSet(tx: SqlTransaction, plan: FormSetPlan) {
  const { programme, programmes, sections } = await readProgramme(tx, plan.programme);
  const { items } = await readSnapshot(tx, sections);
  const made: ParallelForms = assembleParallelForms({
    blueprint: assemblyBlueprint(sections),
    items,
    forms: plan.forms,
    tolerance: plan.tolerance,
    overlap: plan.overlap,
    seed: plan.seed,
  });
  return { programme, programmes, sections, poolSize: items.length, made };
}
