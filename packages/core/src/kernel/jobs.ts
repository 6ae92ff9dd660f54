import type { SqlTransaction } from "@bandwise/db/client";
import type { z } from "zod";
import type { Context } from "./context.ts";

/** A kind of background work: declared in a module's `schema.ts`, handled in its `jobs.ts`. Payloads hold ids only. */
export interface JobSpec<P> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  readonly retryLimit: number;
  /** A run counts as dead after this long and starts anew: at most 40, so that a killed worker's job runs again within a minute. */
  readonly expireInSeconds: number;
  /** How many a worker runs at once; 1 where nothing is said. */
  readonly concurrency?: number;
}

export interface JobOptions {
  readonly startAfterSeconds?: number;
}

export interface QueuedJob {
  readonly name: string;
  readonly payload: unknown;
  readonly options: JobOptions;
}

export interface JobQueue {
  /** Writes the jobs in the caller's transaction: they exist if and only if it commits. */
  send(tx: SqlTransaction, jobs: readonly QueuedJob[]): Promise<void>;
}

/** Handlers are idempotent: a job may run twice. */
export interface JobHandler {
  readonly spec: JobSpec<unknown>;
  run(context: Context, payload: unknown): Promise<void>;
}

export function handleJob<P>(spec: JobSpec<P>, run: (context: Context, payload: P) => Promise<void>): JobHandler {
  return {
    spec: spec as JobSpec<unknown>,
    run: (context, payload) => run(context, spec.payload.parse(payload)),
  };
}

/** Work done on a fixed beat by whichever worker holds the beat's lock: closing what is due, returning leases, purging. */
export interface Sweep {
  readonly name: string;
  readonly everySeconds: number;
  run(context: Context): Promise<void>;
}
