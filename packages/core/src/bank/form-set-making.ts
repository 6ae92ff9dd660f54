import type { SqlTransaction } from "@bandwise/db/client";
import { assembleParallelForms, type ParallelForms } from "@bandwise/psychometrics/parallel-forms";
import { readProgramme, readSnapshot } from "./assembly-steps.ts";
import type { FormSetPlan } from "./form-set-schema.ts";
import { assemblyBlueprint, countDrawable } from "./rules.ts";

/** The forms that the bank gives now by this plan, or why not; nothing is written. */
export async function tryFormSet(tx: SqlTransaction, plan: FormSetPlan) {
  const { programme, programmes, sections } = await readProgramme(tx, plan.programme);
  const { items: inUse } = await readSnapshot(tx, sections);
  const elsewhere = plan.otherSets === "left-out" ? await itemsOfSets(tx) : new Set();
  const items = inUse.filter(({ id }) => !elsewhere.has(id));
  const blueprint = assemblyBlueprint(sections);
  const made: ParallelForms = assembleParallelForms({
    blueprint,
    items,
    forms: plan.forms,
    tolerance: plan.tolerance,
    overlap: plan.overlap,
    seed: plan.seed,
  });
  return { programme, programmes, sections, poolSize: countDrawable(blueprint, items), made };
}

/** What stands in a form of any set that is not retired. */
async function itemsOfSets(tx: SqlTransaction): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct p.item_id::text as id
    from fixed_form_item p join fixed_form f on f.id = p.form_id join form_set s on s.id = f.set_id
    where s.retired_at is null`;
  return new Set(rows.map(({ id }) => id));
}
