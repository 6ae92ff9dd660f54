import type { SqlTransaction, Transaction } from "@bandwise/db/client";
import type { Pool } from "@bandwise/psychometrics/pool";
import type { ApprovalStep } from "../audit/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { type ChangedItem, changeWords, decideForm, formSetState, refuseUse, unusableForms } from "./form-set-rules.ts";
import { lookAtPool } from "./pool-steps.ts";
import type { Skill } from "./schema.ts";
import { type AllottedRow, writeForm } from "./steps.ts";

/** What has become of a set's items since its forms were made; empty while all is as it was. */
export async function readTrouble(tx: SqlTransaction, formSetId: string): Promise<string[]> {
  const changed = await tx.$queryRaw<ChangedItem[]>`
    select f.label, i.slug, v.version, v.status::text as status, current.version as "currentVersion"
    from fixed_form f
    join fixed_form_item p on p.form_id = f.id
    join item i on i.id = p.item_id
    join item_version v on v.id = p.item_version_id
    left join item_version current on current.id = i.current_id
    where f.set_id = ${formSetId}::uuid and (i.current_id is distinct from p.item_version_id or v.status <> 'active')
    order by f.label, p.skill, p.position`;
  const enemies = await tx.$queryRaw<{ label: string; lower: string; higher: string }[]>`
    select f.label, lower.slug as lower, higher.slug as higher
    from fixed_form f
    join fixed_form_item a on a.form_id = f.id
    join item_enemy e on e.lower_id = a.item_id
    join fixed_form_item b on b.form_id = f.id and b.item_id = e.higher_id
    join item lower on lower.id = e.lower_id
    join item higher on higher.id = e.higher_id
    where f.set_id = ${formSetId}::uuid order by f.label, lower.slug`;
  return [
    ...changed.map(changeWords),
    ...enemies.map(({ label, lower, higher }) => `${lower} and ${higher} in form ${label} are enemies`),
  ];
}

interface SetRow {
  readonly name: string;
  readonly seed: string;
  readonly programmeId: string;
  readonly engineVersion: string;
  readonly poolSnapshot: string;
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
}

async function readSet(tx: SqlTransaction, formSetId: string): Promise<SetRow> {
  const [set] = await tx.$queryRaw<SetRow[]>`
    select name, seed, programme_id::text as "programmeId", engine_version as "engineVersion",
           pool_snapshot as "poolSnapshot", published_at as "publishedAt", retired_at as "retiredAt"
    from form_set where id = ${formSetId}::uuid`;
  if (!set) throw notFound("The form set");
  return set;
}

/** Before a sitting is given a set. @throws LOCKED, saying why, where nobody could sit on it. */
export async function requireUsableSet(tx: SqlTransaction, formSetId: string, programmeId: string): Promise<void> {
  const set = await readSet(tx, formSetId);
  if (set.programmeId !== programmeId) throw invalid("formSetId", "belongs to another programme");
  const refusal = refuseUse(set.name, formSetState(set), await readTrouble(tx, formSetId));
  if (refusal !== null) throw new AppError("LOCKED", refusal);
}

/** What the second person's approval does: from now on the set stands as it is. */
export const publishFormSet: ApprovalStep = async (context, request) => {
  const { tx, now } = context;
  const set = await readSet(tx, request.subjectId);
  const trouble = await readTrouble(tx, request.subjectId);
  if (trouble.length > 0) throw conflict(`The set cannot be published: ${trouble[0]}. Make it anew.`);
  const { count } = await tx.formSet.updateMany({
    where: { id: request.subjectId, publishedAt: null },
    data: { publishedAt: now },
  });
  if (count === 0) throw conflict(`The form set “${set.name}” has been published already.`);
  context.audit({
    subjectType: "form-set",
    subjectId: request.subjectId,
    action: "publishFormSet",
    detail: { approvalId: request.id, requestedById: request.requestedById },
  });
};

interface FormRow {
  readonly id: string;
  readonly label: string;
  readonly handed: number;
  readonly items: readonly {
    readonly itemId: string;
    readonly versionId: string;
    readonly skill: Skill;
    readonly position: number;
    readonly level: string;
    readonly subSkill: string;
    readonly anchor: boolean;
  }[];
}

