import { Prisma } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { computeResultJob } from "../results/schema.ts";
import { currentRound } from "./allotment-steps.ts";
import {
  appealHoldInput,
  decideHoldInput,
  publishPolicyInput,
  sendBackInput,
  withdrawQualificationInput,
} from "./policy-schema.ts";
import type { RatedSkill } from "./schema.ts";
import { backToMarking, lockAttemptRow } from "./steps.ts";

/** Publishes how a programme's scripts are marked from now on; scripts that exist keep the policy they were made under. */
export const publishPolicy = defineCommand({
  name: "publishPolicy",
  permission: "marking:govern",
  input: publishPolicyInput,
  run: async ({ tx, now, ids, viewer, audit }, { programme, skill, level, data, reason, after }) => {
    const known = await tx.programme.count({ where: { name: programme } });
    if (known === 0) throw notFound("The programme");
    if (data.machine === "second" && data.mode === "double")
      throw new AppError(
        "INVALID",
        "Where two examiners mark every script the machine is never second: choose one mark.",
      );
    const newest = await tx.markingPolicy.findFirst({
      where: { programme, skill, level },
      orderBy: { version: "desc" },
      select: { version: true },
    });
    if ((newest?.version ?? 0) !== after) throw conflict();
    const id = ids.uuid();
    await tx.markingPolicy.create({
      data: {
        id,
        programme,
        skill,
        level,
        version: after + 1,
        data,
        hash: contentHash(data),
        reason,
        createdById: requirePerson(viewer).personId,
        createdAt: now,
      },
    });
    audit({
      subjectType: "marking-policy",
      subjectId: id,
      detail: { programme, skill, level, version: after + 1 },
    });
    return { version: after + 1 };
  },
});

/** The examiner whose queue stands still says what she thinks of it, once. */
export const appealHold = defineCommand({
  name: "appealHold",
  permission: "script:mark",
  input: appealHoldInput,
  run: async ({ tx, now, viewer, audit }, { skill, appeal }) => {
    const { personId } = requirePerson(viewer);
    const hold = await tx.markingHold.findFirst({
      where: { personId, skill, decidedAt: null },
      select: { id: true },
    });
    if (!hold) throw notFound("The hold");
    const { count } = await tx.markingHold.updateMany({
      where: { id: hold.id, appealedAt: null, decidedAt: null },
      data: { appeal, appealedAt: now },
    });
    if (count === 0) throw conflict("You have appealed already.");
    audit({ subjectType: "person", subjectId: personId, detail: { holdId: hold.id } });
    return {};
  },
});

interface Hold {
  readonly id: string;
  readonly personId: string;
  readonly skill: RatedSkill;
  readonly goodUntil: Date;
  /** What she marks after it, let go on, is not in doubt. */
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly sentBackAt: Date | null;
}

/** The hold, locked, for somebody else than the examiner it is on. */
async function lockHold({ tx, viewer }: CommandContext, holdId: string): Promise<Hold> {
  const [hold] = await tx.$queryRaw<Hold[]>`
    select id, person_id as "personId", skill::text as skill, good_until as "goodUntil", opened_at as "openedAt", decided_at as "decidedAt",
           sent_back_at as "sentBackAt"
    from marking_hold where id = ${holdId}::uuid for update`;
  if (!hold) throw notFound("The hold");
  if (hold.personId === requirePerson(viewer).personId) {
    throw new AppError("FORBIDDEN", "Somebody else decides about your own queue.");
  }
  return hold;
}

/** A lead lets the examiner go on, or asks her to qualify again. */
export const decideHold = defineCommand({
  name: "decideHold",
  permission: "marking:lead",
  input: decideHoldInput,
  run: async (context, { holdId, verdict, note }) => {
    const { tx, now, viewer, audit, enqueue } = context;
    const hold = await lockHold(context, holdId);
    if (hold.decidedAt !== null) throw conflict("This has been decided already.");
    await tx.markingHold.update({
      where: { id: holdId },
      data: { verdict, note, decidedAt: now, decidedById: requirePerson(viewer).personId },
    });
    // Results that release themselves waited for this.
    const waiting = await tx.attempt.findMany({
      where: {
        status: "marked",
        scripts: {
          some: {
            skill: hold.skill,
            ratings: {
              some: { raterId: hold.personId, status: "final", finalAt: { gt: hold.goodUntil, lte: hold.openedAt } },
            },
          },
        },
      },
      select: { id: true },
    });
    for (const { id } of waiting) enqueue(computeResultJob, { attemptId: id });
    if (verdict === "requalify") await withdraw(context, { ...hold, reason: note });
    audit({ subjectType: "person", subjectId: hold.personId, detail: { holdId, skill: hold.skill, verdict } });
    return {};
  },
});

