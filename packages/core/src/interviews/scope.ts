import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { can, examinerRoles, type Viewer } from "../kernel/policy.ts";

/** An admin manages the slots of her centres, an examiner her own. */
export function manageableSlots(viewer: Viewer): Prisma.InterviewSlotWhereInput {
  if (viewer.kind !== "person") return { sittingId: { in: [] } };
  if (!can(viewer, "interview:reassign")) return { examinerId: viewer.personId };
  return viewer.centreIds.length > 0 ? { sitting: { centreId: { in: [...viewer.centreIds] } } } : {};
}

/** Interviews that this examiner is to hold: nobody else opens them. */
export function heldInterviews(viewer: Viewer): Prisma.AttemptWhereInput {
  if (viewer.kind !== "person") return { id: { in: [] } };
  return { sitting: { interview: { is: { examinerId: viewer.personId } } } };
}

/** Who may hold no interview (any more): not active, or without the role. */
export const unableExaminer = {
  OR: [{ status: { not: "active" } }, { roles: { none: { role: { in: [...examinerRoles] } } } }],
} satisfies Prisma.PersonWhereInput;

/** Sittings of an admin's centres. */
export function centreScope(viewer: Viewer): Prisma.SittingWhereInput {
  if (viewer.kind !== "person") return { id: { in: [] } };
  return viewer.centreIds.length > 0 ? { centreId: { in: [...viewer.centreIds] } } : {};
}

const schemeOf = z.object({ scheme: z.string() });

export function isInterviewProgramme(blueprint: unknown): boolean {
  return schemeOf.safeParse(blueprint).data?.scheme === "ielts-speaking";
}
