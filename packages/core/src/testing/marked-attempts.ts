import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts, submitRating, takeScript } from "../marking/commands.ts";
import { getScriptForMarking } from "../marking/queries.ts";
import { scoreObjective } from "../results/commands.ts";
import { createSubmittedAttempt } from "./attempts.ts";
import { createPerson, type TestServices } from "./services.ts";

/** What an examiner gives on every script: the worked example's bands 6.00 in Writing and 7.00 in Speaking. */
export const evenMarks: MarksBySkill = {
  writing: { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 },
  speaking: { fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 },
};
export type MarksBySkill = Readonly<Record<"writing" | "speaking", Readonly<Record<string, number>>>>;

/** Marks everything the examiner's queues hold, by the real commands. @returns how many scripts there were. */
export async function markQueues(
  services: TestServices,
  examiner: Viewer,
  marks: MarksBySkill = evenMarks,
): Promise<number> {
  const context = services.as(examiner);
  let marked = 0;
  for (const skill of ["writing", "speaking"] as const) {
    for (let taken = await takeScript(context, { skill }); taken; taken = await takeScript(context, { skill })) {
      const script = await getScriptForMarking(context, { code: taken.code });
      if (!script.lease) throw new Error("no lease");
      const held = { scriptId: script.id, leaseToken: script.lease.token };
      await submitRating(context, { ...held, scores: marks[skill], comment: "" });
      marked += 1;
    }
  }
  return marked;
}

/** An attempt with everything right in reading and listening and every script marked; its jobs wait in the queue. */
export async function createMarkedAttempt(
  services: TestServices,
  options: { programmeId: string; adminId: string; examiner: Viewer; candidateName?: string },
): Promise<{ attemptId: string; candidate: { id: string; viewer: Viewer } }> {
  const candidate = await createPerson(services.db, ["candidate"], options.candidateName);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId: options.programmeId,
    adminId: options.adminId,
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await markQueues(services, options.examiner);
  return { attemptId, candidate };
}
