import { assembleForm } from "@bandwise/psychometrics/assembly";
import { createPool } from "@bandwise/psychometrics/pool";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import {
  previewInput,
  type SimulationPlan,
  type SimulationResult,
  simulationPlan,
  simulationResult,
  type Writing,
} from "./assembly-schema.ts";
import { readProgramme, readSnapshot } from "./assembly-steps.ts";
import { levelCentre } from "./lint/limits.ts";
import { assemblyBlueprint, countDrawable } from "./rules.ts";
import type { Skill } from "./schema.ts";
import { refusalWords } from "./simulation-rules.ts";

interface PreviewPick {
  readonly itemId: string;
  readonly slug: string;
  readonly level: string;
  readonly tag: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly difficulty: number;
  /** Where items of this level lie as a rule, in logits. */
  readonly centre: number;
  readonly anchor: boolean;
  readonly scored: boolean;
  readonly exposure: number;
  readonly reason: string;
}

export interface PreviewSection {
  readonly skill: Skill;
  readonly picks: readonly PreviewPick[];
  readonly anchorsMissing: number;
  readonly pretestMissing: number;
}

export interface FormPreview {
  readonly programme: { readonly id: string; readonly name: string; readonly title: string; readonly version: number };
  readonly programmes: readonly { readonly name: string; readonly title: string }[];
  /** Items a form could draw on. */
  readonly poolSize: number;
  readonly seed: string;
  readonly earlier: number;
  readonly outcome:
    | { readonly ok: true; readonly engineVersion: string; readonly sections: readonly PreviewSection[] }
    /** `sitting` counts from 1: an earlier one than asked for may be the one that cannot be held. */
    | {
        readonly ok: false;
        readonly sitting: number;
        readonly sentences: readonly string[];
        readonly write: readonly Writing[];
      };
}

/** A form as somebody would get it who comes for the first time, or after so many sittings; nothing is allotted by looking. */
export const previewForm = defineQuery({
  name: "previewForm",
  permission: "item:read",
  input: previewInput,
  run: async ({ db }, { programme: name, earlier, seed }): Promise<FormPreview> => {
    const { programme, programmes, sections } = await readProgramme(db, name);
    const snapshot = await readSnapshot(db, sections);
    const pool = createPool(snapshot.items);
    const blueprint = assemblyBlueprint(sections);
    const facts = { programme, programmes, poolSize: countDrawable(blueprint, snapshot.items), seed, earlier };
    const met: string[] = [];
    for (let sitting = 1; ; sitting += 1) {
      const form = assembleForm({ blueprint, pool, met, seed: `${seed}/${sitting}` });
      if (!form.ok) return { ...facts, outcome: { ok: false, sitting, ...refusalWords(form) } };
      const ids = form.sections.flatMap((section) => section.picks.map(({ id }) => id));
      if (sitting > earlier) {
        const known = await db.item.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } });
        const slugs = new Map(known.map((item) => [item.id, item.slug]));
        return {
          ...facts,
          outcome: {
            ok: true,
            engineVersion: form.version,
            sections: form.sections.map(({ skill, picks, anchorsMissing, pretestMissing }) => ({
              skill: skill as Skill,
              picks: picks.map(({ id, ...pick }) => ({
                ...pick,
                itemId: id,
                slug: slugs.get(id) ?? id,
                centre: levelCentre(pick.level),
              })),
              anchorsMissing,
              pretestMissing,
            })),
          },
        };
      }
      met.push(...ids);
      pool.recordAllotment(ids);
    }
  },
});

export interface SimulationRow {
  readonly id: string;
  readonly programme: { readonly name: string; readonly title: string; readonly version: number };
  readonly plan: SimulationPlan;
  readonly status: "waiting" | "running" | "done" | "failed";
  /** Candidates simulated so far, of `total`. */
  readonly done: number;
  readonly total: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface SimulationDetail extends SimulationRow {
  readonly failure: string | null;
  readonly result: SimulationResult | null;
}

const rowColumns = {
  id: true,
  programmeId: true,
  input: true,
  status: true,
  done: true,
  total: true,
  createdAt: true,
  finishedAt: true,
} as const;

/** Simulations, the newest first. */
export const listSimulations = defineQuery({
  name: "listSimulations",
  permission: "item:read",
  input: pageInput.extend({ programme: z.string().max(60).optional() }),
  run: async ({ db }, input): Promise<Page<SimulationRow>> => {
    const named = await db.programme.findMany({
      ...(input.programme !== undefined && { where: { name: input.programme } }),
      select: { id: true, name: true, title: true, version: true },
    });
    const where = { programmeId: { in: named.map(({ id }) => id) } };
    const [total, rows] = await Promise.all([
      db.simulation.count({ where }),
      db.simulation.findMany({
        where,
        select: rowColumns,
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
      }),
    ]);
    const byId = new Map(named.map(({ id, ...programme }) => [id, programme]));
    return {
      rows: rows.flatMap(({ programmeId, input: plan, ...row }) => {
        const programme = byId.get(programmeId);
        return programme ? [{ ...row, programme, plan: simulationPlan.parse(plan) }] : [];
      }),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

export const getSimulation = defineQuery({
  name: "getSimulation",
  permission: "item:read",
  input: z.object({ simulationId: z.uuid() }),
  run: async ({ db }, { simulationId }): Promise<SimulationDetail> => {
    const row = await db.simulation.findUnique({
      where: { id: simulationId },
      select: { ...rowColumns, failure: true, result: true },
    });
    if (!row) throw notFound("The simulation");
    const { programmeId, input, result, ...facts } = row;
    const programme = await db.programme.findUniqueOrThrow({
      where: { id: programmeId },
      select: { name: true, title: true, version: true },
    });
    return {
      ...facts,
      programme,
      plan: simulationPlan.parse(input),
      result: result === null ? null : simulationResult.parse(result),
    };
  },
});

/** What the worker goes on with; null when nothing is left to do. */
export const simulationToRun = defineQuery({
  name: "simulationToRun",
  permission: "simulation:run",
  input: z.object({ simulationId: z.uuid() }),
  run: async ({ db }, { simulationId }): Promise<{ plan: SimulationPlan; done: number } | null> => {
    const row = await db.simulation.findFirst({
      where: { id: simulationId, status: { in: ["waiting", "running"] } },
      select: { input: true, done: true },
    });
    return row && { plan: simulationPlan.parse(row.input), done: row.done };
  },
});
