import type { ParallelObstacle, ParallelWriting } from "@bandwise/psychometrics/parallel-forms";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { expectedSeconds } from "./expected-time.ts";
import { type CandidateBooklet, forCandidates } from "./form-booklet.ts";
import { readBooklet } from "./form-booklet-steps.ts";
import { tryFormSet } from "./form-set-making.ts";
import {
  type FormSetState,
  figuresOf,
  formSetState,
  type PlacedItem,
  type SectionFigures,
  sectionFigures,
} from "./form-set-rules.ts";
import {
  type FormOverlap,
  type FormSetPlan,
  formInput,
  formSetInput,
  formSetTargets,
  listFormSetsInput,
  previewFormSetInput,
} from "./form-set-schema.ts";
import { readTrouble } from "./form-set-steps.ts";
import { type BankItem, type Skill, skills } from "./schema.ts";

export interface FormItem extends PlacedItem {
  readonly itemId: string;
  readonly slug: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly anchor: boolean;
  readonly reason: string;
}

export interface FormFigures {
  readonly label: string;
  readonly overall: Omit<SectionFigures, "skill">;
  readonly sections: readonly SectionFigures[];
  readonly items: readonly FormItem[];
}

/** A form's figures, from what its items are: the same for a set that is made and for one that could be. */
function describeForm(label: string, items: readonly FormItem[]): FormFigures {
  return { label, overall: figuresOf(items), sections: sectionFigures(items), items };
}

export interface SetTarget {
  readonly skill: Skill;
  readonly mean: number;
}

export interface FormSetPreview {
  readonly programme: { readonly name: string; readonly title: string; readonly version: number };
  readonly programmes: readonly { readonly name: string; readonly title: string }[];
  readonly plan: FormSetPlan;
  readonly poolSize: number;
  readonly outcome:
    | { readonly ok: true; readonly targets: readonly SetTarget[]; readonly forms: readonly FormFigures[] }
    | {
        readonly ok: false;
        readonly obstacles: readonly ParallelObstacle[];
        readonly write: readonly ParallelWriting[];
        /** At this tolerance the forms would hold. */
        readonly reach: number | null;
      };
}

