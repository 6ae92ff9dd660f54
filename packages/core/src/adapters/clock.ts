import type { PrismaClient } from "@bandwise/db/client";
import type { Clock } from "../kernel/context.ts";

export interface DatabaseClock extends Clock {
  stop(): void;
}

/**
 * The database's time without a query per call: this process's clock corrected by an offset measured at start and
 * every minute (middle of the round trip), so that every process of the service agrees on deadlines.
 */
export async function startDatabaseClock(db: PrismaClient): Promise<DatabaseClock> {
  let offset = 0;
  const measure = async (): Promise<void> => {
    const before = Date.now();
    const [row] = await db.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
    const after = Date.now();
    if (row) offset = row.now.getTime() - (before + after) / 2;
  };
  await measure();
  const timer = setInterval(() => void measure().catch(() => undefined), 60_000);
  timer.unref();
  return { now: () => new Date(Date.now() + offset), stop: () => clearInterval(timer) };
}
