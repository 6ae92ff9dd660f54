import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";

const attemptPayload = z.strictObject({ attemptId: z.uuid() });

/** Asked for by submission: scores reading and listening within seconds, held until release. */
export const scoreObjectiveJob: JobSpec<{ attemptId: string }> = {
  name: "results.score-objective",
  payload: attemptPayload,
  retryLimit: 20,
  expireInSeconds: 60,
};

/** Asked for when the last script of an attempt is settled: makes the provisional result. */
export const computeResultJob: JobSpec<{ attemptId: string }> = {
  name: "results.compute",
  payload: attemptPayload,
  retryLimit: 20,
  expireInSeconds: 60,
};
