import type { Prisma } from "@bandwise/db/client";
import { can, type Viewer } from "../kernel/policy.ts";

const none: Prisma.CertificateWhereInput = { id: { in: [] } };

/** A candidate sees her own certificates, admins all. Whoever holds a code asks `getVerification`, which needs no scope. */
export function visibleCertificates(viewer: Viewer): Prisma.CertificateWhereInput {
  if (can(viewer, "certificate:manage") || viewer.kind === "system") return {};
  if (viewer.kind !== "person" || !can(viewer, "certificate:own")) return none;
  return { candidateId: viewer.personId };
}