/**
 * Sends back, in one step, whatever the examiner has marked since her last good seed: her marks no longer count and others
 * give new ones. What a senior has adjudicated stays, and what is released can only be appealed against.
 */
export const sendBackDoubtful = defineCommand({
  name: "sendBackDoubtful",
  permission: "marking:lead",
  input: sendBackInput,
  run: async (context, { holdId, reason }): Promise<{ sentBack: number; released: number }> => {
    const { tx, now, audit } = context;
    const hold = await lockHold(context, holdId);
    if (hold.sentBackAt !== null) throw conflict("They have been sent back already.");
    const doubtful = {
      raterId: hold.personId,
      role: "mark" as const,
      status: "final" as const,
      finalAt: { gt: hold.goodUntil, lte: hold.openedAt },
    };
    const attempts = await tx.attempt.findMany({
      where: { scripts: { some: { purpose: "live", skill: hold.skill, ratings: { some: doubtful } } } },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    let sentBack = 0;
    let released = 0;
    // In the order of their ids, the attempt before its scripts, as everybody locks them who needs both.
    for (const { id } of attempts) {
      await lockAttemptRow(tx, id);
      const attempt = await tx.attempt.findUniqueOrThrow({
        where: { id },
        select: {
          id: true,
          status: true,
          scripts: {
            where: { skill: hold.skill, ratings: { some: doubtful } },
            select: { id: true, status: true, ratings: { where: { role: "adjudication", status: "final" } } },
          },
        },
      });
      const open = attempt.scripts.filter(
        ({ ratings, status }) => ratings.length === 0 && status !== "cannot_be_marked",
      );
      if (attempt.status === "released") released += open.length;
      if (attempt.status !== "marking" && attempt.status !== "marked") continue;
      for (const script of open) {
        await tx.$queryRaw`select 1 from script where id = ${script.id}::uuid for update`;
        const { count } = await tx.rating.updateMany({
          where: { scriptId: script.id, ...doubtful },
          data: { status: "superseded", supersededBecause: "doubtful" },
        });
        if (count === 0) continue;
        sentBack += count;
        // A colleague may hold it for the second mark just now: then it only counts anew when she is done.
        await tx.script.updateMany({
          where: { id: script.id, OR: [{ status: { not: "leased" } }, { adjudicating: true }] },
          data: {
            status: "waiting",
            version: { increment: 1 },
            leaseHolderId: null,
            leaseToken: null,
            leaseExpiresAt: null,
            adjudicating: false,
            settledAt: null,
            outcome: Prisma.DbNull,
          },
        });
      }
      if (open.length > 0) await backToMarking(context, attempt);
    }
    await tx.markingHold.update({
      where: { id: holdId },
      data: { sentBack, sentBackAt: now, sentBackBecause: reason },
    });
    audit({
      subjectType: "person",
      subjectId: hold.personId,
      detail: { holdId, skill: hold.skill, sentBack, released },
    });
    return { sentBack, released };
  },
});

/** Takes an examiner's qualification back, as when her marks drift; she may qualify again. */
export const withdrawQualification = defineCommand({
  name: "withdrawQualification",
  permission: "marking:lead",
  input: withdrawQualificationInput,
  run: async (context, input) => {
    if (input.personId === requirePerson(context.viewer).personId) {
      throw new AppError("FORBIDDEN", "Somebody else decides about your own qualification.");
    }
    const newest = await context.tx.qualificationDecision.findFirst({
      where: { personId: input.personId, skill: input.skill },
      orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
      select: { verdict: true },
    });
    if (newest?.verdict !== "passed") throw conflict("There is no qualification to withdraw.");
    await withdraw(context, input);
    context.audit({ subjectType: "person", subjectId: input.personId, detail: { skill: input.skill } });
    return {};
  },
});

async function withdraw(
  context: CommandContext,
  { personId, skill, reason }: { personId: string; skill: RatedSkill; reason: string },
): Promise<void> {
  const { tx, now, ids, viewer } = context;
  await tx.qualificationDecision.create({
    data: {
      id: ids.uuid(),
      personId,
      skill,
      verdict: "withdrawn",
      round: (await currentRound(context, { personId, skill })) - 1,
      decidedAt: now,
      byId: requirePerson(viewer).personId,
      reason,
      figures: {},
    },
  });
}
