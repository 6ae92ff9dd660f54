import type { Locks } from "@bandwise/db/locks";
import { contextFor, type Services } from "../kernel/context.ts";
import type { Sweep } from "../kernel/jobs.ts";
import { systemViewer } from "../kernel/policy.ts";

type BeatServices = Services & { readonly locks: Locks };

export interface Beat {
  /** Ends after the sweeps that are running now. */
  stop(): Promise<void>;
}

/** Runs every sweep on its beat until stopped. A sweep that fails is logged and comes again at its next beat. */
export function startBeat(services: BeatServices, sweeps: readonly Sweep[]): Beat {
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

async function runOnce(services: BeatServices, sweep: Sweep): Promise<void> {
  const requestId = services.ids.uuid();
  try {
    // Of several workers one runs a sweep at a time.
    await services.locks.whileHeld(`sweep ${sweep.name}`, () =>
      sweep.run(contextFor(services, systemViewer, requestId)),
    );
  } catch (error) {
    services.log.error({ err: error, sweep: sweep.name, requestId }, "sweep failed; it comes again at its next beat");
  }
}
