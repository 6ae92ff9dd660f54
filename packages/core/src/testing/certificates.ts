import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts } from "../marking/commands.ts";
import { releaseResults, scoreObjective } from "../results/commands.ts";
import { createSubmittedAttempt } from "./attempts.ts";
import { createPerson, type TestServices } from "./services.ts";

/** A released result by the real commands: everything right in reading and listening, nothing written or said. */
export async function releaseResultOf(
  services: TestServices,
  {
    name = "Nadira Velasko",
    programmeId,
    admin,
  }: { name?: string; programmeId: string; admin: { id: string; viewer: Viewer } },
) {
  const candidate = await createPerson(services.db, ["candidate"], name);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId: admin.id,
    text: "",
    silent: true,
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await services.drain();
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  return { candidate, attemptId, resultId: result.id };
}

/** The same with its certificate, document and badge. */
export async function issueCertificateTo(services: TestServices, options: Parameters<typeof releaseResultOf>[1]) {
  const arranged = await releaseResultOf(services, options);
  await services.drain();
  const certificate = await services.db.certificate.findFirstOrThrow({ where: { resultId: arranged.resultId } });
  return { ...arranged, certificate };
}
