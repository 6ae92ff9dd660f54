import { Prisma } from "@bandwise/db/client";
import { ielpBandFromRaw } from "@bandwise/scoring/ielp";
import { add, formatHalfUp, mean, parseDecimal, type Rational, ZERO } from "@bandwise/scoring/rational";
import type { CommandContext } from "../kernel/context.ts";
import { conflict } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { currentRound } from "./allotment-steps.ts";
import { machineMarkOn } from "./machine-steps.ts";
import {
  combineRule,
  countingRatings,
  decideAfterRating,
  isHeld,
  sectionsInDoubt,
  standardPolicy,
} from "./policy-rules.ts";
import { type ScriptOutcome, scriptPolicy, secondReasons, seedOutcome } from "./policy-schema.ts";
import { agreementWithModel, decideAfterSet, qualificationRule } from "./qualification-rules.ts";
import type { HeldScript } from "./rating-steps.ts";
import { contributionOf } from "./rules.ts";
import { type CannotMarkReason, cannotMarkReasons, type RatedSkill, type Scores, scoreProgress } from "./schema.ts";
import { decideAfterSeed, judgeSeed } from "./seed-rules.ts";

const free = { leaseHolderId: null, leaseToken: null, leaseExpiresAt: null };

async function move(
  { tx }: CommandContext,
  script: HeldScript,
  data: Parameters<CommandContext["tx"]["script"]["updateMany"]>[0]["data"],
): Promise<void> {
  const moved = await tx.script.updateMany({
    where: { id: script.id, version: script.version },
    data: { version: { increment: 1 }, ...free, ...data },
  });
  if (moved.count === 0) throw conflict();
}

/** What a new final rating does to a live script, by its policy. @returns its state from now on. */
export async function settleLive(
  context: CommandContext,
  script: HeldScript,
  raterId: string,
): Promise<"waiting" | "adjudication" | "settled" | "cannot_be_marked"> {
  const { tx, now } = context;
  const final = await tx.rating.findMany({
    where: { scriptId: script.id, status: "final" },
    orderBy: [{ finalAt: "asc" }, { id: "asc" }],
    select: { id: true, role: true, scores: true, cannotMark: true },
  });
  const policy = scriptPolicy.nullable().parse(script.policy);
  const next = decideAfterRating({
    policy,
    machineMark: policy?.data.machine === "second" ? await machineMarkOn(tx, script.id) : null,
    ratingsNeeded: script.ratingsNeeded,
    second: secondReasons.find((reason) => reason === script.secondReason) ?? null,
    marksOfExaminer: await liveMarks(context, { personId: raterId, skill: script.skill }),
    machine: await machineBeside(context, script.id),
    given: final.map((rating) => ({
      ...rating,
      scores: scoreProgress.parse(rating.scores),
      cannotMark: cannotMarkReasons.find((reason) => reason === rating.cannotMark) ?? null,
    })),
  });
  switch (next.script) {
    case "waiting":
      await move(context, script, {
        status: "waiting",
        ratingsNeeded: next.ratingsNeeded,
        secondReason: next.second,
      });
      break;
    case "adjudication":
      await move(context, script, { status: "adjudication", adjudicating: true });
      break;
    case "cannot_be_marked":
      await move(context, script, { status: "cannot_be_marked" });
      break;
    case "settled":
      await move(context, script, { status: "settled", settledAt: now, outcome: next.outcome });
  }
  return next.script;
}

/** A re-mark stands by itself; what noise keeps from being marked leaves the first marks as they are. */
export async function settleRemark(
  context: CommandContext,
  script: HeldScript,
  rating: { readonly id: string; readonly cannotMark: CannotMarkReason | null },
): Promise<"settled" | "cannot_be_marked"> {
  if (isHeld(rating.cannotMark)) {
    await move(context, script, { status: "cannot_be_marked" });
    return "cannot_be_marked";
  }
  const policy = scriptPolicy.nullable().parse(script.policy);
  const outcome: ScriptOutcome = {
    counting: [rating.id],
    rule: "re-marked",
    combine: combineRule(policy?.scheme ?? "ielp"),
    difference: null,
    policy: policy && { programme: policy.programme, version: policy.version },
    second: null,
  };
  await move(context, script, { status: "settled", settledAt: context.now, outcome });
  return "settled";
}

/** Where people were asked for some criteria only, the newest machine rating has the others. */
async function machineBeside({ tx }: CommandContext, scriptId: string): Promise<string | null> {
  const script = await tx.script.findUniqueOrThrow({
    where: { id: scriptId },
    select: { criteria: true, machineRatings: { orderBy: { createdAt: "desc" }, take: 1, select: { id: true } } },
  });
  return script.criteria.length === 0 ? null : (script.machineRatings[0]?.id ?? null);
}

