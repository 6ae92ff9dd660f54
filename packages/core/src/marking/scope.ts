import type { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

/** Nobody and nothing. */
const none: Prisma.ScriptWhereInput = { id: { in: [] } };

/** An examiner sees what she holds and what she has rated; who watches over marking sees every script. */
export function visibleScripts(viewer: Viewer): Prisma.ScriptWhereInput {
  if (can(viewer, "script:watch")) return {};
  if (viewer.kind !== "person" || !can(viewer, "script:mark")) return none;
  return { OR: [{ leaseHolderId: viewer.personId }, { ratings: { some: { raterId: viewer.personId } } }] };
}
