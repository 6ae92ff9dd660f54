import type { ApprovalStep } from "../audit/steps.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { writeCertificate } from "./issue-steps.ts";
import { refuseReissue, refuseRevocation } from "./rules.ts";
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

/** What the second admin's approval does: a new certificate of the same result, with the name as the account has it now. */
export const reissueCertificate: ApprovalStep = async (context, request) => {
  const { tx, now, viewer } = context;
  await tx.$queryRaw`select id from certificate where id = ${request.subjectId}::uuid for update`;
  const certificate = await tx.certificate.findUnique({
    where: { id: request.subjectId },
    select: {
      id: true,
      status: true,
      validUntil: true,
      candidateId: true,
      resultId: true,
      result: { select: { status: true } },
    },
  });
  if (!certificate) throw notFound("The certificate");
  if (certificate.candidateId === requirePerson(viewer).personId) {
    throw new AppError("FORBIDDEN", "This is your own certificate: someone else must decide.");
  }
  const refusal = refuseReissue(certificate, now);
  if (refusal !== null) throw conflict(refusal);
  const holder = await tx.person.findUnique({ where: { id: certificate.candidateId }, select: { status: true } });
  if (holder?.status === "erased" || certificate.result.status !== "released") {
    throw conflict("The account or the result behind this certificate is no longer there.");
  }
  const { certificateId } = await writeCertificate(context, certificate.resultId, certificate.validUntil);
  context.audit({
    subjectType: "certificate",
    subjectId: certificate.id,
    action: "reissueCertificate",
    detail: { approvalId: request.id, requestedById: request.requestedById, certificateId },
  });
  context.enqueue(mailJob, {
    kind: "certificate-replaced",
    personId: certificate.candidateId,
    subjectId: certificateId,
  });
};
