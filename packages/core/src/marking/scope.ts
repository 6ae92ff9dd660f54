import { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

/** Nobody and nothing. */
const none: Prisma.ScriptWhereInput = { id: { in: [] } };

/** An examiner sees what she holds and what she has rated; who watches over marking sees every script. */
export function visibleScripts(viewer: Viewer): Prisma.ScriptWhereInput {
  // Who is being shown which seed is not for the eyes of others who mark.
  if (can(viewer, "script:watch")) {
    const own =
      viewer.kind === "person"
        ? [
            { forId: viewer.personId },
            { purpose: "remark" as const, leaseHolderId: viewer.personId },
            { purpose: "remark" as const, ratings: { some: { raterId: viewer.personId } } },
          ]
        : [];
    return { OR: [{ purpose: "live" }, ...own] };
  }
  if (viewer.kind !== "person" || !can(viewer, "script:mark")) return none;
  return { OR: [{ leaseHolderId: viewer.personId }, { ratings: { some: { raterId: viewer.personId } } }] };
}

/**
 * Of the scripts `s`: those this examiner has given no mark that counts, has not found impossible to mark, and was not told
 * to leave to others. Two ratings of a script are two persons'; one who judged an answer that a later one replaced may
 * judge that too.
 */
export function notRatedBy(personId: string): Prisma.Sql {
  return Prisma.sql`not exists (
    select 1 from rating r where r.script_id = s.id and r.rater_id = ${personId}::uuid
      and (r.status = 'final'
        or (r.status = 'superseded' and (r.cannot_mark is not null or r.superseded_because = 'doubtful'))))`;
}

/** Of the scripts `s`: those between whose marks this examiner has not begun to decide. Who has seen them marks blind no more. */
export function marksUnseenBy(personId: string): Prisma.Sql {
  return Prisma.sql`not exists (
    select 1 from rating r where r.script_id = s.id and r.rater_id = ${personId}::uuid
      and r.role = 'adjudication' and r.status <> 'superseded')`;
}

/**
 * Of the scripts `s` those that this examiner's queue holds: live ones, and for a senior examiner the re-marks that appeals
 * ask for, unless she has ever begun to mark the same response. Who deals with appeals reads there whose they are and what the
 * candidate says: never she.
 */
export function inQueueOf(viewer: Extract<Viewer, { kind: "person" }>): Prisma.Sql {
  const remarks = can(viewer, "script:adjudicate") && !can(viewer, "appeal:manage");
  return Prisma.sql`(s.purpose = 'live' or (s.purpose = 'remark' and ${remarks}
    and not exists (
      select 1 from rating r join script same on same.id = r.script_id
      where r.rater_id = ${viewer.personId}::uuid and same.id <> s.id and s.remark_of_id in (same.id, same.remark_of_id))))`;
}

/** Of the live scripts and re-marks `s`: those whose attempt waits for marks and is neither this examiner's own nor a schoolfellow's. */
export function withoutConflict(personId: string): Prisma.Sql {
  return Prisma.sql`exists (
    select 1 from attempt a join person c on c.id = a.candidate_id join person me on me.id = ${personId}::uuid
    where (a.id = s.attempt_id and a.status = 'marking'
        or a.id = (select o.attempt_id from script o where o.id = s.remark_of_id) and a.status = 'released')
      and c.id <> me.id
      and (c.school is null or me.school is null or trim(c.school) = '' or lower(trim(c.school)) <> lower(trim(me.school))))`;
}
