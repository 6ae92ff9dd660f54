import { blueprint } from "../delivery/schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { summaryOf } from "../schemes/rules.ts";
import type { SchemeOutput } from "../schemes/schema.ts";
import { daysAfter, nextAppealStatus, refuseAppeal, refuseStart, standardAppeals } from "./appeal-rules.ts";
import { type AppealSkill, appealFilter, appealInput, appealSkills, ownResultInput } from "./appeal-schema.ts";
import { cameOf, marked } from "./appeal-steps.ts";

function onlyAppealSkills(skills: readonly string[]): AppealSkill[] {
  return appealSkills.filter((skill) => skills.includes(skill));
}

/** What a candidate may ask about a result of hers, and what she has asked so far, newest first. */
export const getMyAppeals = defineQuery({
  name: "getMyAppeals",
  permission: "result:own",
  input: ownResultInput,
  run: async ({ db, viewer, clock }, { resultId }) => {
    const result = await db.result.findFirst({
      where: { id: resultId, releasedAt: { not: null }, attempt: { candidateId: requirePerson(viewer).personId } },
      select: {
        status: true,
        releasedAt: true,
        appeals: {
          orderBy: [{ askedAt: "desc" }, { id: "desc" }],
          select: {
            id: true,
            status: true,
            skills: true,
            reason: true,
            fee: true,
            askedAt: true,
            dueAt: true,
            closedAt: true,
            note: true,
            newResultId: true,
          },
        },
        attempt: {
          select: {
            sitting: { select: { programme: { select: { blueprint: true } } } },
            scripts: { where: marked, select: { skill: true } },
          },
        },
      },
    });
    if (!result?.releasedAt) throw notFound("The result");
    const terms = blueprint.parse(result.attempt.sitting.programme.blueprint).appeals ?? standardAppeals;
    const rated = onlyAppealSkills(result.attempt.scripts.map(({ skill }) => skill));
    const origin = await cameOf(db, resultId);
    return {
      terms,
      until: daysAfter(result.releasedAt, terms.withinDays),
      skills: rated,
      /** Why nothing can be asked now; null where something can. */
      refusal: refuseAppeal(
        {
          ...result,
          fromAppeal: origin?.final ?? false,
          appeals: result.appeals.map(({ status }) => status),
          rated,
        },
        [],
        terms,
        clock.now(),
      ),
      /** The skills whose re-mark made this result. */
      cameOf: origin && onlyAppealSkills(origin.skills),
      appeals: result.appeals.map((appeal) => ({
        ...appeal,
        skills: onlyAppealSkills(appeal.skills),
        // A confirmation's figures are nobody's result.
        newResultId: appeal.status === "changed" ? appeal.newResultId : null,
        withdrawable: nextAppealStatus(appeal.status, "withdraw") !== null,
      })),
    };
  },
});

const states = {
  open: { status: { in: ["asked" as const, "marking" as const, "marked" as const] } },
  closed: { status: { in: ["changed" as const, "unchanged" as const, "withdrawn" as const, "declined" as const] } },
  all: {},
};

const listed = {
  id: true,
  status: true,
  skills: true,
  fee: true,
  askedAt: true,
  dueAt: true,
  closedAt: true,
  scripts: { select: { status: true } },
  result: {
    select: {
      attempt: {
        select: {
          id: true,
          reference: true,
          candidate: { select: { id: true, name: true } },
          sitting: {
            select: { programme: { select: { title: true } }, centre: { select: { name: true, timeZone: true } } },
          },
        },
      },
    },
  },
} as const;

/** Appeals, those that are due first on top. */
export const listAppeals = defineQuery({
  name: "listAppeals",
  permission: "appeal:manage",
  input: appealFilter,
  run: async ({ db, clock }, input) => {
    const where = states[input.state];
    const [total, open, appeals] = await Promise.all([
      db.appeal.count({ where }),
      db.appeal.count({ where: states.open }),
      db.appeal.findMany({
        where,
        orderBy: input.state === "open" ? [{ dueAt: "asc" }, { id: "asc" }] : [{ askedAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: listed,
      }),
    ]);
    const rows = appeals.map(({ scripts, result, skills, ...appeal }) => ({
      ...appeal,
      skills: onlyAppealSkills(skills),
      attempt: result.attempt,
      marked: scripts.filter(({ status }) => status === "settled" || status === "cannot_be_marked").length,
      scripts: scripts.length,
    }));
    const page: Page<(typeof rows)[number]> = { rows, total, page: input.page, pageSize: input.pageSize };
    return { ...page, counts: { open }, now: clock.now() };
  },
});

/** One appeal for those who deal with it: what was asked, how far it is, and both results once there are two. */
export const getAppeal = defineQuery({
  name: "getAppeal",
  permission: "appeal:manage",
  input: appealInput,
  run: async ({ db, viewer, clock }, { appealId }) => {
    const appeal = await db.appeal.findUnique({
      where: { id: appealId },
      select: {
        ...listed,
        reason: true,
        note: true,
        feeAt: true,
        feeById: true,
        startedAt: true,
        resultId: true,
        newResultId: true,
        scripts: {
          orderBy: [{ skill: "asc" }, { remarkOf: { attemptItem: { position: "asc" } } }],
          select: {
            id: true,
            skill: true,
            level: true,
            status: true,
            settledAt: true,
            remarkOf: { select: { attemptItem: { select: { position: true } } } },
          },
        },
      },
    });
    if (!appeal) throw notFound("The appeal");
    const [results, approval, feeBy] = await Promise.all([
      db.result.findMany({
        where: { id: { in: [appeal.resultId, ...(appeal.newResultId === null ? [] : [appeal.newResultId])] } },
        orderBy: { version: "asc" },
        select: {
          id: true,
          version: true,
          status: true,
          overallHundredths: true,
          cefr: true,
          output: true,
        },
      }),
      db.approval.findFirst({
        where: { kind: "result:replace", subjectType: "appeal", subjectId: appealId },
        orderBy: { requestedAt: "desc" },
        select: { id: true, status: true, requestedById: true, requestedAt: true },
      }),
      appeal.feeById === null ? null : db.person.findUnique({ where: { id: appeal.feeById }, select: { name: true } }),
    ]);
    const { result, scripts, skills, ...rest } = appeal;
    return {
      ...rest,
      skills: onlyAppealSkills(skills),
      attempt: result.attempt,
      own: viewer.kind === "person" && viewer.personId === result.attempt.candidate.id,
      feeBy: feeBy?.name ?? null,
      startRefusal: refuseStart(appeal),
      scripts: scripts.map(({ remarkOf, ...script }) => ({
        ...script,
        position: remarkOf?.attemptItem?.position ?? 0,
      })),
      results: results.map(({ output, ...one }) => ({
        ...one,
        summary: summaryOf(output as unknown as SchemeOutput),
      })),
      approval,
      now: clock.now(),
    };
  },
});