function readForms(tx: SqlTransaction, formSetId: string): Promise<FormRow[]> {
  return tx.$queryRaw<FormRow[]>`
    select f.id::text as id, f.label, (select count(*)::int from attempt a where a.fixed_form_id = f.id) as handed,
           jsonb_agg(jsonb_build_object('itemId', p.item_id, 'versionId', p.item_version_id, 'skill', p.skill,
             'position', p.position, 'level', v.level, 'subSkill', v.sub_skill, 'anchor', p.anchor)
             order by p.skill, p.position) as items
    from fixed_form f
    join fixed_form_item p on p.form_id = f.id
    join item_version v on v.id = p.item_version_id
    where f.set_id = ${formSetId}::uuid
    group by f.id, f.label order by f.label`;
}

type Looking = Pick<CommandContext<SqlTransaction>, "tx" | "memory" | "now">;

/** The form this candidate would get now, or in words for them why none. */
async function chooseForm(context: Looking, formSetId: string, candidateId: string) {
  const set = await readSet(context.tx, formSetId);
  const kept = await lookAtPool(context, candidateId);
  const forms = await readForms(context.tx, formSetId);
  const inUse = forms.every(({ items }) => items.every((item) => kept.versions.get(item.itemId) === item.versionId));
  const sound = inUse && !forms.some((form) => holdsEnemies(kept.pool, form));
  if (formSetState(set) !== "published" || !sound) return { ok: false, because: unusableForms } as const;
  const met = new Set(kept.met);
  const choice = decideForm(
    forms.map((form) => ({
      ...form,
      barred: form.items.filter(({ itemId }) => isBarred(kept.pool, met, itemId)).length,
    })),
  );
  return choice.ok ? ({ ok: true, set, kept, form: choice.form } as const) : choice;
}

/** Declared since the form was made. */
function holdsEnemies(pool: Pool, { items }: FormRow): boolean {
  const ids = new Set(items.map(({ itemId }) => itemId));
  return items.some(({ itemId }) => [...pool.enemiesOf(itemId)].some((enemy) => ids.has(enemy)));
}

/** Met in any version, or excluded by what was met: as `assembleForm` sees it. */
function isBarred(pool: Pool, met: ReadonlySet<string>, itemId: string): boolean {
  if (met.has(itemId)) return true;
  for (const enemy of pool.enemiesOf(itemId)) if (met.has(enemy)) return true;
  return pool.setOf(pool.find(itemId)?.set ?? null).some(({ id }) => met.has(id));
}

/** Why this candidate cannot sit on this set, or null: asked before a booking is taken. */
export async function findFormSetObstacle(
  context: Looking,
  candidateId: string,
  formSetId: string,
): Promise<string | null> {
  const choice = await chooseForm(context, formSetId, candidateId);
  return choice.ok ? null : choice.because;
}

/**
 * Hands an attempt one of the set's fixed forms and writes it into the allotment ledger as every other form is. Starts on
 * one set come after one another: each sees what the one before was handed, so that the forms go round evenly.
 *
 * @throws LOCKED where the set cannot be used, or each of its forms holds something this candidate has met.
 */
export async function allotFixedForm(
  context: CommandContext<SqlTransaction>,
  input: { attemptId: string; candidateId: string; formSetId: string; opens?: Skill | undefined },
): Promise<void> {
  const { tx, ids } = context;
  await tx.$queryRaw`select 1 from form_set where id = ${input.formSetId}::uuid for no key update`;
  const choice = await chooseForm(context, input.formSetId, input.candidateId);
  if (!choice.ok) throw new AppError("LOCKED", choice.because);
  const { set, form, kept } = choice;
  const rows = form.items.map(
    (item): AllottedRow => ({
      id: ids.uuid(),
      item_id: item.itemId,
      item_version_id: item.versionId,
      skill: item.skill,
      position: item.position,
      level: item.level,
      sub_skill: item.subSkill,
      scored: true,
      anchor: item.anchor,
      pick_reason: `fixed form ${form.label} of ${set.name}`,
      exposure_at_pick: kept.pool.find(item.itemId)?.exposure ?? 0,
    }),
  );
  const facts = { seed: set.seed, version: set.engineVersion, snapshot: set.poolSnapshot, fixedFormId: form.id };
  if (!(await writeForm(context, input, rows, facts))) {
    throw conflict("The item bank is being changed at this moment: try again.");
  }
  kept.recordForm(
    input.attemptId,
    rows.map((row) => row.item_id),
  );
}

/** Locks a set's row for what changes it. */
export async function lockSet(tx: Transaction, formSetId: string) {
  await tx.$queryRaw`select 1 from form_set where id = ${formSetId}::uuid for update`;
  const set = await tx.formSet.findUnique({
    where: { id: formSetId },
    select: { id: true, name: true, publishedAt: true, retiredAt: true },
  });
  if (!set) throw notFound("The form set");
  return { ...set, state: formSetState(set) };
}
