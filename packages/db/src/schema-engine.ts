import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm/schema_engine_bg";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/**
 * Prisma's own migration engine as WebAssembly: it writes and applies migrations exactly as the `prisma` command does, without
 * the native engine that the command would download.
 */

const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

type RawBindings = typeof bindings & { __wbg_set_wasm(exports: object): void };

/** What we use of it; the full type comes only with the browser's library, which has no place here. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start: () => void } } }>;
};

let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(await readFile(join(dirname(entry), "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": withIdleTimers(bindings),
  });
  (bindings as RawBindings).__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The engine never clears the 10-second limit it sets on taking its lock: such a timer must not keep a program from ending. */
function withIdleTimers(functions: object): object {
  return Object.fromEntries(
    Object.entries(functions).map(([name, value]) => {
      if (!name.startsWith("__wbg_setTimeout")) return [name, value];
      return [name, (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds >>> 0).unref()];
    }),
  );
}

async function withEngine<Value>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<Value>,
): Promise<Value> {
  loading ??= load();
  await loading;
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/** The engine wants a connection even to compare two texts; this one has nothing behind it and answers every query with no rows. */
const nothing: SqlDriverAdapter = {
  provider: "postgres",
  adapterName: "none",
  queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
  executeRaw: async () => 0,
  executeScript: async () => undefined,
  startTransaction: () => Promise.reject(new Error("There is no database here.")),
  getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  dispose: async () => undefined,
};
const withoutDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: "postgres",
  adapterName: "none",
  connect: async () => nothing,
  connectToShadowDb: async () => nothing,
};

export type MigrationText = { name: string; sql: string };

/**
 * Applies what the database does not have yet and returns those names; writes the same table as `prisma migrate deploy`.
 * Each migration is one transaction. Throws the database's own error.
 */
export async function applyMigrations(
  url: string,
  migrations: readonly MigrationText[],
  lockfile: string,
): Promise<string[]> {
  const migrationDirectories = migrations.map(
    ({ name, sql }): MigrationDirectory => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    }),
  );
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => undefined);
  const prismaPg = new PrismaPg(pool);
  let cause: unknown;
  const connect = async () => {
    const adapter = await prismaPg.connect();
    // The adapter's own version cuts the script at every semicolon, which breaks functions; whole, it is also one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => {
        cause = error;
        throw error;
      });
    };
    return adapter;
  };
  const factory = { ...withoutDatabase, connect };
  try {
    const { appliedMigrationNames } = await withEngine(factory, (engine) =>
      engine.applyMigrations({
        filters,
        migrationsList: {
          baseDir: "prisma/migrations",
          lockfile: { path: "migration_lock.toml", content: lockfile },
          migrationDirectories,
          shadowDbInitScript: "",
        },
      }),
    );
    return appliedMigrationNames;
  } catch (error) {
    throw cause ?? error;
  } finally {
    await pool.end();
  }
}

/** The SQL that leads from one schema to another; empty when they say the same. Needs no database. */
export async function diffSchemas(from: string, to: string): Promise<string> {
  const target = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const { stdout } = await withEngine(withoutDatabase, (engine) =>
    engine.diff({
      from: target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters,
      shadowDatabaseUrl: null,
    } as Parameters<SchemaEngine["diff"]>[0]),
  );
  const sql = stdout ?? "";
  return sql.includes("This is an empty migration") ? "" : sql;
}
