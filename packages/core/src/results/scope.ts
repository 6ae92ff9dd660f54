import type { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

const none: Prisma.ResultWhereInput = { id: { in: [] } };

/** A candidate sees her own results once they are released; admins see all. */
export function visibleResults(viewer: Viewer): Prisma.ResultWhereInput {
  if (can(viewer, "result:read")) return {};
  if (viewer.kind !== "person" || !can(viewer, "result:own")) return none;
  return {
    status: { in: ["released", "superseded"] },
    releasedAt: { not: null },
    attempt: { candidateId: viewer.personId },
  };
}
