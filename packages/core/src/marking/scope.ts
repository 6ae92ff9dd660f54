import { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

/** Nobody and nothing. */
const none: Prisma.ScriptWhereInput = { id: { in: [] } };

/** An examiner sees what she holds and what she has rated; who watches over marking sees every script. */
export function visibleScripts(viewer: Viewer): Prisma.ScriptWhereInput {
  if (can(viewer, "script:watch")) return {};
  if (viewer.kind !== "person" || !can(viewer, "script:mark")) return none;
  return { OR: [{ leaseHolderId: viewer.personId }, { ratings: { some: { raterId: viewer.personId } } }] };
}

/**
 * Of the scripts `s`: those this examiner has given no mark that counts, and has not found impossible to mark. Two ratings
 * of a script are two persons'; one who judged an answer that a later one replaced may judge that too.
 */
export function notRatedBy(personId: string): Prisma.Sql {
  return Prisma.sql`not exists (
    select 1 from rating r where r.script_id = s.id and r.rater_id = ${personId}::uuid
      and (r.status = 'final' or (r.status = 'superseded' and r.cannot_mark is not null)))`;
}
