import type { PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { benchmarkMaterial, findMedia, spokenAnswer } from "./material.ts";
import { seedOutcome } from "./policy-schema.ts";
import { agreementWithModel, qualificationRule, qualificationState } from "./qualification-rules.ts";
import { exemplarsInput, reasonsByCriterion, rubricFile, scoreProgress, skillInput } from "./schema.ts";

const skills = ["writing", "speaking"] as const;
const rounds = ["training", "set_one", "set_two"] as const;

/** Where the examiner stands in each skill: qualified or not, how far in her round, and whether her queue stands still. */
export const getMarkerStanding = defineQuery({
  name: "getMarkerStanding",
  permission: "script:mark",
  input: z.object({}),
  run: async ({ db, viewer, clock }) => {
    const { personId } = requirePerson(viewer);
    const now = clock.now();
    const [decisions, holds, benchmarks, shown, adjudications] = await Promise.all([
      db.qualificationDecision.findMany({
        where: { personId },
        orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
        select: { skill: true, verdict: true, validUntil: true, reason: true, decidedAt: true, byId: true },
      }),
      db.markingHold.findMany({
        where: { personId, decidedAt: null },
        select: { id: true, skill: true, openedAt: true, appeal: true, missed: true },
      }),
      db.benchmark.groupBy({
        by: ["skill", "use"],
        where: { retiredAt: null, use: { not: "seed" } },
        _count: true,
      }),
      db.script.findMany({
        where: { forId: personId, purpose: { in: ["training", "qualification"] }, status: "settled" },
        select: { skill: true, round: true, benchmark: { select: { use: true } } },
      }),
      db.script.groupBy({ by: ["skill"], where: { adjudicating: true, attempt: { status: "marking" } }, _count: true }),
    ]);
    return {
      now,
      skills: skills.map((skill) => {
        const own = decisions.filter((decision) => decision.skill === skill);
        const round = own.filter(({ byId, verdict }) => byId === null && verdict !== "withdrawn").length + 1;
        const hold = holds.find((open) => open.skill === skill);
        return {
          skill,
          state: qualificationState(own[0] ?? null, now),
          newest: own[0] ?? null,
          round,
          steps: rounds.map((use) => ({
            use,
            of: benchmarks.find((group) => group.skill === skill && group.use === use)?._count ?? 0,
            done: shown.filter((one) => one.skill === skill && one.round === round && one.benchmark?.use === use)
              .length,
          })),
          hold: hold ? { openedAt: hold.openedAt, appealed: hold.appeal !== null, missed: hold.missed.length } : null,
          adjudications: adjudications.find((group) => group.skill === skill)?._count ?? 0,
        };
      }),
    };
  },
});

/** One skill's qualification, round by round: what was shown, and once a set is decided, how it compared with the model. */
export const getQualification = defineQuery({
  name: "getQualification",
  permission: "script:mark",
  input: skillInput,
  run: async ({ db, viewer, clock }, { skill }) => {
    const { personId } = requirePerson(viewer);
    const [decisions, shown] = await Promise.all([
      db.qualificationDecision.findMany({
        where: { personId, skill },
        orderBy: [{ decidedAt: "asc" }, { id: "asc" }],
        select: { id: true, verdict: true, round: true, decidedAt: true, validUntil: true, reason: true, byId: true },
      }),
      db.script.findMany({
        where: { forId: personId, skill, purpose: { in: ["training", "qualification"] } },
        orderBy: [{ round: "desc" }, { waitingSince: "asc" }, { id: "asc" }],
        select: {
          code: true,
          round: true,
          level: true,
          status: true,
          benchmark: { select: { use: true, scores: true } },
          ratings: { where: { raterId: personId, status: "final" }, select: { scores: true } },
        },
      }),
    ]);
    const decided = new Set(decisions.flatMap(({ round, byId }) => (byId === null ? [round] : [])));
    const scripts = shown.flatMap(({ benchmark, ratings: [rating], ...script }) => {
      if (!benchmark || benchmark.use === "seed") return [];
      const given = rating ? scoreProgress.parse(rating.scores) : null;
      const open = benchmark.use === "training" || decided.has(script.round ?? 0);
      const agreement =
        given && open ? agreementWithModel([{ given, model: scoreProgress.parse(benchmark.scores) }]) : null;
      return [{ ...script, use: benchmark.use, marked: given !== null, agreement }];
    });
    return {
      rule: qualificationRule,
      state: qualificationState(decisions.at(-1) ?? null, clock.now()),
      decisions: decisions.toReversed(),
      scripts,
    };
  },
});

/** The seeds an examiner missed before her queue was held, beside the model marks and their reasons. */
export const getOwnHold = defineQuery({
  name: "getOwnHold",
  permission: "script:mark",
  input: skillInput,
  run: async ({ db, viewer }, { skill }) => {
    const { personId } = requirePerson(viewer);
    const hold = await db.markingHold.findFirst({
      where: { personId, skill },
      orderBy: { openedAt: "desc" },
      select: {
        id: true,
        openedAt: true,
        appeal: true,
        appealedAt: true,
        verdict: true,
        note: true,
        decidedAt: true,
        missed: true,
      },
    });
    if (!hold) return null;
    return { ...hold, missed: await comparedSeeds(db, hold.missed) };
  },
});

/** Missed seeds side by side with the model, for the examiner they held up and for the leads. */
export async function comparedSeeds(db: PrismaClient, scriptIds: readonly string[]) {
  const scripts = await db.script.findMany({
    where: { id: { in: [...scriptIds] }, purpose: "seed" },
    orderBy: { settledAt: "asc" },
    select: {
      id: true,
      code: true,
      skill: true,
      level: true,
      settledAt: true,
      outcome: true,
      benchmark: { include: { rubric: { select: { data: true } } } },
      ratings: { where: { status: "final" }, select: { scores: true, comment: true } },
    },
  });
  return scripts.flatMap(({ benchmark, ratings: [rating], outcome, skill, ...script }) => {
    if (!benchmark || !rating || (skill !== "writing" && skill !== "speaking")) return [];
    const { work } = benchmarkMaterial(skill, script.level, script.code, benchmark);
    return [
      {
        ...script,
        work,
        criteria: rubricFile.parse(benchmark.rubric.data).criteria.map(({ id, name }) => ({ id, name })),
        given: scoreProgress.parse(rating.scores),
        comment: rating.comment,
        model: scoreProgress.parse(benchmark.scores),
        reasons: reasonsByCriterion.parse(benchmark.reasons),
        difference: seedOutcome.parse(outcome).difference,
      },
    ];
  });
}

/** Answers with model marks and reasons, to hold a script against: the training ones of a skill, those of its level first. */
export const listExemplars = defineQuery({
  name: "listExemplars",
  permission: "script:mark",
  input: exemplarsInput,
  run: async ({ db }, { skill, scheme }) => {
    const rows = await db.benchmark.findMany({
      where: { skill, use: "training", retiredAt: null, rubric: { scheme } },
      orderBy: [{ level: "asc" }, { position: "asc" }],
    });
    return rows.map((row) => ({
      id: row.id,
      level: row.level,
      work: benchmarkMaterial(skill, row.level, row.slug, row).work,
      scores: scoreProgress.parse(row.scores),
      reasons: reasonsByCriterion.parse(row.reasons),
    }));
  },
});

/** The voice of an exemplar. */
export const getExemplarAudio = defineQuery({
  name: "getExemplarAudio",
  permission: "script:mark",
  input: z.object({ benchmarkId: z.uuid() }),
  run: async ({ db }, { benchmarkId }) => {
    const row = await db.benchmark.findFirst({
      where: { id: benchmarkId, use: "training", skill: "speaking" },
      select: { answer: true },
    });
    if (!row) throw notFound("The exemplar");
    return findMedia(db, spokenAnswer.parse(row.answer).media);
  },
});