/** The set as it would be made now, or what stands in its way. */
export const previewFormSet = defineQuery({
  name: "previewFormSet",
  permission: "form-set:manage",
  input: previewFormSetInput,
  run: async ({ db }, plan): Promise<FormSetPreview> => {
    const { programme, programmes, sections, poolSize, made } = await tryFormSet(db, plan);
    const facts = { programme, programmes, plan, poolSize };
    if (!made.ok) return { ...facts, outcome: made };
    const ids = made.forms.flatMap((form) => form.sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
    const rows = await db.itemVersion.findMany({
      where: { currentOf: { id: { in: [...new Set(ids)] } } },
      select: { itemId: true, skill: true, content: true, item: { select: { slug: true } } },
    });
    const known = new Map(rows.map((row) => [row.itemId, row]));
    return {
      ...facts,
      outcome: {
        ok: true,
        targets: sections.map(({ skill }, at) => ({ skill, mean: made.targets[at] ?? 0 })),
        forms: made.forms.map(({ label, sections: filled }) =>
          describeForm(
            label,
            filled.flatMap(({ picks }) =>
              picks.flatMap(({ id, level, subSkill, topic, difficulty, anchor, reason }): FormItem[] => {
                const row = known.get(id);
                if (!row) return [];
                const seconds = expectedSeconds({ skill: row.skill, content: row.content as BankItem["content"] });
                return [
                  {
                    itemId: id,
                    slug: row.item.slug,
                    skill: row.skill,
                    level,
                    subSkill,
                    topic,
                    difficulty,
                    anchor,
                    reason,
                    seconds,
                  },
                ];
              }),
            ),
          ),
        ),
      },
    };
  },
});

export interface FormSetRow {
  readonly id: string;
  readonly name: string;
  readonly state: FormSetState;
  readonly programme: { readonly name: string; readonly title: string; readonly version: number };
  readonly forms: number;
  readonly tolerance: number;
  readonly overlap: FormOverlap;
  readonly createdAt: Date;
  /** Its publication waits for a second person. */
  readonly asked: boolean;
  /** Sentences; empty while its items are what they were. */
  readonly trouble: readonly string[];
}

const setColumns = {
  id: true,
  name: true,
  tolerance: true,
  overlap: true,
  createdAt: true,
  publishedAt: true,
  retiredAt: true,
  programme: { select: { name: true, title: true, version: true } },
} as const;

/** Form sets, the newest first. */
export const listFormSets = defineQuery({
  name: "listFormSets",
  permission: "item:read",
  input: listFormSetsInput,
  run: async ({ db }, input): Promise<Page<FormSetRow>> => {
    const where = input.programme === undefined ? {} : { programme: { name: input.programme } };
    const [rows, total] = await Promise.all([
      db.formSet.findMany({
        where,
        select: { ...setColumns, _count: { select: { forms: true } } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
      }),
      db.formSet.count({ where }),
    ]);
    const open = await db.approval.findMany({
      where: { kind: "form-set:publish", status: "open", subjectId: { in: rows.map(({ id }) => id) } },
      select: { subjectId: true },
    });
    const asked = new Set(open.map(({ subjectId }) => subjectId));
    return {
      rows: await Promise.all(
        rows.map(async ({ publishedAt, retiredAt, _count, ...row }) => ({
          ...row,
          state: formSetState({ publishedAt, retiredAt }),
          forms: _count.forms,
          asked: asked.has(row.id),
          trouble: retiredAt === null ? await readTrouble(db, row.id) : [],
        })),
      ),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

export interface FormDetail extends FormFigures {
  readonly id: string;
  /** Candidates who were handed it. */
  readonly handed: number;
}

export interface FormSetDetail extends Omit<FormSetRow, "asked" | "forms"> {
  readonly seed: string;
  readonly engineVersion: string;
  readonly createdBy: string;
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
  readonly retireReason: string | null;
  readonly targets: readonly SetTarget[];
  readonly forms: readonly FormDetail[];
  readonly sittings: readonly {
    readonly id: string;
    readonly startsAt: Date;
    readonly centre: { readonly name: string; readonly timeZone: string };
  }[];
  /** The open request for publication. */
  readonly request: {
    readonly approvalId: string;
    readonly by: string;
    readonly own: boolean;
    readonly at: Date;
  } | null;
}

export const getFormSet = defineQuery({
  name: "getFormSet",
  permission: "item:read",
  input: formSetInput,
  run: async ({ db, clock, viewer }, { formSetId }): Promise<FormSetDetail> => {
    const row = await db.formSet.findUnique({
      where: { id: formSetId },
      select: {
        ...setColumns,
        seed: true,
        engineVersion: true,
        targets: true,
        createdById: true,
        retireReason: true,
        forms: {
          orderBy: { label: "asc" },
          select: {
            id: true,
            label: true,
            _count: { select: { attempts: true } },
            items: {
              orderBy: [{ skill: "asc" }, { position: "asc" }],
              select: {
                skill: true,
                itemId: true,
                anchor: true,
                pickReason: true,
                item: { select: { slug: true } },
                itemVersion: {
                  select: { level: true, subSkill: true, topic: true, difficulty: true, content: true },
                },
              },
            },
          },
        },
        sittings: {
          where: { endsAt: { gte: clock.now() }, cancelledAt: null },
          orderBy: { startsAt: "asc" },
          take: 20,
          select: { id: true, startsAt: true, centre: { select: { name: true, timeZone: true } } },
        },
      },
    });
    if (!row) throw notFound("The form set");
    const request = await db.approval.findFirst({
      where: { kind: "form-set:publish", subjectId: formSetId, status: "open" },
      select: { id: true, requestedById: true, requestedAt: true },
    });
    const ids = [row.createdById, ...(request ? [request.requestedById] : [])];
    const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? "Somebody who has left";
    const { createdById, targets, forms, ...facts } = row;
    const means = formSetTargets.parse(targets);
    return {
      ...facts,
      state: formSetState(row),
      trouble: row.retiredAt === null ? await readTrouble(db, formSetId) : [],
      createdBy: nameOf(createdById),
      // The database keeps no order of names.
      targets: skills.flatMap((skill) => {
        const mean = means[skill];
        return mean === undefined ? [] : [{ skill, mean }];
      }),
      forms: forms.map(({ id, label, items, _count }) => ({
        id,
        handed: _count.attempts,
        ...describeForm(
          label,
          items.map(({ itemVersion: { content, ...version }, item, pickReason, ...place }) => ({
            ...place,
            ...version,
            slug: item.slug,
            reason: pickReason,
            seconds: expectedSeconds({ skill: place.skill, content: content as BankItem["content"] }),
          })),
        ),
      })),
      request: request && {
        approvalId: request.id,
        by: nameOf(request.requestedById),
        own: request.requestedById === requirePerson(viewer).personId,
        at: request.requestedAt,
      },
    };
  },
});

/** The candidates' booklet of a form. */
export const getFormBooklet = defineQuery({
  name: "getFormBooklet",
  permission: "form-set:manage",
  input: formInput,
  run: async ({ db }, { formSetId, formId }): Promise<CandidateBooklet> => {
    const { items, ...facts } = await readBooklet(db, formSetId, formId);
    return { ...facts, items: items.map(forCandidates) };
  },
});
