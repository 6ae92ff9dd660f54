import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@bandwise/db/client";
import { startEmbedded } from "@bandwise/db/embedded";
import { migrateDatabase } from "@bandwise/db/migrate";

/** Runs the work on a migrated, empty database of its own, on a server of its own; both are gone afterwards. */
export async function withBenchDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bandwise-bench-"));
  // Open enough for the user that Postgres runs as when we are root.
  chmodSync(folder, 0o711);
  const server = await startEmbedded({ directory: join(folder, "postgres") });
  let database: Database | undefined;
  try {
    await migrateDatabase(server.url);
    database = createDatabase(server.url);
    await work(database);
  } finally {
    await database?.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
