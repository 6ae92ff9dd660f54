import { join } from "node:path";
import { createDatabase } from "@bandwise/db/client";
import { pino } from "pino";
import type { Services } from "../kernel/context.ts";
import { systemIds } from "../kernel/ids.ts";
import type { Settings } from "../kernel/settings.ts";
import { jobHandlers } from "../registry.ts";
import { startDatabaseClock } from "./clock.ts";
import { createFolderMailer, createSmtpMailer } from "./mailer.ts";
import { type RunningQueue, startQueue } from "./queue.ts";
import { createFolderStore } from "./storage.ts";

export interface RunningServices extends Services {
  readonly queue: RunningQueue;
  close(): Promise<void>;
}

/** Builds, once per process, everything that touches the world outside. `kind` worker also keeps the queue in order. */
export async function createServices(settings: Settings, kind: "web" | "worker" | "cli"): Promise<RunningServices> {
  const log = pino({ level: settings.logLevel, base: { process: kind }, redact: ["*.password", "*.token", "*.email"] });
  const database = createDatabase(settings.databaseUrl, {
    poolSize: settings.databasePoolSize,
    onIdleError: (error) => log.warn({ err: error }, "database connection"),
  });
  const clock = await startDatabaseClock(database.prisma);
  const queue = await startQueue(database, jobHandlers, { supervise: kind === "worker", log });
  return {
    db: database.prisma,
    clock,
    ids: systemIds,
    storage: createFolderStore(join(settings.dataDir, "files")),
    mailer: settings.smtpUrl
      ? createSmtpMailer(settings.smtpUrl, settings.mailFrom)
      : createFolderMailer(join(settings.dataDir, "mail"), settings.mailFrom, () => systemIds.uuid()),
    queue,
    settings,
    log,
    close: async () => {
      clock.stop();
      await queue.stop();
      await database.close();
    },
  };
}
