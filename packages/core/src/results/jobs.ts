import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { computeResult, scoreObjective } from "./commands.ts";
import { computeResultJob, scoreObjectiveJob } from "./schema.ts";

export const resultJobs: readonly JobHandler[] = [
  handleJob(scoreObjectiveJob, async (context, payload) => {
    await scoreObjective(context, payload);
  }),
  handleJob(computeResultJob, async (context, payload) => {
    await computeResult(context, payload);
  }),
];
