import { createHash } from "node:crypto";
import type pg from "pg";
import { Prisma } from "./generated/client.ts";

/** A transaction that speaks SQL and nothing else. Prisma's own transactions fit it too. */
export interface SqlTransaction {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>;
  /** @returns how many rows it changed. */
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
}

const names = new Map<string, string>();
/** Each is kept by each connection of the database: a statement whose text never repeats must not pile up there. */
const namesMax = 1_000;

/**
 * The name a statement is prepared under; empty: not kept. Made from the text alone, so that every copy of this module in
 * a process (Next makes several) and every user of a connection call the same statement the same.
 */
export function statementName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= namesMax) return "";
  const name = createHash("sha256").update(text).digest("base64url");
  names.set(text, name);
  return name;
}

type Row = pg.QueryResultRow;

function sqlOn(client: Pick<pg.Pool, "query">): SqlTransaction {
  const run = (text: string, values: unknown[]): Promise<pg.QueryResult<Row>> =>
    client.query<Row>({ name: statementName(text), text, values });
  const runSql = (query: TemplateStringsArray | Prisma.Sql, values: unknown[]): Promise<pg.QueryResult<Row>> => {
    const { text, values: all } = "text" in query ? query : new Prisma.Sql([...query], values);
    return run(text, all);
  };
  return {
    $queryRaw: async <T>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await runSql(query, values)).rows as T,
    $executeRaw: async (query, ...values) => (await runSql(query, values)).rowCount ?? 0,
    $queryRawUnsafe: async <T>(query: string, ...values: unknown[]) => (await run(query, values)).rows as T,
  };
}

/** One statement, which the database runs as a transaction of its own. A second one would not be undone with the first: refused. */
export async function runSqlStatement<T>(pool: pg.Pool, work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  let used = false;
  const once: Pick<pg.Pool, "query"> = {
    query: ((query: pg.QueryConfig) => {
      if (used) return Promise.reject(new Error("This command promised to be one statement."));
      used = true;
      return pool.query(query);
    }) as pg.Pool["query"],
  };
  return work(sqlOn(once));
}

/** A transaction straight on one of the pool's connections. */
export async function runSqlTransaction<T>(pool: pg.Pool, work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(sqlOn(client));
    const { command } = await client.query("commit");
    // The database answers so where a statement had failed and `work` went on regardless: nothing was kept.
    if (command !== "COMMIT") throw new Error("The transaction could not be committed.");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** What the database calls a failure, where `error` is one of its own: `23505`. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error && "code" in error && "severity" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
