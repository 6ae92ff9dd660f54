import { requestApproval } from "../audit/steps.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import type { StaffBooklet } from "./form-booklet.ts";
import { readBooklet } from "./form-booklet-steps.ts";
import { tryFormSet } from "./form-set-making.ts";
import { formInput, formSetInput, formSetReasonInput, makeFormSetInput } from "./form-set-schema.ts";
import { lockSet, readTrouble } from "./form-set-steps.ts";

/**
 * Makes a draft: all forms of it at once, from the bank as it is now. Twenty forms from 100,000 items take under a second,
 * so whoever asks can wait for them.
 */
export const makeFormSet = defineCommand({
  name: "makeFormSet",
  permission: "form-set:manage",
  input: makeFormSetInput,
  run: async (context, { name, ...plan }) => {
    const { tx, ids, now } = context;
    const { personId } = requirePerson(context.viewer);
    if ((await tx.formSet.count({ where: { name } })) > 0) throw invalid("name", "is taken by another form set");
    const { programme, sections, made } = await tryFormSet(tx, plan);
    if (!made.ok) {
      const [first] = made.obstacles;
      throw new AppError("LOCKED", `The forms cannot be made: ${first?.sentence ?? "the bank does not give them"}.`);
    }
    const chosen = made.forms.flatMap((form) => form.sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
    // The same transaction read them as current: what changes until it commits is found by whoever looks at the set.
    const items = await tx.item.findMany({
      where: { id: { in: [...new Set(chosen)] } },
      select: { id: true, currentId: true },
    });
    const versions = new Map(items.map(({ id, currentId }) => [id, currentId]));
    const [snapshot] = await tx.$queryRaw<{ id: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as id`;
    const formSetId = ids.uuid();
    await tx.formSet.create({
      data: {
        id: formSetId,
        programmeId: programme.id,
        name,
        tolerance: plan.tolerance,
        overlap: plan.overlap,
        targets: Object.fromEntries(sections.map(({ skill }, at) => [skill, made.targets[at] ?? 0])),
        seed: plan.seed,
        engineVersion: made.version,
        poolSnapshot: `${snapshot?.id ?? ""}/${chosen.length}`,
        createdById: personId,
        createdAt: now,
      },
    });
    const forms = made.forms.map((form) => ({ ...form, id: ids.uuid() }));
    await tx.fixedForm.createMany({ data: forms.map(({ id, label }) => ({ id, setId: formSetId, label })) });
    await tx.fixedFormItem.createMany({
      data: forms.flatMap((form) =>
        form.sections.flatMap(({ picks }, at) =>
          picks.map((pick, index) => {
            const itemVersionId = versions.get(pick.id);
            const skill = sections[at]?.skill;
            if (!itemVersionId || !skill) throw conflict("The item bank is being changed at this moment: try again.");
            const { id: itemId, anchor, reason: pickReason } = pick;
            return { formId: form.id, skill, position: index + 1, itemId, itemVersionId, anchor, pickReason };
          }),
        ),
      ),
    });
    context.audit({
      subjectType: "form-set",
      subjectId: formSetId,
      detail: { programme: programme.id, forms: plan.forms, tolerance: plan.tolerance, overlap: plan.overlap },
    });
    return { formSetId };
  },
});

/** A draft that nobody wants; what has been published stays. */
export const discardFormSet = defineCommand({
  name: "discardFormSet",
  permission: "form-set:manage",
  input: formSetInput,
  run: async (context, { formSetId }) => {
    const { tx } = context;
    const set = await lockSet(tx, formSetId);
    if (set.state !== "draft") throw conflict("A published form set is not discarded: retire it.");
    const asked = { subjectType: "form-set", subjectId: formSetId, status: "open" as const };
    if ((await tx.approval.count({ where: asked })) > 0) {
      throw conflict("Its publication has been asked for: withdraw the request first.");
    }
    await tx.fixedFormItem.deleteMany({ where: { form: { setId: formSetId } } });
    await tx.fixedForm.deleteMany({ where: { setId: formSetId } });
    await tx.formSet.delete({ where: { id: formSetId } });
    context.audit({ subjectType: "form-set", subjectId: formSetId, detail: { name: set.name } });
    return { formSetId };
  },
});

/** First of two admins: asks. Nothing changes until another one approves. */
export const requestFormSetPublication = defineCommand({
  name: "requestFormSetPublication",
  permission: "form-set:manage",
  input: formSetReasonInput,
  run: async (context, { formSetId, reason }) => {
    const set = await lockSet(context.tx, formSetId);
    if (set.state !== "draft") throw conflict("This form set has been published already.");
    const [trouble] = await readTrouble(context.tx, formSetId);
    if (trouble !== undefined) throw conflict(`The set cannot be published: ${trouble}. Make it anew.`);
    return requestApproval(context, {
      kind: "form-set:publish",
      subjectType: "form-set",
      subjectId: formSetId,
      payload: {},
      reason,
    });
  },
});

/** From now on nobody starts on it; who has started goes on. */
export const retireFormSet = defineCommand({
  name: "retireFormSet",
  permission: "form-set:manage",
  input: formSetReasonInput,
  run: async (context, { formSetId, reason }) => {
    const { tx, now } = context;
    const set = await lockSet(tx, formSetId);
    if (set.state !== "published") {
      throw conflict(
        set.state === "draft" ? "A draft is discarded, not retired." : "This form set is retired already.",
      );
    }
    await tx.formSet.update({ where: { id: formSetId }, data: { retiredAt: now, retireReason: reason } });
    context.audit({ subjectType: "form-set", subjectId: formSetId });
    return { formSetId };
  },
});

/** The staff's booklet of a form: keys, transcripts, notes for markers. That it was shown is written down. */
export const showFormKeys = defineCommand({
  name: "showFormKeys",
  permission: "form-set:manage",
  input: formInput,
  run: async (context, { formSetId, formId }): Promise<StaffBooklet> => {
    const booklet = await readBooklet(context.tx, formSetId, formId);
    context.audit({ subjectType: "form-set", subjectId: formSetId, detail: { formId, form: booklet.label } });
    return booklet;
  },
});
