import { blueprint } from "../delivery/schema.ts";
import type { CommandContext } from "../kernel/context.ts";
import { notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { machineStanding, type StoredOutput } from "../results/rules.ts";
import { resultInputs } from "../results/schema.ts";
import { buildFacts, validUntil } from "./rules.ts";
import { renderPdfJob, tellRecipientsJob } from "./schema.ts";

/**
 * Writes the certificate of a released result and asks for its document and badge. A valid one of the same attempt is
 * superseded; those of other attempts stand. `until`: a corrected certificate ends when the one before would have.
 */
export async function writeCertificate(
  context: CommandContext,
  resultId: string,
  until: Date | null = null,
): Promise<{ certificateId: string; superseded: number }> {
  const { tx, now, ids, settings } = context;
  const result = await tx.result.findUnique({
    where: { id: resultId },
    select: {
      attemptId: true,
      schemeId: true,
      schemeVersion: true,
      schemeHash: true,
      output: true,
      inputs: true,
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
  const { attempt } = result;
  const id = ids.uuid();
  const code = ids.code(4);
  const { certificateMonths } = blueprint.parse(attempt.sitting.programme.blueprint);
  const lasts = until ?? validUntil(now, certificateMonths);
  const facts = buildFacts({
    code,
    name: attempt.candidate.name,
    awardingBody: settings.awardingBody,
    testedAt: attempt.startedAt ?? attempt.submittedAt ?? now,
    timeZone: attempt.sitting.centre.timeZone,
    issuedAt: now,
    validUntil: lasts,
    result: {
      scheme: { id: result.schemeId, version: result.schemeVersion, hash: result.schemeHash },
      output: result.output as unknown as StoredOutput,
      machine: machineStanding(resultInputs.parse(result.inputs)),
    },
  });
  // The older ones first: of one result at most one is valid at any time.
  const older = { status: "valid", result: { attemptId: result.attemptId } } as const;
  const replaced = await tx.certificate.findMany({ where: older, select: { id: true, statusOnly: true } });
  const { count: superseded } = await tx.certificate.updateMany({
    where: older,
    data: { status: "superseded", supersededById: id, version: { increment: 1 } },
  });
  await tx.certificate.create({
    data: {
      id,
      code,
      resultId,
      candidateId: attempt.candidateId,
      facts,
      factsHash: contentHash(facts),
      // What the holder let the old one show is a choice about the person, not about the paper.
      statusOnly: replaced.some(({ statusOnly }) => statusOnly),
      issuedAt: now,
      validUntil: lasts,
    },
  });
  for (const { id: certificateId } of replaced) context.enqueue(tellRecipientsJob, { certificateId });
  context.enqueue(renderPdfJob, { certificateId: id });
  return { certificateId: id, superseded };
}
