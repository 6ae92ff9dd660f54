import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "./embedded.ts";
import { migrateDatabase } from "./migrate.ts";

export const testServerVariable = "BANDWISE_TEST_POSTGRES";
export const templateName = "bandwise";

/** A failed test file leaves its database under this prefix. */
export const keptPrefix = "kept_";

/**
 * One Postgres for a whole test run, with the migrated database that every test file copies. Vitest's `globalSetup`:
 * the returned function stops it, and removes its folder unless failed tests left databases to look at.
 */
export default async function startTestServer(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "bandwise-test-"));
  // Open enough for the user that Postgres runs as when we are root.
  chmodSync(folder, 0o711);
  const directory = join(folder, "postgres");
  const server = await startEmbedded({
    directory,
    // Nothing here outlives the run, so it may be fast instead of durable.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  await migrateDatabase(server.url);
  process.env[testServerVariable] = server.url;
  return async () => {
    const kept = await listKept(server.url);
    await server.stop();
    if (kept.length === 0) rmSync(folder, { recursive: true, force: true });
    else
      console.log(
        `Databases of failed tests: ${kept.join(", ")}. Open them: npx tsx config/open-database.ts ${directory}`,
      );
  };
}

async function listKept(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [keptPrefix],
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}
