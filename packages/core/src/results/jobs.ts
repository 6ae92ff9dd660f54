import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { finishRemark } from "./appeal-commands.ts";
import { finishRemarkJob } from "./appeal-schema.ts";
import { computeResult, scoreObjective } from "./commands.ts";
import { computeResultJob, scoreObjectiveJob } from "./schema.ts";

export const resultJobs: readonly JobHandler[] = [
  handleJob(scoreObjectiveJob, async (context, payload) => {
    await scoreObjective(context, payload);
  }),
  handleJob(finishRemarkJob, async (context, payload) => {
    await finishRemark(context, payload);
  }),
  handleJob(computeResultJob, async (context, payload) => {
    await computeResult(context, payload);
  }),
];
