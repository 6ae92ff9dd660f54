import { importJobs } from "./bank/import-jobs.ts";
import { bankJobs, bankSweeps } from "./bank/jobs.ts";
import { certificateJobs } from "./certificates/jobs.ts";
import { clockSweep, handleProcessRecording, tidySweep } from "./delivery/jobs.ts";
import { interviewJobs, interviewSweeps } from "./interviews/jobs.ts";
import type { JobHandler, Sweep } from "./kernel/jobs.ts";
import { markingJobs, markingSweeps } from "./marking/jobs.ts";
import { peopleJobs, peopleSweeps } from "./people/jobs.ts";
import { practiceJobs, practiceSweep } from "./practice/jobs.ts";
import { resultJobs } from "./results/jobs.ts";

/** Every kind of background work there is: the worker runs these, and the queue refuses any other. */
export const jobHandlers: readonly JobHandler[] = [
  handleProcessRecording,
  ...bankJobs,
  ...importJobs,
  ...peopleJobs,
  ...markingJobs,
  ...interviewJobs,
  ...resultJobs,
  ...certificateJobs,
  ...practiceJobs,
];

export const sweeps: readonly Sweep[] = [
  clockSweep,
  tidySweep,
  ...bankSweeps,
  ...peopleSweeps,
  ...markingSweeps,
  ...interviewSweeps,
  practiceSweep,
];
