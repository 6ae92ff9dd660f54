import type { JobHandler, Sweep } from "./kernel/jobs.ts";

/** Every kind of background work there is: the worker runs these, and the queue refuses any other. */
export const jobHandlers: readonly JobHandler[] = [];

export const sweeps: readonly Sweep[] = [];
