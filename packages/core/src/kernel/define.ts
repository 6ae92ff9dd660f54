import { type SqlTransaction, sqlState, sqlStatement, sqlTransaction, type Transaction } from "@bandwise/db/client";
import type { z } from "zod";
import type { AuditFact, CommandContext, Context } from "./context.ts";
import { AppError, conflict } from "./errors.ts";
import { issueWords } from "./issue-words.ts";
import type { JobOptions, JobSpec, QueuedJob } from "./jobs.ts";
import { type Permission, requirePermission } from "./policy.ts";

interface CommandDefinition<I extends z.ZodType, O, Tx extends SqlTransaction = Transaction> {
  readonly name: string;
  readonly permission: Permission;
  readonly input: I;
  /** `ledger`: the rows it appends are their own audit (answers, recording chunks, heartbeats). Default: at least one audit row. */
  readonly audit?: "required" | "ledger";
  run(context: CommandContext<Tx>, input: z.output<I>): Promise<O>;
}

interface QueryDefinition<I extends z.ZodType, O> {
  readonly name: string;
  readonly permission: Permission;
  readonly input: I;
  run(context: Context, input: z.output<I>): Promise<O>;
}

export interface Command<I extends z.ZodType = z.ZodType, O = unknown> {
  (context: Context, input: z.input<I>): Promise<O>;
  readonly definition: Omit<CommandDefinition<I, O>, "run">;
}

export interface Query<I extends z.ZodType = z.ZodType, O = unknown> {
  (context: Context, input: z.input<I>): Promise<O>;
  readonly definition: QueryDefinition<I, O>;
}

/**
 * Declares an entry point of writes. Permission, then input, then one transaction that holds the change, its audit rows
 * and its jobs: all of it or nothing.
 */
export function defineCommand<I extends z.ZodType, O>(definition: CommandDefinition<I, O>): Command<I, O> {
  return commandOver(definition, ({ db }, work) => db.$transaction(work, { timeout: 20_000, maxWait: 20_000 }));
}

/** The same for the commands an exam room calls all the time: their transaction speaks plain SQL. */
export function defineSqlCommand<I extends z.ZodType, O>(
  definition: CommandDefinition<I, O, SqlTransaction>,
): Command<I, O> {
  return commandOver(definition, ({ db }, work) => sqlTransaction(db, work));
}

/** The same where the whole change is one statement on a ledger: no audit row beside it, no job. */
export function defineSqlStatement<I extends z.ZodType, O>(
  definition: CommandDefinition<I, O, SqlTransaction> & { readonly audit: "ledger" },
): Command<I, O> {
  return commandOver(definition, ({ db }, work) => sqlStatement(db, work));
}

function commandOver<I extends z.ZodType, O, Tx extends SqlTransaction>(
  definition: CommandDefinition<I, O, Tx>,
  inTransaction: (context: Context, work: (tx: Tx) => Promise<O>) => Promise<O>,
): Command<I, O> {
  const call = async (context: Context, rawInput: z.input<I>): Promise<O> => {
    requirePermission(context.viewer, definition.permission);
    const input = parseInput(definition.input, rawInput);
    const { db: _db, ...rest } = context;
    const once = () =>
      inTransaction(context, async (tx) => {
        const now = context.clock.now();
        const facts: AuditFact[] = [];
        const jobs: QueuedJob[] = [];
        const output = await definition.run(
          {
            ...rest,
            tx,
            now,
            audit: (fact) => void facts.push(fact),
            enqueue: <P>(spec: JobSpec<P>, payload: P, options: JobOptions = {}) =>
              void jobs.push({ name: spec.name, payload: spec.payload.parse(payload), options }),
          },
          input,
        );
        if (facts.length === 0 && definition.audit !== "ledger") {
          throw new Error(`${definition.name} changed something without an audit row`);
        }
        if (facts.length > 0) await writeAudit(context, tx, definition.name, now, facts);
        if (jobs.length > 0) await context.queue.send(tx, jobs);
        return output;
      });
    for (let tries = 1; ; tries += 1) {
      try {
        return await once();
      } catch (error) {
        // Nothing of it was written, and whoever stood in its way is through now. An exam page takes a refusal for final.
        if (tries < triesMax && codesOf(error).some((code) => standoffs.has(code))) continue;
        throw translateDatabaseError(error);
      }
    }
  };
  return Object.assign(call, { definition });
}

