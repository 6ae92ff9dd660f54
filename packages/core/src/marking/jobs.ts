import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { createScripts, returnLapsedLeases } from "./commands.ts";
import { machineJobs, machineSweep } from "./machine-jobs.ts";
import { createScriptsJob } from "./schema.ts";
import { speechJobs, speechSweep } from "./speech-jobs.ts";
import { speechSetupJobs } from "./speech-setup-jobs.ts";

export const markingJobs: readonly JobHandler[] = [
  handleJob(createScriptsJob, async (context, payload) => {
    await createScripts(context, payload);
  }),
  ...speechJobs,
  ...machineJobs,
  ...speechSetupJobs,
];

export const markingSweeps: readonly Sweep[] = [
  speechSweep,
  machineSweep,
  {
    name: "marking.return-lapsed-leases",
    everySeconds: 15,
    run: async (context) => {
      await returnLapsedLeases(context, {});
    },
  },
];
