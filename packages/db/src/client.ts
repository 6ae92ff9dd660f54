import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

// biome-ignore lint/performance/noBarrelFile: this is the one door to the generated client; everybody else is forbidden to import it
export { Prisma } from "./generated/client.ts";

import { PrismaClient } from "./generated/client.ts";
import { OneAtATimeClient } from "./one-at-a-time.ts";
import { runSqlStatement, runSqlTransaction, type SqlTransaction, statementName } from "./sql.ts";

export type { PrismaClient } from "./generated/client.ts";
export { type SqlTransaction, sqlState } from "./sql.ts";

/** A client inside an interactive transaction: what `steps.ts` functions receive. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export type Database = {
  readonly url: string;
  readonly prisma: PrismaClient;
  /** The pool under the client, for what Prisma cannot say (LISTEN, COPY) and for the job queue. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Connections at most; a process on a 2-core box gains nothing beyond ten. */
  poolSize?: number;
  /** Told about errors of idle connections (a stopping server emits them); nothing is lost by ignoring them. */
  onIdleError?: (error: Error) => void;
};

// On globalThis because each bundle Next makes evaluates this module afresh: a client opened in one is used in another.
const world = globalThis as { bandwisePools?: WeakMap<PrismaClient, pg.Pool> };
world.bandwisePools ??= new WeakMap();
const pools = world.bandwisePools;

/**
 * One transaction in plain SQL, without Prisma's engine around it: for the few commands an exam room calls all the time,
 * where the engine would cost several times what the statements do. Committed when `work` resolves, undone when it throws.
 */
export function sqlTransaction<T>(prisma: PrismaClient, work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  return runSqlTransaction(poolOf(prisma), work);
}

/** The same for work that is a single statement: it needs neither begin nor commit around it, and is refused a second one. */
export function sqlStatement<T>(prisma: PrismaClient, work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  return runSqlStatement(poolOf(prisma), work);
}

function poolOf(prisma: PrismaClient): pg.Pool {
  const pool = pools.get(prisma);
  if (!pool) throw new Error("This client was not opened by createDatabase.");
  return pool;
}

/**
 * Opens a database. The pool is ours rather than the adapter's so that errors on idle connections have a listener
 * (without one, a restarting Postgres would end the process) and so that closing is complete.
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: "bandwise",
    Client: OneAtATimeClient,
  });
  pool.on("error", (error) => options.onIdleError?.(error));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: false,
    onPoolError: () => undefined,
    // The database then reads and plans each statement once per connection instead of each time.
    statementNameGenerator: ({ sql }) => statementName(sql),
  });
  const prisma = new PrismaClient({ adapter });
  pools.set(prisma, pool);
  let closing: Promise<void> | undefined;
  return {
    url,
    prisma,
    pool,
    close: () => {
      closing ??= prisma.$disconnect().then(() => pool.end());
      return closing;
    },
  };
}
