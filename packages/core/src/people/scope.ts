import type { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

/** Admins and the system see everyone, a person sees their own row, a stranger none. */
export function visiblePeople(viewer: Viewer): Prisma.PersonWhereInput {
  if (viewer.kind === "system" || can(viewer, "person:manage")) return {};
  return viewer.kind === "person" ? { id: viewer.personId } : { id: { in: [] } };
}
