import type { ApprovalStep } from "../audit/steps.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { refuseRevocation } from "./rules.ts";
import { tellRecipientsJob } from "./schema.ts";

/** What the second admin's approval does: the certificate is withdrawn and its holder told. */
export const revokeCertificate: ApprovalStep = async (context, request) => {
  const { tx, now, viewer } = context;
  const certificate = await tx.certificate.findUnique({
    where: { id: request.subjectId },
    select: { id: true, status: true, version: true, candidateId: true },
  });
  if (!certificate) throw notFound("The certificate");
  if (certificate.candidateId === requirePerson(viewer).personId) {
    throw new AppError("FORBIDDEN", "This is your own certificate: someone else must decide.");
  }
  const refusal = refuseRevocation(certificate.status);
  if (refusal !== null) throw conflict(refusal);
  const { count } = await tx.certificate.updateMany({
    where: { id: certificate.id, status: "valid", version: certificate.version },
    data: { status: "revoked", revokedAt: now, revokedReason: request.reason, version: { increment: 1 } },
  });
  if (count === 0) throw conflict();
  context.audit({
    subjectType: "certificate",
    subjectId: certificate.id,
    action: "revokeCertificate",
    detail: { approvalId: request.id, requestedById: request.requestedById },
  });
  context.enqueue(tellRecipientsJob, { certificateId: certificate.id });
  context.enqueue(mailJob, {
    kind: "certificate-revoked",
    personId: certificate.candidateId,
    subjectId: certificate.id,
  });
};
