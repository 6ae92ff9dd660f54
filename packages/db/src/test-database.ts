import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { createDatabase, type Database } from "./client.ts";
import { keptPrefix, templateName, testServerVariable } from "./test-server.ts";

/**
 * Gives a test file a real database of its own, a copy of the migrated template. Call it at the top level and use what it
 * returns inside tests: `const database = useTestDatabase();  …  await database().prisma.person.count()`.
 * The copy is dropped after the file, and kept when a test of it failed.
 */
export function useTestDatabase(options: { poolSize?: number } = {}): () => Database {
  let database: Database | undefined;
  let name = "";
  beforeAll(async () => {
    name = `test_${randomBytes(6).toString("hex")}`;
    await administer(`create database ${name} template ${templateName}`);
    database = createDatabase(urlFor(name), options);
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest demands a destructuring pattern in this place
  afterAll(async ({}, suite) => {
    await database?.close();
    const failed = suite.tasks.some((task) => task.result?.state === "fail");
    await administer(
      failed ? `alter database ${name} rename to ${keptPrefix}${name}` : `drop database ${name} with (force)`,
    );
  });
  return () => {
    if (!database) throw new Error("The test database exists only inside tests and their hooks.");
    return database;
  };
}

function urlFor(name: string): string {
  const server = process.env[testServerVariable];
  if (!server)
    throw new Error("No test server: database tests are named *.db.test.ts and run from the repository's root.");
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement outside the copies. Two copies at once make Postgres refuse the second: it is asked again. */
async function administer(statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: urlFor("postgres") });
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const templateBusy = (error as { code?: string }).code === "55006";
      if (!templateBusy || attempt === 100) throw error;
    } finally {
      await client.end();
    }
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
  }
}