function liveMarks({ tx }: CommandContext, of: { personId: string; skill: RatedSkill; since?: Date }): Promise<number> {
  return tx.rating.count({
    where: {
      raterId: of.personId,
      role: "mark",
      status: { not: "draft" },
      script: { purpose: "live", skill: of.skill },
      ...(of.since && { finalAt: { gte: of.since } }),
    },
  });
}

/** When she began to mark the skill as she does now: the day she last qualified or was let go on. */
async function startedAt({ tx }: CommandContext, personId: string, skill: RatedSkill): Promise<Date> {
  const passed = await tx.qualificationDecision.findFirst({
    where: { personId, skill, verdict: "passed" },
    orderBy: { decidedAt: "desc" },
    select: { decidedAt: true },
  });
  const lifted = await tx.markingHold.findFirst({
    where: { personId, skill, decidedAt: { not: null } },
    orderBy: { decidedAt: "desc" },
    select: { decidedAt: true },
  });
  return new Date(Math.max(passed?.decidedAt.getTime() ?? 0, lifted?.decidedAt?.getTime() ?? 0));
}

/** A seed was marked: it is judged, and a second miss holds the examiner's queue and tells the leads. */
export async function settleSeed(context: CommandContext, script: HeldScript, given: Scores): Promise<void> {
  const { tx, now, ids, viewer } = context;
  const { personId } = requirePerson(viewer);
  const policy = scriptPolicy.nullable().parse(script.policy)?.data.seeds ?? standardPolicy.seeds;
  const outcome = judgeSeed(given, await modelScores(context, script.id), policy.tolerance);
  await move(context, script, { status: "settled", settledAt: now, outcome });
  const since = await startedAt(context, personId, script.skill);
  const seeds = await tx.script.findMany({
    where: { purpose: "seed", forId: personId, skill: script.skill, settledAt: { gte: since } },
    orderBy: [{ settledAt: "asc" }, { id: "asc" }],
    select: { id: true, settledAt: true, outcome: true },
  });
  const marks = await liveMarks(context, { personId, skill: script.skill, since });
  const next = decideAfterSeed(
    policy,
    seeds.map(({ id, settledAt, outcome: stored }) => ({
      scriptId: id,
      at: settledAt ?? now,
      missed: seedOutcome.parse(stored).missed,
    })),
    marks,
    since,
  );
  context.audit({
    subjectType: "script",
    subjectId: script.id,
    action: "marking.seed",
    detail: { missed: outcome.missed, followed: next.kind },
  });
  if (next.kind !== "hold") return;
  const open = await tx.markingHold.count({ where: { personId, skill: script.skill, decidedAt: null } });
  if (open > 0) return;
  const holdId = ids.uuid();
  await tx.markingHold.create({
    data: {
      id: holdId,
      personId,
      skill: script.skill,
      openedAt: now,
      goodUntil: next.goodUntil,
      missed: [...next.missed],
    },
  });
  // What was loaded ahead goes to somebody else.
  await tx.script.updateMany({
    where: {
      leaseHolderId: personId,
      skill: script.skill,
      purpose: { in: ["live", "seed", "remark"] },
      adjudicating: false,
    },
    data: { status: "waiting", version: { increment: 1 }, ...free },
  });
  context.audit({
    subjectType: "person",
    subjectId: personId,
    action: "marking.hold",
    detail: { holdId, skill: script.skill, missed: next.missed },
  });
  context.enqueue(mailJob, { kind: "marking-held", personId, subjectId: holdId });
  const leads = await tx.person.findMany({
    where: { status: "active", id: { not: personId }, roles: { some: { role: { in: ["senior_examiner", "admin"] } } } },
    select: { id: true },
    take: 20,
  });
  for (const lead of leads) {
    context.enqueue(mailJob, { kind: "marking-hold-opened", personId: lead.id, subjectId: holdId });
  }
}

async function modelScores({ tx }: CommandContext, scriptId: string): Promise<Scores> {
  const { benchmark } = await tx.script.findUniqueOrThrow({
    where: { id: scriptId },
    select: { benchmark: { select: { scores: true } } },
  });
  return scoreProgress.parse(benchmark?.scores);
}

