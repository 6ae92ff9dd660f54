import type { z } from "zod";
import type { AuditFact, CommandContext, Context } from "./context.ts";
import { AppError, conflict } from "./errors.ts";
import type { JobOptions, JobSpec, QueuedJob } from "./jobs.ts";
import { type Permission, requirePermission } from "./policy.ts";

interface CommandDefinition<I extends z.ZodType, O> {
  readonly name: string;
  readonly permission: Permission;
  readonly input: I;
  /** `ledger`: the rows it appends are their own audit (answers, recording chunks, heartbeats). Default: at least one audit row. */
  readonly audit?: "required" | "ledger";
  run(context: CommandContext, input: z.output<I>): Promise<O>;
}

interface QueryDefinition<I extends z.ZodType, O> {
  readonly name: string;
  readonly permission: Permission;
  readonly input: I;
  run(context: Context, input: z.output<I>): Promise<O>;
}

export interface Command<I extends z.ZodType = z.ZodType, O = unknown> {
  (context: Context, input: z.input<I>): Promise<O>;
  readonly definition: CommandDefinition<I, O>;
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
  const call = async (context: Context, rawInput: z.input<I>): Promise<O> => {
    requirePermission(context.viewer, definition.permission);
    const input = parseInput(definition.input, rawInput);
    const { db, ...rest } = context;
    try {
      return await db.$transaction(
        async (tx) => {
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
        },
        { timeout: 20_000, maxWait: 20_000 },
      );
    } catch (error) {
      throw translateDatabaseError(error);
    }
  };
  return Object.assign(call, { definition });
}

/** Declares an entry point of reads: permission, input, then a select whose `where` carries the viewer's scope. */
export function defineQuery<I extends z.ZodType, O>(definition: QueryDefinition<I, O>): Query<I, O> {
  const call = async (context: Context, rawInput: z.input<I>): Promise<O> => {
    requirePermission(context.viewer, definition.permission);
    return definition.run(context, parseInput(definition.input, rawInput));
  };
  return Object.assign(call, { definition });
}

function parseInput<I extends z.ZodType>(schema: I, rawInput: unknown): z.output<I> {
  const parsed = schema.safeParse(rawInput);
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
  tx: CommandContext["tx"],
  command: string,
  at: Date,
  facts: readonly AuditFact[],
): Promise<void> {
  const { viewer } = context;
  await tx.auditEntry.createMany({
    data: facts.map((fact) => ({
      at,
      actorId: viewer.kind === "person" ? viewer.personId : viewer.kind === "exam" ? viewer.candidateId : null,
      actorKind: viewer.kind,
      action: fact.action ?? command,
      subjectType: fact.subjectType,
      subjectId: fact.subjectId,
      detail: { ...fact.detail },
      requestId: context.requestId,
    })),
  });
}

/** A unique constraint that a race ran into, or a serialisation failure, is a conflict, not a fault of ours. */
function translateDatabaseError(error: unknown): unknown {
  // By name: a web bundle may hold the client's error class twice.
  const code =
    error instanceof Error && error.name === "PrismaClientKnownRequestError" && "code" in error && error.code;
  if (code === "P2002" || code === "P2034") {
    const translated = conflict();
    return new AppError(translated.code, translated.userMessage, { cause: error });
  }
  return error;
}
