import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { refuseDecision } from "./rules.ts";
import { type approvalStatuses, listApprovalsInput, listAuditInput, subjectInput } from "./schema.ts";

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorKind: string;
  /** Null: the system, a stranger, or a person erased since. */
  readonly actorName: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Audit rows hold ids only; names are looked up when they are read, so erasing a person erases them here too. */
async function withNames(context: Context, rows: readonly Prisma.AuditEntryGetPayload<object>[]): Promise<AuditRow[]> {
  const ids = [...new Set(rows.flatMap((row) => row.actorId ?? []))];
  const people = await context.db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return rows.map(({ id, detail, requestId: _requestId, ...row }) => ({
    ...row,
    id: String(id),
    actorName: row.actorId === null ? null : (names.get(row.actorId) ?? null),
    detail: detail as Record<string, unknown>,
  }));
}

export const listAudit = defineQuery({
  name: "listAudit",
  permission: "audit:read",
  input: listAuditInput,
  run: async (context, input): Promise<Page<AuditRow>> => {
    const where: Prisma.AuditEntryWhereInput = {
      ...(input.action !== "" && { action: input.action }),
      ...(input.subjectType !== "" && { subjectType: input.subjectType }),
      ...(input.subjectId !== "" && { subjectId: input.subjectId }),
      ...(input.actorId !== undefined && { actorId: input.actorId }),
    };
    const [rows, total] = await Promise.all([
      context.db.auditEntry.findMany({ where, orderBy: { id: "desc" }, ...skipTake(input) }),
      context.db.auditEntry.count({ where }),
    ]);
    return { rows: await withNames(context, rows), total, page: input.page, pageSize: input.pageSize };
  },
});

/** The actions and subjects that occur, for the filters: a walk along the index rather than over every row. */
export const listAuditFacets = defineQuery({
  name: "listAuditFacets",
  permission: "audit:read",
  input: z.object({}),
  run: async (context) => {
    const recent = await context.db.$queryRaw<{ action: string; subject_type: string }[]>`
      select distinct action, subject_type from (
        select action, subject_type from audit_entry order by id desc limit 20000
      ) recent`;
    const sorted = (values: string[]): string[] => [...new Set(values)].sort();
    return {
      actions: sorted(recent.map((row) => row.action)),
      subjectTypes: sorted(recent.map((row) => row.subject_type)),
    };
  },
});

/** What happened to one thing, newest first. */
export const listSubjectHistory = defineQuery({
  name: "listSubjectHistory",
  permission: "audit:read",
  input: subjectInput,
  run: async (context, input): Promise<AuditRow[]> =>
    withNames(context, await context.db.auditEntry.findMany({ where: input, orderBy: { id: "desc" }, take: 50 })),
});

export interface ApprovalRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reason: string;
  readonly status: (typeof approvalStatuses)[number];
  readonly requestedAt: Date;
  readonly requestedBy: { readonly id: string; readonly name: string };
  readonly decidedAt: Date | null;
  readonly decidedBy: { readonly id: string; readonly name: string } | null;
  /** Whom or what it is about by name: the person, the holder, the candidate, the form set. */
  readonly subjectName: string | null;
  /** Why the viewer cannot decide it; null when they can. */
  readonly refusal: string | null;
}

/** Who decides must see whose certificate or result it is, not the end of an id. */
async function subjectNames(
  { db }: Context,
  rows: readonly { readonly subjectType: string; readonly subjectId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const of = (type: string) => ({
    id: { in: rows.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId) },
  });
  const result = { select: { attempt: { select: { candidate: { select: { name: true } } } } } };
  const [certificates, appeals, formSets] = await Promise.all([
    db.certificate.findMany({ where: of("certificate"), select: { id: true, result } }),
    db.appeal.findMany({ where: of("appeal"), select: { id: true, result } }),
    db.formSet.findMany({ where: of("form-set"), select: { id: true, name: true } }),
  ]);
  return new Map([
    ...[...certificates, ...appeals].map((one) => [one.id, one.result.attempt.candidate.name] as const),
    ...formSets.map(({ id, name }) => [id, name] as const),
  ]);
}

export const listApprovals = defineQuery({
  name: "listApprovals",
  permission: "approval:decide",
  input: listApprovalsInput,
  run: async (context, input): Promise<Page<ApprovalRow>> => {
    const { personId } = requirePerson(context.viewer);
    const where = { status: input.status };
    const [rows, total] = await Promise.all([
      context.db.approval.findMany({ where, orderBy: [{ requestedAt: "desc" }, { id: "desc" }], ...skipTake(input) }),
      context.db.approval.count({ where }),
    ]);
    const ids = rows.flatMap((row) => [row.requestedById, row.decidedById ?? row.requestedById, row.subjectId]);
    const people = await context.db.person.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, name: true },
    });
    const names = new Map(people.map((person) => [person.id, person.name]));
    const subjects = await subjectNames(context, rows);
    const named = (id: string) => ({ id, name: names.get(id) ?? "Unknown" });
    return {
      rows: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        subjectType: row.subjectType,
        subjectId: row.subjectId,
        reason: row.reason,
        status: row.status,
        requestedAt: row.requestedAt,
        requestedBy: named(row.requestedById),
        decidedAt: row.decidedAt,
        decidedBy: row.decidedById === null ? null : named(row.decidedById),
        subjectName: (row.subjectType === "person" ? names : subjects).get(row.subjectId) ?? null,
        refusal: refuseDecision(row, personId),
      })),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

/** For the number beside the navigation. */
export const countOpenApprovals = defineQuery({
  name: "countOpenApprovals",
  permission: "approval:decide",
  input: z.object({}),
  run: (context) => context.db.approval.count({ where: { status: "open" } }),
});
