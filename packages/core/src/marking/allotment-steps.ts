import type { CommandContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { machineRatingJob } from "./machine-schema.ts";
import { asksMachine } from "./policy-rules.ts";
import { type ScriptPolicy, scriptPolicy } from "./policy-schema.ts";
import { nextBenchmark, qualificationState } from "./qualification-rules.ts";
import { beginRating } from "./rating-steps.ts";
import { leaseEnd } from "./rules.ts";
import type { RatedSkill } from "./schema.ts";
import { inQueueOf, marksUnseenBy, notRatedBy, withoutConflict } from "./scope.ts";
import { isSeedDue } from "./seed-rules.ts";

interface Asked {
  readonly personId: string;
  readonly skill: RatedSkill;
  /** The code of a script in hand that this one is to be besides. */
  readonly beside?: string | undefined;
}

interface Found {
  readonly id: string;
  readonly code: string;
}

/** Gives the examiner a script for the length of a lease, with a draft to write her marks into. */
export async function lease(
  context: CommandContext,
  script: Found,
  holder: { personId: string; skill: RatedSkill; role?: "mark" | "adjudication"; rubricId?: string },
): Promise<{ code: string }> {
  const { personId, ...rating } = holder;
  await grantLease(context, script.id, personId);
  await beginRating(context, { scriptId: script.id, raterId: personId, ...rating });
  context.audit({ subjectType: "script", subjectId: script.id, detail: { leased: true } });
  return { code: script.code };
}

/** The script is this examiner's until the lease ends; a lease there was before is worth nothing any more. */
export async function grantLease(
  { tx, now, ids }: CommandContext,
  scriptId: string,
  personId: string,
): Promise<{ leaseToken: string; until: Date }> {
  const leaseToken = ids.uuid();
  const until = leaseEnd(now);
  await tx.script.update({
    where: { id: scriptId },
    data: {
      status: "leased",
      version: { increment: 1 },
      leaseHolderId: personId,
      leaseToken,
      leaseExpiresAt: until,
    },
  });
  return { leaseToken, until };
}

/** Nobody takes live scripts of a skill while her queue stands still. */
export async function requireNoHold({ tx }: CommandContext, { personId, skill }: Asked): Promise<void> {
  const held = await tx.markingHold.findFirst({ where: { personId, skill, decidedAt: null }, select: { id: true } });
  if (held) {
    throw new AppError("LOCKED", "Your queue stands still until a senior examiner has looked at your latest marks.");
  }
}

export async function isQualified({ tx, now }: CommandContext, { personId, skill }: Asked): Promise<boolean> {
  const newest = await tx.qualificationDecision.findFirst({
    where: { personId, skill },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    select: { verdict: true, validUntil: true },
  });
  return qualificationState(newest, now) === "qualified";
}

/** The seed she was given and has not marked: it does not go away by being left. */
export async function seedInHand({ tx }: CommandContext, asked: Asked): Promise<Found | null> {
  return tx.script.findFirst({
    where: {
      forId: asked.personId,
      skill: asked.skill,
      purpose: "seed",
      status: { in: ["waiting", "leased"] },
      ...(asked.beside !== undefined && { code: { not: asked.beside } }),
    },
    select: { id: true, code: true },
  });
}

/**
 * The live script that is hers next: the one she holds, else of the oldest day any at random, those first whose first marker
 * she shares no script with yet, so that all markers become comparable. The row is locked while it is chosen and locked
 * rows are skipped: two examiners who ask in the same instant get two scripts.
 */
export async function chooseLive(
  context: CommandContext,
  asked: Asked,
): Promise<(Found & { readonly policy: ScriptPolicy | null; readonly inHand: boolean }) | null> {
  const { tx, now, ids, viewer } = context;
  const { personId, skill, beside = "" } = asked;
  const qualified = await isQualified(context, asked);
  const known = await tx.$queryRaw<{ raterId: string }[]>`
    select distinct other.rater_id as "raterId" from rating mine
    join rating other on other.script_id = mine.script_id and other.status = 'final' and other.rater_id <> mine.rater_id
    where mine.rater_id = ${personId}::uuid and mine.status = 'final'`;
  const partners = known.map(({ raterId }) => raterId);
  const [script] = await tx.$queryRaw<(Found & { policy: unknown; inHand: boolean })[]>`
    select s.id, s.code, s.policy, coalesce(s.lease_holder_id = ${personId}::uuid, false) as "inHand" from script s
    where ${inQueueOf(requirePerson(viewer))} and s.skill = ${skill}::skill and not s.adjudicating and s.code <> ${beside}
      and (s.status = 'waiting' or (s.status = 'leased' and (s.lease_holder_id = ${personId}::uuid or s.lease_expires_at < ${now})))
      and (not s.needs_qualification or ${qualified})
      and ${notRatedBy(personId)} and ${marksUnseenBy(personId)} and ${withoutConflict(personId)}
    order by (s.lease_holder_id = ${personId}::uuid) desc nulls last,
      date_trunc('day', s.waiting_since),
      exists (select 1 from rating r where r.script_id = s.id and r.status = 'final'
        and r.rater_id <> all(${partners}::uuid[])) desc,
      md5(s.id::text || ${ids.uuid()})
    limit 1
    for update of s skip locked`;
  return script ? { ...script, policy: scriptPolicy.nullable().parse(script.policy) } : null;
}

/** A seed in place of the live script that would be next, where the policy wants one there and one is left that she has not met. */
export async function giveSeed(
  context: CommandContext,
  asked: Asked,
  policy: ScriptPolicy | null,
): Promise<{ code: string } | null> {
  const { tx, now, ids } = context;
  const { personId, skill } = asked;
  const every = policy?.data.seeds.every ?? 0;
  if (every === 0) return null;
  const given = await tx.rating.count({
    where: {
      raterId: personId,
      status: { not: "draft" },
      role: "mark",
      script: { skill, purpose: { in: ["live", "seed"] } },
    },
  });
  if (!isSeedDue(personId, every, given + (asked.beside === undefined ? 0 : 1))) return null;
  const [seed] = await tx.$queryRaw<{ id: string; level: string; rubricId: string }[]>`
    select b.id, b.level, b.rubric_id as "rubricId" from benchmark b
    join rubric r on r.id = b.rubric_id and r.scheme = ${policy?.scheme ?? "ielp"}
    where b.use = 'seed' and b.skill = ${skill}::skill and b.retired_at is null
      and not exists (select 1 from script s where s.benchmark_id = b.id and s.for_id = ${personId}::uuid)
    order by md5(b.id::text || ${ids.uuid()}) limit 1`;
  if (!seed) return null;
  const script = await tx.script.create({
    data: {
      id: ids.uuid(),
      code: ids.code(2),
      purpose: "seed",
      benchmarkId: seed.id,
      forId: personId,
      skill,
      level: seed.level,
      waitingSince: now,
      ...(policy && { policy }),
    },
    select: { id: true, code: true },
  });
  // Beside every live mark there is a machine's, afterwards: a seed without one would be known by that.
  if (policy && asksMachine(policy, skill)) context.enqueue(machineRatingJob, { scriptId: script.id });
  return lease(context, script, { personId, skill, rubricId: seed.rubricId });
}

/** How many rounds she has finished: a round ends with a decision that follows from its marks. */
export async function currentRound({ tx }: CommandContext, { personId, skill }: Asked): Promise<number> {
  const decided = await tx.qualificationDecision.count({
    where: { personId, skill, verdict: { in: ["passed", "failed"] }, byId: null },
  });
  return decided + 1;
}

/** The benchmark that is next in the examiner's round, or the one in hand; null where there is none. */
export async function giveBenchmark(context: CommandContext, asked: Asked): Promise<{ code: string } | null> {
  const { tx, now, ids } = context;
  const { personId, skill } = asked;
  const round = await currentRound(context, asked);
  const shown = await tx.script.findMany({
    where: { forId: personId, skill, round, purpose: { in: ["training", "qualification"] } },
    select: { id: true, code: true, status: true, benchmarkId: true, benchmark: { select: { rubricId: true } } },
  });
  const open = shown.find(({ status, code }) => status !== "settled" && code !== asked.beside);
  if (open) return lease(context, open, { personId, skill, rubricId: open.benchmark?.rubricId ?? "" });
  const benchmarks = await tx.benchmark.findMany({
    where: { skill, use: { not: "seed" }, retiredAt: null },
    orderBy: [{ position: "asc" }, { slug: "asc" }],
    select: { id: true, use: true, level: true, rubricId: true },
  });
  const next = nextBenchmark(
    benchmarks.flatMap(({ use, ...rest }) => (use === "seed" ? [] : [{ ...rest, use }])),
    new Set(shown.map(({ benchmarkId }) => benchmarkId ?? "")),
    ({ id }) => sha256(`${personId}:${id}`),
  );
  if (!next) return null;
  const script = await tx.script.create({
    data: {
      id: ids.uuid(),
      code: ids.code(2),
      purpose: next.use === "training" ? "training" : "qualification",
      benchmarkId: next.id,
      forId: personId,
      round,
      skill,
      level: next.level,
      waitingSince: now,
    },
    select: { id: true, code: true },
  });
  return lease(context, script, { personId, skill, rubricId: next.rubricId });
}
