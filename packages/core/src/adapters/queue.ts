import type { Database } from "@bandwise/db/client";
import PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { JobHandler, JobQueue } from "../kernel/jobs.ts";

export interface RunningQueue extends JobQueue {
  /** Starts taking jobs: worker only. Each kind runs one at a time unless its `concurrency` says otherwise. */
  work(handlers: readonly JobHandler[], run: (handler: JobHandler, payload: unknown) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Jobs in Postgres through pg-boss, over our own pool. A job is inserted in the transaction of the command that asks
 * for it. `supervise` (worker) runs the maintenance that restarts a killed worker's jobs: every 10 s.
 */
export async function startQueue(
  database: Database,
  handlers: readonly JobHandler[],
  options: { supervise: boolean; log: Logger },
): Promise<RunningQueue> {
  // A job that is just being fetched is not waited for by pg-boss: it must not begin on a pool that is closing. It stays
  // where it is, and runs elsewhere once its time has expired.
  let stopped = false;
  const never = new Promise<never>(() => {});
  const boss = new PgBoss({
    db: { executeSql: (text, values) => (stopped ? never : database.pool.query(text, values)) },
    supervise: options.supervise,
    schedule: false,
    maintenanceIntervalSeconds: 10,
  });
  boss.on("error", (error) => options.log.warn({ err: error }, "job queue"));
  await boss.start();
  const known = new Map(handlers.map((handler) => [handler.spec.name, handler]));
  const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const { spec } of handlers) {
    const policy = {
      name: spec.name,
      retryLimit: spec.retryLimit,
      retryDelay: 2,
      retryBackoff: true,
      expireInSeconds: spec.expireInSeconds,
    };
    if (!existing.has(spec.name)) await boss.createQueue(spec.name, policy);
    // A queue made by an earlier version keeps that version's limits until it is told the new ones.
    else if (options.supervise) await boss.updateQueue(spec.name, policy);
  }
  return {
    send: async (tx, jobs) => {
      for (const job of jobs) {
        // pg-boss drops jobs for unknown queues without a word.
        if (!known.has(job.name)) throw new Error(`no handler is registered for job ${job.name}`);
      }
      await boss.insert(
        jobs.map((job) => ({
          name: job.name,
          data: job.payload as object,
          ...(job.options.startAfterSeconds !== undefined && {
            startAfter: `${job.options.startAfterSeconds} seconds`,
          }),
        })),
        {
          db: { executeSql: async (text, values) => ({ rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values) }) },
        },
      );
    },
    work: async (toWork, run) => {
      for (const handler of toWork.flatMap((one) => Array.from({ length: one.spec.concurrency ?? 1 }, () => one))) {
        await boss.work(handler.spec.name, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async (jobs) => {
          for (const job of jobs) await (stopped ? never : run(handler, job.data));
        });
      }
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 10_000 });
      stopped = true;
    },
  };
}
