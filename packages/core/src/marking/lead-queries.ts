import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { examinerRoles } from "../kernel/policy.ts";
import { standardPolicyOf } from "./policy-rules.ts";
import { policyData, seedOutcome } from "./policy-schema.ts";
import { comparedSeeds } from "./qualification-queries.ts";
import { qualificationState } from "./qualification-rules.ts";

const skills = ["writing", "speaking"] as const;

/** Everybody who marks: qualified for what, how their latest seeds went, and whose queue stands still. */
export const listMarkers = defineQuery({
  name: "listMarkers",
  permission: "marking:lead",
  input: z.object({}),
  run: async ({ db, clock }) => {
    const now = clock.now();
    const lastMonth = new Date(now.getTime() - 30 * 86_400_000);
    const people = await db.person.findMany({
      where: { status: "active", roles: { some: { role: { in: [...examinerRoles] } } } },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: {
        id: true,
        name: true,
        roles: { select: { role: true } },
        qualifications: {
          orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
          select: { skill: true, verdict: true, validUntil: true, decidedAt: true, reason: true },
        },
        markingHolds: { where: { decidedAt: null }, select: { id: true, skill: true, openedAt: true, appeal: true } },
      },
    });
    const ids = people.map(({ id }) => id);
    const [marks, seeds] = await Promise.all([
      db.$queryRaw<{ raterId: string; skill: string; marks: number }[]>`
        select r.rater_id as "raterId", s.skill::text as skill, count(*)::int as marks
        from rating r join script s on s.id = r.script_id and s.purpose = 'live'
        where r.status <> 'draft' and r.final_at >= ${lastMonth} and r.rater_id = any(${ids}::uuid[])
        group by 1, 2`,
      db.script.findMany({
        where: { purpose: "seed", status: "settled", forId: { in: ids } },
        orderBy: [{ settledAt: "desc" }, { id: "desc" }],
        take: 2000,
        select: { forId: true, skill: true, outcome: true },
      }),
    ]);
    return {
      now,
      rows: people.flatMap(({ id, name, roles, qualifications, markingHolds }) =>
        skills.map((skill) => {
          const own = seeds.filter((seed) => seed.forId === id && seed.skill === skill).slice(0, 10);
          const newest = qualifications.find((decision) => decision.skill === skill) ?? null;
          return {
            personId: id,
            name,
            senior: roles.some(({ role }) => role === "senior_examiner"),
            skill,
            state: qualificationState(newest, now),
            newest,
            hold: markingHolds.find((hold) => hold.skill === skill) ?? null,
            marks: marks.find((count) => count.raterId === id && count.skill === skill)?.marks ?? 0,
            /** Of the latest ten, oldest first: true where it was missed. */
            seeds: own.map(({ outcome }) => seedOutcome.parse(outcome).missed).toReversed(),
          };
        }),
      ),
    };
  },
});

/** A hold as its lead must see it to decide: the seeds missed, the appeal, and how many marks are in doubt. */
export const getHold = defineQuery({
  name: "getHold",
  permission: "marking:lead",
  input: z.object({ holdId: z.uuid() }),
  run: async ({ db }, { holdId }) => {
    const hold = await db.markingHold.findUnique({
      where: { id: holdId },
      include: { person: { select: { name: true } } },
    });
    if (!hold) return null;
    const doubtful = (status: readonly ("marking" | "marked" | "released")[]) =>
      db.rating.count({
        where: {
          raterId: hold.personId,
          role: "mark",
          status: "final",
          finalAt: { gt: hold.goodUntil, lte: hold.openedAt },
          script: {
            purpose: "live",
            skill: hold.skill,
            ratings: { none: { role: "adjudication", status: "final" } },
            attempt: { status: { in: [...status] } },
          },
        },
      });
    const [missed, inDoubt, released, decider] = await Promise.all([
      comparedSeeds(db, hold.missed),
      doubtful(["marking", "marked"]),
      doubtful(["released"]),
      db.person.findFirst({ where: { id: hold.decidedById ?? hold.id }, select: { name: true } }),
    ]);
    return { ...hold, missed, inDoubt, released, decidedBy: decider?.name ?? null };
  },
});

/** Holds, those that wait for a decision first. */
export const listHolds = defineQuery({
  name: "listHolds",
  permission: "marking:lead",
  input: z.object({}),
  run: async ({ db }) =>
    db.markingHold.findMany({
      orderBy: [{ decidedAt: { sort: "desc", nulls: "first" } }, { openedAt: "desc" }],
      take: 50,
      select: {
        id: true,
        skill: true,
        openedAt: true,
        appealedAt: true,
        verdict: true,
        decidedAt: true,
        sentBack: true,
        person: { select: { name: true } },
      },
    }),
});

/** Of a blueprint, whatever else is in it. */
const programmeScheme = z.object({ scheme: z.string() });

/** How each programme is marked: the policy in force at each place, with its history. */
export const listPolicies = defineQuery({
  name: "listPolicies",
  permission: "marking:lead",
  input: z.object({}),
  run: async ({ db }) => {
    const [programmes, rows] = await Promise.all([
      db.programme.findMany({
        distinct: ["name"],
        orderBy: [{ name: "asc" }, { version: "desc" }],
        select: { name: true, title: true, blueprint: true },
      }),
      db.markingPolicy.findMany({ orderBy: [{ programme: "asc" }, { version: "desc" }] }),
    ]);
    const people = await db.person.findMany({
      where: { id: { in: rows.flatMap(({ createdById }) => createdById ?? []) } },
      select: { id: true, name: true },
    });
    return programmes.map(({ name, title, blueprint }) => ({
      programme: name,
      title,
      scheme: programmeScheme.parse(blueprint).scheme,
      standard: standardPolicyOf(programmeScheme.parse(blueprint).scheme),
      versions: rows
        .filter((row) => row.programme === name)
        .map(({ data, createdById, hash: _, ...row }) => ({
          ...row,
          data: policyData.parse(data),
          by: people.find(({ id }) => id === createdById)?.name ?? null,
        })),
    }));
  },
});
