import type { PrismaClient } from "@bandwise/db/client";

/**
 * What is kept about a person beside account, attempts and certificates: what others and machines made of the answers (once
 * the result is out), what was practised and asked for, and where the person marks, how that was judged. Who the others are,
 * is not said.
 */
export async function keptBesideAttempts(db: PrismaClient, personId: string) {
  const out = { candidateId: personId, status: "released" as const };
  const [marks, machineRatings, interviews, appeals, takes, goal, qualifications, holds, requests] = await Promise.all([
    db.rating.findMany({
      where: { status: "final", script: { OR: [{ attempt: out }, { remarkOf: { attempt: out } }] } },
      select: {
        role: true,
        scores: true,
        comment: true,
        annotations: true,
        cannotMark: true,
        finalAt: true,
        script: { select: { skill: true, level: true } },
      },
      orderBy: { finalAt: "asc" },
    }),
    db.machineRating.findMany({
      where: { script: { attempt: out } },
      select: {
        raterVersion: true,
        criteria: true,
        evidence: true,
        flags: true,
        transcript: true,
        createdAt: true,
        script: { select: { skill: true, level: true } },
      },
      orderBy: { createdAt: "asc" },
    }),
    db.interview.findMany({
      where: { attempt: out },
      select: {
        attemptId: true,
        document: true,
        identifiedAt: true,
        startedAt: true,
        finishedAt: true,
        scores: true,
        comment: true,
        entries: { select: { value: true, madeAt: true }, orderBy: { id: "asc" } },
      },
    }),
    db.appeal.findMany({
      where: { result: { attempt: { candidateId: personId } } },
      select: { skills: true, reason: true, status: true, fee: true, askedAt: true, closedAt: true, note: true },
      orderBy: { askedAt: "asc" },
    }),
    db.practiceTake.findMany({
      where: { personId },
      select: { id: true, createdAt: true, durationSeconds: true, status: true, rating: true, transcript: true },
      orderBy: { createdAt: "asc" },
    }),
    db.practiceGoal.findUnique({
      where: { personId },
      select: { level: true, until: true, weekdays: true, tasksADay: true, updatedAt: true },
    }),
    db.qualificationDecision.findMany({
      where: { personId },
      select: {
        skill: true,
        verdict: true,
        round: true,
        decidedAt: true,
        validUntil: true,
        reason: true,
        figures: true,
      },
      orderBy: { decidedAt: "asc" },
    }),
    db.markingHold.findMany({
      where: { personId },
      select: {
        skill: true,
        openedAt: true,
        appeal: true,
        appealedAt: true,
        verdict: true,
        note: true,
        decidedAt: true,
      },
      orderBy: { openedAt: "asc" },
    }),
    db.approval.findMany({
      where: { subjectType: "person", subjectId: personId },
      select: { kind: true, reason: true, status: true, requestedAt: true, decidedAt: true },
      orderBy: { requestedAt: "asc" },
    }),
  ]);
  return {
    marks,
    machineRatings,
    interviews,
    appeals,
    practice: { goal, takes: takes.map((take) => ({ ...take, sound: `/api/practice/takes/${take.id}/audio` })) },
    qualifications,
    holds,
    requests,
  };
}
