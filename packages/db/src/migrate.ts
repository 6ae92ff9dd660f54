import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { DatabaseFailure } from "./failure.ts";
import { applyMigrations, diffSchemas, type MigrationText } from "./schema-engine.ts";

const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const schemaFolder = fileURLToPath(new URL("../../../prisma/schema", import.meta.url));
const lockfile = 'provider = "postgresql"\n';

/** The schema as it was when a migration was made; the next one is the difference to it. */
const snapshotFile = "schema.snapshot";

/** What stands under this line in a migration is written by hand and survives making that migration again. */
const handWrittenLine = "-- Written by hand from here on (what the Prisma schema cannot say):";

/** Any number, as long as all our programs use the same: only one of them migrates at a time. */
const migrationLock = 4_210_561;

/** Brings a database to the code's state and returns the names of the migrations it applied. */
export async function migrateDatabase(url: string): Promise<string[]> {
  const migrations = readMigrations();
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect().catch((error: Error) => {
    throw new DatabaseFailure(`The database cannot be reached (${error.message}): check DATABASE_URL.`);
  });
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await forgetInterrupted(client);
    const applied = await readApplied(client);
    const problem = describeMismatch(migrations, applied);
    if (problem) throw new DatabaseFailure(problem);
    if (migrations.length === applied.length) return [];
    return await applyMigrations(url, migrations, lockfile).catch((error: Error) => {
      throw new DatabaseFailure(`The database could not be brought up to date: ${firstLine(error.message)}`);
    });
  } finally {
    await client.end();
  }
}

export type AppliedMigration = { name: string; checksum: string };

/** Why these migrations must not be applied over what the database has, or null; one line with the remedy. */
export function describeMismatch(
  migrations: readonly MigrationText[],
  applied: readonly AppliedMigration[],
): string | null {
  for (const { name, checksum } of applied) {
    const known = migrations.find((migration) => migration.name === name);
    if (!known)
      return `The database is newer than this code (it has the migration ${name}): update the code, or use another database.`;
    if (checksumOf(known.sql) !== checksum) {
      return `The migration ${name} was changed after this database had applied it: restore the file, or use another database.`;
    }
  }
  return null;
}

async function hasTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select to_regclass('_prisma_migrations') is not null as present");
  return rows[0]?.present === true;
}

/** A migration is one transaction: where its row says that it never finished, nothing of it was kept, and it may run again. */
async function forgetInterrupted(client: pg.Client): Promise<void> {
  if (!(await hasTable(client))) return;
  await client.query(
    "update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null",
  );
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  if (!(await hasTable(client))) return [];
  const { rows } = await client.query(
    "select migration_name as name, checksum from _prisma_migrations where rolled_back_at is null order by started_at",
  );
  return rows;
}

export function readMigrations(folder = migrationsFolder): MigrationText[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }));
}

/** All files of the Prisma schema as one text. */
export function readSchema(folder = schemaFolder): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** What the schema says beyond the newest migration, as SQL; empty when every change has its migration. */
export async function pendingChanges(): Promise<string> {
  const newest = readMigrations().at(-1);
  return diffSchemas(readSnapshot(newest?.name), readSchema());
}

/** Writes the next migration and returns its name, or null when the schema has not changed. */
export async function makeMigration(title: string): Promise<string | null> {
  const existing = readMigrations();
  const sql = await diffSchemas(readSnapshot(existing.at(-1)?.name), readSchema());
  if (sql === "") return null;
  const name = `${String(existing.length + 1).padStart(4, "0")}_${title.replace(/[^a-z0-9]+/gi, "_").toLowerCase()}`;
  writeMigration(name, sql, "");
  return name;
}

/**
 * Makes the newest migration again after further changes of the schema, keeping what was written by hand. Only before
 * anybody else has it: a migration that some database has applied is never changed.
 */
export async function remakeNewestMigration(): Promise<string | null> {
  const existing = readMigrations();
  const newest = existing.at(-1);
  if (!newest) return null;
  const sql = await diffSchemas(readSnapshot(existing.at(-2)?.name), readSchema());
  const [, handWritten = ""] = newest.sql.split(handWrittenLine);
  writeMigration(newest.name, sql, handWritten.trim());
  return newest.name;
}

function readSnapshot(name: string | undefined): string {
  if (name !== undefined) return readFileSync(join(migrationsFolder, name, snapshotFile), "utf8");
  return 'datasource db {\n  provider = "postgresql"\n}\n';
}

function writeMigration(name: string, sql: string, handWritten: string): void {
  const folder = join(migrationsFolder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "migration.sql"),
    `${sql.trim()}\n\n${handWrittenLine}\n${handWritten ? `\n${handWritten}\n` : ""}`,
  );
  writeFileSync(join(folder, snapshotFile), readSchema());
  writeFileSync(join(migrationsFolder, "migration_lock.toml"), lockfile);
}

export function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? text;
}
