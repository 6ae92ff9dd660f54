import { requestApproval } from "../audit/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { writeCertificate } from "./issue-steps.ts";
import { refuseReissue, refuseRevocation } from "./rules.ts";
import { resultIdInput, revocationInput, statusOnlyInput, storePdfInput } from "./schema.ts";
import { visibleCertificates } from "./scope.ts";

/**
 * Issues the certificate of a released result, once: a second call finds it there. An earlier certificate of the same
 * attempt is superseded by it; those of other attempts stand.
 */
export const issueCertificate = defineCommand({
  name: "issueCertificate",
  permission: "certificate:issue",
  input: resultIdInput,
  run: async (context, { resultId }) => {
    const { tx } = context;
    // Locked, so that two runs of the same job cannot both find nothing.
    await tx.$queryRaw`select id from result where id = ${resultId}::uuid for update`;
    const result = await tx.result.findUnique({
      where: { id: resultId },
      select: {
        status: true,
        attemptId: true,
        attempt: { select: { candidate: { select: { status: true } } } },
        certificates: { orderBy: { issuedAt: "desc" }, take: 1, select: { id: true } },
      },
    });
    if (!result) throw notFound("The result");
    const [existing] = result.certificates;
    // Of somebody who was erased since the release there is no name left to certify.
    const erased = result.attempt.candidate.status === "erased";
    if (existing || erased || result.status !== "released") {
      const certificateId = existing?.id ?? null;
      context.audit({ subjectType: "result", subjectId: resultId, detail: { certificateId, issued: false } });
      return { certificateId };
    }
    // After a re-mark: the sitting is no younger for it.
    const before = await tx.certificate.findFirst({
      where: { result: { attemptId: result.attemptId } },
      orderBy: { issuedAt: "desc" },
      select: { validUntil: true },
    });
    const { certificateId, superseded } = await writeCertificate(context, resultId, before?.validUntil ?? null);
    context.audit({
      subjectType: "certificate",
      subjectId: certificateId,
      detail: { resultId, issued: true, superseded },
    });
    return { certificateId };
  },
});

/**
 * Says where the drawn document lies, unless the facts it was drawn from are gone. The worker's last step; again and again it
 * has the same outcome.
 */
export const storePdf = defineCommand({
  name: "storePdf",
  permission: "certificate:issue",
  input: storePdfInput,
  run: async (context, { certificateId, pdfKey, sha256, unprintable, factsHash }) => {
    const { tx } = context;
    await tx.$queryRaw`select id from certificate where id = ${certificateId}::uuid for update`;
    const certificate = await tx.certificate.findUnique({ where: { id: certificateId }, select: { facts: true } });
    if (!certificate) throw notFound("The certificate");
    const stored = contentHash(certificate.facts) === factsHash;
    if (stored) await tx.certificate.update({ where: { id: certificateId }, data: { pdfKey, pdfSha256: sha256 } });
    context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { sha256, unprintable, stored } });
    return { certificateId, stored };
  },
});

/** The holder decides whether the public page shows name and bands, or the status alone. */
export const setStatusOnly = defineCommand({
  name: "setStatusOnly",
  permission: "certificate:own",
  input: statusOnlyInput,
  run: async (context, { certificateId, statusOnly }) => {
    const { personId } = requirePerson(context.viewer);
    const { count } = await context.tx.certificate.updateMany({
      where: { id: certificateId, candidateId: personId },
      data: { statusOnly, version: { increment: 1 } },
    });
    if (count === 0) throw notFound("The certificate");
    context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { statusOnly } });
    return { certificateId, statusOnly };
  },
});

/** The certificate that an admin asks a second one about: visible, not the admin's own. */
async function certificateInQuestion(context: CommandContext, certificateId: string) {
  const certificate = await context.tx.certificate.findFirst({
    where: { AND: [{ id: certificateId }, visibleCertificates(context.viewer)] },
    select: { status: true, validUntil: true, candidateId: true },
  });
  if (!certificate) throw notFound("The certificate");
  if (certificate.candidateId === requirePerson(context.viewer).personId) {
    throw new AppError("FORBIDDEN", "This is your own certificate: someone else must ask.");
  }
  return certificate;
}

/** First of two admins: asks, with the reason the public page will show. Nothing changes until another one approves. */
export const requestRevocation = defineCommand({
  name: "requestRevocation",
  permission: "certificate:manage",
  input: revocationInput,
  run: async (context, { certificateId, reason }) => {
    const refusal = refuseRevocation((await certificateInQuestion(context, certificateId)).status);
    if (refusal !== null) throw conflict(refusal);
    return requestApproval(context, {
      kind: "certificate:revoke",
      subjectType: "certificate",
      subjectId: certificateId,
      payload: {},
      reason,
    });
  },
});

/** First of two admins: asks for the same certificate with the name as the account has it now. The old one is then superseded. */
export const requestReissue = defineCommand({
  name: "requestReissue",
  permission: "certificate:manage",
  input: revocationInput,
  run: async (context, { certificateId, reason }) => {
    const refusal = refuseReissue(await certificateInQuestion(context, certificateId), context.now);
    if (refusal !== null) throw conflict(refusal);
    return requestApproval(context, {
      kind: "certificate:reissue",
      subjectType: "certificate",
      subjectId: certificateId,
      payload: {},
      reason,
    });
  },
});