/** A training or qualification script was marked; the last one of a set decides. */
export async function settleBenchmark(context: CommandContext, script: HeldScript): Promise<void> {
  const { tx, now, ids, viewer } = context;
  const { personId } = requirePerson(viewer);
  const { skill } = script;
  await move(context, script, { status: "settled", settledAt: now });
  const round = await currentRound(context, { personId, skill });
  const { benchmark } = await tx.script.findUniqueOrThrow({
    where: { id: script.id },
    select: { benchmark: { select: { use: true } } },
  });
  const use = benchmark?.use;
  if (use !== "set_one" && use !== "set_two") return;
  const sets = await tx.script.findMany({
    where: { forId: personId, skill, round, purpose: "qualification", status: "settled" },
    select: {
      benchmark: { select: { use: true, scores: true } },
      ratings: { where: { raterId: personId, status: "final" }, select: { scores: true } },
    },
  });
  const agreementOn = (step: "set_one" | "set_two") =>
    agreementWithModel(
      sets
        .filter((shown) => shown.benchmark?.use === step)
        .map((shown) => ({
          given: scoreProgress.parse(shown.ratings[0]?.scores),
          model: scoreProgress.parse(shown.benchmark?.scores),
        })),
    );
  const size = await tx.benchmark.count({ where: { skill, use, retiredAt: null } });
  const left = size - sets.filter((shown) => shown.benchmark?.use === use).length;
  const verdict = decideAfterSet(use, left, agreementOn(use));
  if (verdict !== "passed" && verdict !== "failed") return;
  await tx.qualificationDecision.create({
    data: {
      id: ids.uuid(),
      personId,
      skill,
      verdict,
      round,
      decidedAt: now,
      validUntil: verdict === "passed" ? new Date(now.getTime() + qualificationRule.validDays * 86_400_000) : null,
      reason: verdict === "passed" ? "Both sets passed" : `Set ${use === "set_one" ? 1 : 2} not passed`,
      figures: {
        rule: qualificationRule,
        set_one: { ...agreementOn("set_one") },
        set_two: { ...agreementOn("set_two") },
      },
    },
  });
  context.audit({
    subjectType: "person",
    subjectId: personId,
    action: "marking.qualification",
    detail: { skill, round, verdict },
  });
}

/**
 * Asks for a second mark on sections of an attempt whose bands, known only now that everything is marked, leave a doubt that
 * the policy names. Each script is asked about once. @returns how many scripts wait again.
 */
export async function askForSecondMarks({ tx, now, audit }: CommandContext, attemptId: string): Promise<number> {
  const scripts = await tx.script.findMany({
    where: { attemptId },
    select: {
      id: true,
      skill: true,
      level: true,
      policy: true,
      secondReason: true,
      outcome: true,
      ratings: { where: { status: "final" }, select: { id: true, scores: true } },
    },
  });
  const rated = scripts.flatMap((script) => {
    if (script.skill !== "writing" && script.skill !== "speaking") return [];
    const policy = scriptPolicy.nullable().parse(script.policy);
    // Only sections with bands of their own can lie near a boundary or far from the others.
    return policy?.scheme === "ielp" ? [{ ...script, skill: script.skill, policy }] : [];
  });
  if (rated.every(({ policy }) => policy.data.mode !== "targeted")) return 0;
  const objective = await tx.sectionScore.findMany({ where: { attemptId }, select: { skill: true, band: true } });
  const bands: Record<string, number> = Object.fromEntries(objective.map(({ skill, band }) => [skill, Number(band)]));
  for (const skill of ["writing", "speaking"] as const) {
    const mine = rated.filter((script) => script.skill === skill);
    if (mine.length === 0) continue;
    const raw = mine.reduce((sum, script) => add(sum, rawOf(script)), ZERO);
    bands[skill] = Number(ielpBandFromRaw(skill, formatHalfUp(raw, 2)).band);
  }
  let asked = 0;
  for (const script of rated) {
    if (script.secondReason !== null || script.ratings.length !== 1) continue;
    const reason = sectionsInDoubt(script.policy.data, bands)[script.skill];
    if (reason === undefined) continue;
    await tx.script.update({
      where: { id: script.id },
      data: {
        status: "waiting",
        version: { increment: 1 },
        ratingsNeeded: 2,
        secondReason: reason,
        settledAt: null,
        outcome: Prisma.DbNull,
        waitingSince: now,
      },
    });
    asked += 1;
    audit({ subjectType: "script", subjectId: script.id, action: "marking.second-mark", detail: { reason } });
  }
  return asked;
}

/** What a settled script adds to its section, by the ratings that count; nothing where nothing was answered. */
function rawOf(script: {
  skill: RatedSkill;
  level: string;
  outcome: unknown;
  ratings: readonly { id: string; scores: unknown }[];
}): Rational {
  const raws = countingRatings(script).flatMap((rating) => {
    const added = contributionOf(script.skill, script.level, scoreProgress.parse(rating.scores));
    const exact = added?.raw ? parseDecimal(added.raw) : undefined;
    return exact ? [exact] : [];
  });
  return raws.length === 0 ? ZERO : mean(raws);
}
