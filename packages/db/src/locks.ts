import pg from "pg";

/** Locks by name, over every process that uses the database. */
export interface Locks {
  /** Does the work if nobody else holds the lock; a process must not ask twice for one it holds. @returns whether it did. */
  whileHeld(name: string, work: () => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * All locks of a process live in one connection of their own, opened when first needed: a lock that kept one of the pool's
 * would leave none for the work it guards once as many were held as the pool has. They go when the process does.
 */
export function createLocks(url: string): Locks {
  const only = new pg.Pool({
    connectionString: url,
    max: 1,
    // Idle is how it holds locks.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "bandwise locks",
  });
  // A server that stops takes the locks along; whoever asks next gets a new connection.
  only.on("error", () => undefined);
  return {
    whileHeld: async (name, work) => {
      const { rows } = await only.query<{ held: boolean }>(
        "select pg_try_advisory_lock(hashtextextended($1, 0)) as held",
        [name],
      );
      if (!rows[0]?.held) return false;
      try {
        await work();
      } finally {
        // Where this fails the connection is gone, and with it the lock.
        await only.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => undefined);
      }
      return true;
    },
    close: () => only.end(),
  };
}
