import type { Prisma } from "@bandwise/db/client";
import { actorsOf, type Viewer } from "../kernel/policy.ts";

/** What decides whose an attempt is. */
export interface AttemptPlace {
  readonly id: string;
  readonly candidateId: string;
  readonly centreId: string;
}

const nobody = { id: { in: [] as string[] } };

/** The attempts that are the viewer's own; an exam page sees the one its token names, our worker all. */
export function ownAttempts(viewer: Viewer): Prisma.AttemptWhereInput {
  switch (viewer.kind) {
    case "person":
      return { candidateId: viewer.personId };
    case "exam":
      return { id: viewer.attemptId, candidateId: viewer.candidateId };
    case "system":
      return {};
    case "anonymous":
      return nobody;
  }
}

/** The same of a row at hand: whether this attempt is the viewer's own. */
export function ownsAttempt(viewer: Viewer, attempt: Pick<AttemptPlace, "id" | "candidateId">): boolean {
  switch (viewer.kind) {
    case "person":
      return viewer.personId === attempt.candidateId;
    case "exam":
      return viewer.attemptId === attempt.id && viewer.candidateId === attempt.candidateId;
    case "system":
      return true;
    case "anonymous":
      return false;
  }
}

/** Whose attempt it must be for the viewer to deliver to it; null: nobody's. For a statement that has to say so itself. */
export function delivererOf(viewer: Viewer, attemptId: string): string | null {
  if (viewer.kind === "person") return viewer.personId;
  return viewer.kind === "exam" && viewer.attemptId === attemptId ? viewer.candidateId : null;
}

/** The attempts staff may look into: those at their centres, or everywhere. */
export function watchedAttempts(viewer: Viewer): Prisma.AttemptWhereInput {
  if (viewer.kind === "system") return {};
  if (viewer.kind !== "person" || !isWatcher(viewer)) return nobody;
  return viewer.centreIds.length > 0 ? { sitting: { centreId: { in: [...viewer.centreIds] } } } : {};
}

export function watchesAttempt(viewer: Viewer, attempt: AttemptPlace): boolean {
  if (viewer.kind === "system") return true;
  if (viewer.kind !== "person" || !isWatcher(viewer)) return false;
  return viewer.centreIds.length === 0 || viewer.centreIds.includes(attempt.centreId);
}

export function managedSittings(viewer: Viewer): Prisma.SittingWhereInput {
  if (viewer.kind === "system") return {};
  if (viewer.kind !== "person" || !isWatcher(viewer)) return nobody;
  return viewer.centreIds.length > 0 ? { centreId: { in: [...viewer.centreIds] } } : {};
}

function isWatcher(viewer: Viewer): boolean {
  return actorsOf(viewer).some((actor) => actor === "admin" || actor === "invigilator");
}