/** Declares an entry point of reads: permission, input, then a select whose `where` carries the viewer's scope. */
export function defineQuery<I extends z.ZodType, O>(definition: QueryDefinition<I, O>): Query<I, O> {
  const call = async (context: Context, rawInput: z.input<I>): Promise<O> => {
    requirePermission(context.viewer, definition.permission);
    const input = parseInput(definition.input, rawInput);
    try {
      return await definition.run(context, input);
    } catch (error) {
      throw translateDatabaseError(error);
    }
  };
  return Object.assign(call, { definition });
}

function parseInput<I extends z.ZodType>(schema: I, rawInput: unknown): z.output<I> {
  const parsed = schema.safeParse(rawInput, { error: issueWords });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  const [first] = Object.entries(fields);
  throw new AppError("INVALID", first ? `${first[0]}: ${first[1]}` : "The input is not valid.", {
    fields,
    cause: parsed.error,
  });
}

async function writeAudit(
  context: Context,
  tx: SqlTransaction,
  command: string,
  at: Date,
  facts: readonly AuditFact[],
): Promise<void> {
  const { viewer } = context;
  const actorId = viewer.kind === "person" ? viewer.personId : viewer.kind === "exam" ? viewer.candidateId : null;
  const rows = facts.map((fact) => ({
    action: fact.action ?? command,
    subject_type: fact.subjectType,
    subject_id: fact.subjectId,
    detail: { ...fact.detail },
  }));
  await tx.$executeRaw`
    insert into audit_entry (at, actor_id, actor_kind, action, subject_type, subject_id, detail, request_id)
    select ${at}::timestamptz, ${actorId}::uuid, ${viewer.kind}, f.action, f.subject_type, f.subject_id, f.detail,
           ${context.requestId}
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as (action text, subject_type text, subject_id text, detail jsonb))
      with ordinality as f(action, subject_type, subject_id, detail, n)
    order by n`;
}

/** Prisma's and the database's own codes for what two that came at once do to each other: could not be serialised, deadlock. */
const standoffs = new Set(["P2034", "40001", "40P01"]);
const triesMax = 5;

/** The same, and: taken already. */
const conflicts = new Set(["P2002", "23505", ...standoffs]);

/** The database's own codes for: U+0000 in a text, and in JSON. */
const unstorable = new Set(["22021", "22P05"]);

/** A unique constraint that a race ran into, or a serialisation failure, is a conflict, and a text no database holds is a refusal: no faults of ours. */
function translateDatabaseError(error: unknown): unknown {
  const codes = codesOf(error);
  if (codes.some((code) => conflicts.has(code))) {
    const translated = conflict();
    return new AppError(translated.code, translated.userMessage, { cause: error });
  }
  if (codes.some((code) => unstorable.has(code))) {
    return new AppError("INVALID", "A text holds the character U+0000, which cannot be kept.", { cause: error });
  }
  return error;
}

/** The client's code, and the database's own, which the client tells in its message alone. */
function codesOf(error: unknown): string[] {
  // By name: a web bundle may hold the client's error class twice.
  if (!(error instanceof Error && error.name === "PrismaClientKnownRequestError" && "code" in error)) {
    const state = sqlState(error);
    return state === null ? [] : [state];
  }
  const [, state] = /Code: `([0-9A-Z]{5})`/.exec(error.message) ?? [];
  return [String(error.code), ...(state === undefined ? [] : [state])];
}
