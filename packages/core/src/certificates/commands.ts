import { requestApproval } from "../audit/steps.ts";
import { blueprint } from "../delivery/schema.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { buildFacts, type ReleasedResult, refuseRevocation, validUntil } from "./rules.ts";
import {
  renderPdfJob,
  resultIdInput,
  revocationInput,
  statusOnlyInput,
  storePdfInput,
  tellRecipientsJob,
} from "./schema.ts";
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
    const { tx, now, ids, settings } = context;
    // Locked, so that two runs of the same job cannot both find nothing.
    await tx.$queryRaw`select id from result where id = ${resultId}::uuid for update`;
    const result = await tx.result.findUnique({
      where: { id: resultId },
      select: {
        status: true,
        attemptId: true,
        schemeId: true,
        schemeVersion: true,
        schemeHash: true,
        output: true,
        certificate: { select: { id: true } },
        attempt: {
          select: {
            startedAt: true,
            submittedAt: true,
            candidateId: true,
            candidate: { select: { name: true } },
            sitting: {
              select: { centre: { select: { timeZone: true } }, programme: { select: { blueprint: true } } },
            },
          },
        },
      },
    });
    if (!result) throw notFound("The result");
    if (result.certificate || result.status !== "released") {
      const certificateId = result.certificate?.id ?? null;
      context.audit({ subjectType: "result", subjectId: resultId, detail: { certificateId, issued: false } });
      return { certificateId };
    }
    const { attempt } = result;
    const id = ids.uuid();
    const code = ids.code(4);
    const output = result.output as unknown as Omit<ReleasedResult, "scheme">;
    const { certificateMonths } = blueprint.parse(attempt.sitting.programme.blueprint);
    const until = validUntil(now, certificateMonths);
    const facts = buildFacts({
      code,
      name: attempt.candidate.name,
      awardingBody: settings.awardingBody,
      testedAt: attempt.startedAt ?? attempt.submittedAt ?? now,
      timeZone: attempt.sitting.centre.timeZone,
      issuedAt: now,
      validUntil: until,
      result: {
        scheme: { id: result.schemeId, version: result.schemeVersion, hash: result.schemeHash },
        overall: output.overall,
        sections: output.sections,
      },
    });
    await tx.certificate.create({
      data: {
        id,
        code,
        resultId,
        candidateId: attempt.candidateId,
        facts,
        factsHash: contentHash(facts),
        issuedAt: now,
        validUntil: until,
      },
    });
    const older = { id: { not: id }, status: "valid", result: { attemptId: result.attemptId } } as const;
    const replaced = await tx.certificate.findMany({ where: older, select: { id: true } });
    const { count: superseded } = await tx.certificate.updateMany({
      where: older,
      data: { status: "superseded", supersededById: id, version: { increment: 1 } },
    });
    for (const { id: certificateId } of replaced) context.enqueue(tellRecipientsJob, { certificateId });
    context.audit({ subjectType: "certificate", subjectId: id, detail: { resultId, issued: true, superseded } });
    context.enqueue(renderPdfJob, { certificateId: id });
    return { certificateId: id };
  },
});

/** Says where the drawn document lies. The worker's last step; again and again it has the same outcome. */
export const storePdf = defineCommand({
  name: "storePdf",
  permission: "certificate:issue",
  input: storePdfInput,
  run: async (context, { certificateId, pdfKey, sha256, unprintable }) => {
    const { count } = await context.tx.certificate.updateMany({
      where: { id: certificateId },
      data: { pdfKey, pdfSha256: sha256 },
    });
    if (count === 0) throw notFound("The certificate");
    context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { sha256, unprintable } });
    return { certificateId };
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

/** First of two admins: asks, with the reason the public page will show. Nothing changes until another one approves. */
export const requestRevocation = defineCommand({
  name: "requestRevocation",
  permission: "certificate:manage",
  input: revocationInput,
  run: async (context, { certificateId, reason }) => {
    const certificate = await context.tx.certificate.findFirst({
      where: { AND: [{ id: certificateId }, visibleCertificates(context.viewer)] },
      select: { status: true, candidateId: true },
    });
    if (!certificate) throw notFound("The certificate");
    if (certificate.candidateId === requirePerson(context.viewer).personId) {
      throw new AppError("FORBIDDEN", "This is your own certificate: someone else must ask.");
    }
    const refusal = refuseRevocation(certificate.status);
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
