import type { Prisma } from "@bandwise/db/client";
import type { ApprovalStep } from "../audit/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { type AppealStatus, type AppealStep, nextAppealStatus } from "./appeal-rules.ts";
import { hasPersonsMark } from "./rules.ts";
import { issueCertificateJob, type ResultInputs, resultInputs } from "./schema.ts";

/** What every step of an appeal needs to know. */
const appealSelect = {
  id: true,
  status: true,
  version: true,
  fee: true,
  skills: true,
  resultId: true,
  newResultId: true,
  result: {
    select: {
      attemptId: true,
      status: true,
      attempt: { select: { candidateId: true, candidate: { select: { status: true } } } },
    },
  },
} as const satisfies Prisma.AppealSelect;
export type AppealRow = Prisma.AppealGetPayload<{ select: typeof appealSelect }>;

/** The appeal, locked, for anybody but its candidate. */
export async function lockAppeal({ tx, viewer }: CommandContext, appealId: string): Promise<AppealRow> {
  await tx.$queryRaw`select id from appeal where id = ${appealId}::uuid for update`;
  const appeal = await tx.appeal.findUnique({ where: { id: appealId }, select: appealSelect });
  if (!appeal) throw notFound("The appeal");
  if (viewer.kind === "person" && viewer.personId === appeal.result.attempt.candidateId) {
    throw new AppError("FORBIDDEN", "This is your own appeal: somebody else must deal with it.");
  }
  return appeal;
}

/** @throws CONFLICT where the table of states knows no such step, or somebody was first. */
export async function moveAppeal(
  context: CommandContext,
  appeal: { readonly id: string; readonly status: AppealStatus; readonly version: number },
  step: AppealStep,
  data: Prisma.AppealUpdateManyMutationInput = {},
): Promise<void> {
  const to = nextAppealStatus(appeal.status, step);
  if (to === null) throw conflict("This appeal is past that.");
  const { count } = await context.tx.appeal.updateMany({
    where: { id: appeal.id, status: appeal.status, version: appeal.version },
    data: { ...data, status: to, version: { increment: 1 } },
  });
  if (count === 0) throw conflict();
  context.audit({ subjectType: "appeal", subjectId: appeal.id, detail: { from: appeal.status, to } });
}

/** Scripts that somebody has judged, a person or a machine: what may be judged anew. */
export const marked = {
  OR: [{ ratings: { some: { status: "final" } } }, { machineRatings: { some: {} } }],
} satisfies Prisma.ScriptWhereInput;

/** The appeal whose re-mark made a result; `final` where a person had marked before: then there is no other. */
export async function cameOf(
  db: Pick<CommandContext["tx"], "appeal">,
  resultId: string,
): Promise<{ skills: readonly string[]; final: boolean } | null> {
  const appeal = await db.appeal.findFirst({
    where: { newResultId: resultId },
    select: { skills: true, result: { select: { inputs: true } } },
  });
  return appeal && { skills: appeal.skills, final: hasPersonsMark(resultInputs.parse(appeal.result.inputs)) };
}

/** Puts the marked responses of these skills into the senior examiners' queue once more, looking like any other script. */
export async function makeRemarks(context: CommandContext, appeal: AppealRow): Promise<number> {
  const { tx, now, ids } = context;
  const scripts = await tx.script.findMany({
    where: {
      attemptId: appeal.result.attemptId,
      skill: { in: [...appeal.skills] },
      status: "settled",
      ...marked,
    },
    orderBy: [{ skill: "asc" }, { attemptItem: { position: "asc" } }],
    select: { id: true, skill: true, level: true, policy: true },
  });
  await tx.script.createMany({
    data: scripts.map(({ id, skill, level, policy }) => ({
      id: ids.uuid(),
      code: ids.code(2),
      purpose: "remark" as const,
      remarkOfId: id,
      appealId: appeal.id,
      skill,
      level,
      waitingSince: now,
      ...(policy !== null && { policy }),
    })),
  });
  return scripts.length;
}

/** Inputs of the appealed result with the new marks in place of those they were asked for; the old ones stay beside them. */
export async function remarkedInputs(
  { tx }: CommandContext,
  appealId: string,
  before: ResultInputs,
): Promise<ResultInputs> {
  const remarks = await tx.script.findMany({
    where: { appealId, status: "settled" },
    select: {
      remarkOfId: true,
      outcome: true,
      ratings: {
        where: { status: "final" },
        select: {
          id: true,
          scores: true,
          rubricId: true,
          entryId: true,
          recordingId: true,
          rubric: { select: { hash: true } },
        },
      },
    },
  });
  const byScript = new Map(remarks.map((remark) => [remark.remarkOfId, remark]));
  const roles = new Map(
    (
      await tx.rating.findMany({
        where: { id: { in: before.tasks.flatMap(({ ratings }) => ratings.flatMap(({ ratingId }) => ratingId ?? [])) } },
        select: { id: true, role: true },
      })
    ).map(({ id, role }) => [id, role]),
  );
  return {
    ...before,
    tasks: before.tasks.map((task) => {
      const remark = byScript.get(task.scriptId);
      const [rating] = remark?.ratings ?? [];
      if (!remark || !rating) return task;
      return {
        ...task,
        ratings: [
          {
            ratingId: rating.id,
            machineRatingId: null,
            validated: null,
            rubricId: rating.rubricId,
            rubricHash: rating.rubric.hash,
            entryId: rating.entryId === null ? null : String(rating.entryId),
            recordingId: rating.recordingId,
            scores: rating.scores as Record<string, number>,
          },
        ],
        outcome: remark.outcome as ResultInputs["tasks"][number]["outcome"],
        otherRatings: [
          ...task.otherRatings,
          // Of a response never given there was nobody's mark.
          ...task.ratings.flatMap(({ ratingId, machineRatingId, scores }) => {
            if (ratingId === null && machineRatingId === null) return [];
            const role = roles.get(ratingId ?? "") ?? "mark";
            return [{ ratingId, machineRatingId, role, scores, replaced: { by: rating.id, appealId } }];
          }),
        ],
      };
    }),
  };
}

/** What the second admin's approval does: the new result supersedes the one appealed against, and everybody is told. */
export const replaceResult: ApprovalStep = async (context, request) => {
  const { tx, now, viewer } = context;
  const { personId } = requirePerson(viewer);
  const appeal = await lockAppeal(context, request.subjectId);
  if (appeal.newResultId === null) throw conflict("This appeal has made no other result.");
  if (appeal.result.attempt.candidate.status === "erased") throw conflict("The candidate's data has been erased.");
  await moveAppeal(context, appeal, "replace", { closedAt: now });
  // The old one first: of one attempt at most one is released at any time.
  const old = await tx.result.updateMany({
    where: { id: appeal.resultId, status: "released" },
    data: { status: "superseded", supersededAt: now },
  });
  const { count } = await tx.result.updateMany({
    where: { id: appeal.newResultId, status: "provisional" },
    data: { status: "released", releasedAt: now, releasedById: personId },
  });
  if (old.count === 0 || count === 0) throw conflict();
  context.audit({
    subjectType: "result",
    subjectId: appeal.newResultId,
    action: "replaceResult",
    detail: {
      appealId: appeal.id,
      supersedes: appeal.resultId,
      approvalId: request.id,
      requestedById: request.requestedById,
    },
  });
  context.enqueue(issueCertificateJob, { resultId: appeal.newResultId });
  context.enqueue(mailJob, {
    kind: "appeal-changed",
    personId: appeal.result.attempt.candidateId,
    subjectId: appeal.newResultId,
  });
};
