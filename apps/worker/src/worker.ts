import { startBeat } from "@bandwise/core/adapters/beat";
import { createServices, type RunningServices } from "@bandwise/core/adapters/services";
import { contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import type { JobHandler } from "@bandwise/core/kernel/jobs";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { readSettings, SettingsError } from "@bandwise/core/kernel/settings";
import { jobHandlers, sweeps } from "@bandwise/core/registry";

/** How long work under way may take to end after we are told to stop; whatever remains runs again elsewhere. */
const patienceMilliseconds = 15_000;

async function runJob(services: RunningServices, handler: JobHandler, payload: unknown): Promise<void> {
  const requestId = services.ids.uuid();
  const log = services.log.child({ job: handler.spec.name, requestId });
  const started = performance.now();
  try {
    await handler.run(contextFor({ ...services, log }, systemViewer, requestId), payload);
    log.info({ milliseconds: Math.round(performance.now() - started) }, "job done");
  } catch (error) {
    // The queue tries again until its limit. Payloads hold ids only, so they may be logged.
    const expected = error instanceof AppError && error.code !== "INTERNAL";
    log[expected ? "warn" : "error"]({ err: error, payload }, "job failed; it is tried again");
    throw error;
  }
}

/** Why the worker cannot start, in one line. */
function describe(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|Can't reach database/.test(`${code} ${message}`)) {
    return "The worker cannot reach the database: check DATABASE_URL and that PostgreSQL runs.";
  }
  return `The worker could not start: ${(message || code || String(error)).split("\n").at(-1)}`;
}

async function start(): Promise<void> {
  const services = await createServices(readSettings(process.env), "worker");
  const beat = startBeat(services, sweeps);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    services.log.info({ signal }, "worker stops");
    setTimeout(() => process.exit(1), patienceMilliseconds).unref();
    beat
      .stop()
      .then(() => services.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          services.log.error({ err: error }, "worker did not stop cleanly");
          process.exit(1);
        },
      );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => stop(signal));
  await services.queue.work(jobHandlers, (handler, payload) => runJob(services, handler, payload));
  services.log.info({ jobs: jobHandlers.length, sweeps: sweeps.length }, "worker runs");
}

start().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`);
  process.exit(1);
});
