import { type Context, contextFor, type Services } from "@bandwise/core/kernel/context";
import type { Sweep } from "@bandwise/core/kernel/jobs";
import { systemViewer } from "@bandwise/core/kernel/policy";

/** Longest a sweep may run before its lock goes to whoever asks next. */
const longestMilliseconds = 10 * 60_000;

export interface Beat {
  /** Ends after the sweeps that are running now. */
  stop(): Promise<void>;
}

/** Runs every sweep on its beat until stopped. A sweep that fails is logged and comes again at its next beat. */
export function startBeat(services: Services, sweeps: readonly Sweep[]): Beat {
  let stopped = false;
  const timers = new Map<Sweep, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  function next(sweep: Sweep, milliseconds: number): void {
    if (stopped) return;
    timers.set(
      sweep,
      setTimeout(() => {
        const started = performance.now();
        const run = runOnce(services, sweep).finally(() => {
          running.delete(run);
          next(sweep, Math.max(0, sweep.everySeconds * 1000 - (performance.now() - started)));
        });
        running.add(run);
      }, milliseconds),
    );
  }

  for (const sweep of sweeps) next(sweep, 0);
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function runOnce(services: Services, sweep: Sweep): Promise<void> {
  const requestId = services.ids.uuid();
  try {
    await withLock(services, sweep.name, () => sweep.run(contextFor(services, systemViewer, requestId)));
  } catch (error) {
    services.log.error({ err: error, sweep: sweep.name, requestId }, "sweep failed; it comes again at its next beat");
  }
}

/** Of several workers one runs a sweep at a time. The lock lives in a transaction: it goes when this process does. */
async function withLock(services: Pick<Context, "db">, name: string, work: () => Promise<void>): Promise<void> {
  await services.db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ held: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended(${`sweep ${name}`}, 0)) as held`;
      if (row?.held) await work();
    },
    { timeout: longestMilliseconds, maxWait: 20_000 },
  );
}
