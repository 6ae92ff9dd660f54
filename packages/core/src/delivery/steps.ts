import { type SqlTransaction, Prisma as sql, type Transaction } from "@bandwise/db/client";
import { allotFixedForm } from "../bank/form-set-steps.ts";
import { allotForm, markPresented } from "../bank/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { createScriptsJob } from "../marking/schema.ts";
import { scoreObjectiveJob } from "../results/schema.ts";
import { type AttemptState, extraTimeSeconds, type SittingFacts } from "./rules.ts";
import { type Blueprint, blueprint } from "./schema.ts";
import { type AttemptPlace, ownsAttempt } from "./scope.ts";

/** These steps speak SQL alone: the exam room's commands run without Prisma's engine around them. */
type SqlContext = CommandContext<SqlTransaction>;

/** An attempt as commands see it: locked, so that what they decide still holds when they write. */
export interface LockedAttempt {
  readonly id: string;
  readonly reference: string;
  readonly candidateId: string;
  readonly sittingId: string;
  readonly status: AttemptState;
  readonly version: number;
  readonly writerEpoch: number;
  readonly writerClientId: string | null;
  readonly extraTimePercent: number;
  readonly receipt: string | null;
  readonly submittedAt: Date | null;
  readonly sitting: SittingFacts & {
    readonly centreId: string;
    readonly formSetId: string | null;
    /** Of an interview: who holds it. Then nothing here begins or ends without her. */
    readonly examinerId: string | null;
  };
  readonly blueprint: Blueprint;
}

interface LockedRow {
  readonly id: string;
  readonly reference: string;
  readonly candidate_id: string;
  readonly sitting_id: string;
  readonly status: AttemptState;
  readonly version: number;
  readonly writer_epoch: number;
  readonly writer_client_id: string | null;
  readonly extra_time_percent: number;
  readonly receipt: string | null;
  readonly submitted_at: Date | null;
  readonly centre_id: string;
  readonly form_set_id: string | null;
  readonly examiner_id: string | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly book_before: Date;
  readonly change_before: Date;
  readonly capacity: number;
  readonly cancelled_at: Date | null;
  readonly blueprint: unknown;
}

/**
 * Loads an attempt that is the caller's to act on and locks its row: the attempt is the mutex of everything that happens
 * in it. Saves hold it shared, so they never wait for each other.
 */
export async function lockAttempt(
  tx: SqlTransaction,
  mayAct: (attempt: AttemptPlace) => boolean,
  attemptId: string,
): Promise<LockedAttempt> {
  // A statement of its own: what is read after it is what the holder before us left.
  await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for no key update`;
  const [row] = await tx.$queryRaw<LockedRow[]>`
    select a.id, a.reference, a.candidate_id, a.sitting_id, a.status::text as status, a.version, a.writer_epoch,
           a.writer_client_id, a.extra_time_percent, a.receipt, a.submitted_at, t.centre_id, t.form_set_id, n.examiner_id, t.starts_at, t.ends_at,
           t.book_before, t.change_before, t.capacity, t.cancelled_at, p.blueprint
    from attempt a join sitting t on t.id = a.sitting_id join programme p on p.id = t.programme_id
    left join interview_slot n on n.sitting_id = t.id
    where a.id = ${attemptId}::uuid`;
  if (!row || !mayAct({ id: row.id, candidateId: row.candidate_id, centreId: row.centre_id })) {
    throw notFound("This attempt");
  }
  return {
    id: row.id,
    reference: row.reference,
    candidateId: row.candidate_id,
    sittingId: row.sitting_id,
    status: row.status,
    version: row.version,
    writerEpoch: row.writer_epoch,
    writerClientId: row.writer_client_id,
    extraTimePercent: row.extra_time_percent,
    receipt: row.receipt,
    submittedAt: row.submitted_at,
    sitting: {
      centreId: row.centre_id,
      formSetId: row.form_set_id,
      examinerId: row.examiner_id,
      ...sittingFacts({
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        capacity: row.capacity,
        bookBefore: row.book_before,
        changeBefore: row.change_before,
        cancelledAt: row.cancelled_at,
      }),
    },
    blueprint: blueprint.parse(row.blueprint),
  };
}

/** An attempt that its candidate sits alone. An interview is begun, led and ended by its examiner. */
export async function lockOwnExam(context: SqlContext, attemptId: string): Promise<LockedAttempt> {
  const attempt = await lockAttempt(context.tx, (place) => ownsAttempt(context.viewer, place), attemptId);
  if (attempt.sitting.examinerId !== null) {
    throw new AppError("LOCKED", "This is an interview: your examiner begins and ends it with you.");
  }
  return attempt;
}

export const sittingSelect = {
  id: true,
  centreId: true,
  startsAt: true,
  endsAt: true,
  capacity: true,
  bookBefore: true,
  changeBefore: true,
  cancelledAt: true,
  formSetId: true,
} as const;

export function sittingFacts(row: {
  startsAt: Date;
  endsAt: Date;
  capacity: number;
  bookBefore: Date;
  changeBefore: Date;
  cancelledAt: Date | null;
}): SittingFacts {
  return {
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    bookBefore: row.bookBefore.getTime(),
    changeBefore: row.changeBefore.getTime(),
    capacity: row.capacity,
    cancelled: row.cancelledAt !== null,
  };
}

/** Locks sittings in the order of their ids, so that two moves in opposite directions cannot deadlock. */
export async function lockSittings(tx: Transaction, sittingIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 from sitting where id in (${sql.join([...sittingIds].map((id) => sql.sql`${id}::uuid`))})
    order by id for no key update`;
}

/** Places taken: every attempt but the cancelled ones. */
export function countTaken(tx: Transaction, sittingId: string): Promise<number> {
  return tx.attempt.count({ where: { sittingId, status: { not: "cancelled" } } });
}

/** What may be set together with a change of state; what is not named stays as it is. */
interface AttemptChange {
  readonly checkedInAt?: Date;
  readonly extraTimePercent?: number;
  readonly startedAt?: Date;
  readonly writerEpoch?: number;
  readonly writerClientId?: string;
  readonly examTokenHash?: string;
  readonly submittedAt?: Date;
  readonly submittedBy?: string;
  readonly receipt?: string;
  readonly endReason?: string;
}

/** Moves an attempt on if nobody moved it since it was read. */
export async function moveAttempt(
  context: SqlContext,
  attempt: Pick<LockedAttempt, "id" | "status" | "version">,
  to: AttemptState,
  change: AttemptChange = {},
): Promise<void> {
  const count = await context.tx.$executeRaw`
    update attempt set status = ${to}::attempt_status, version = version + 1,
      checked_in_at = coalesce(${change.checkedInAt ?? null}::timestamptz, checked_in_at),
      extra_time_percent = coalesce(${change.extraTimePercent ?? null}::int, extra_time_percent),
      started_at = coalesce(${change.startedAt ?? null}::timestamptz, started_at),
      writer_epoch = coalesce(${change.writerEpoch ?? null}::int, writer_epoch),
      writer_client_id = coalesce(${change.writerClientId ?? null}::text, writer_client_id),
      exam_token_hash = coalesce(${change.examTokenHash ?? null}::text, exam_token_hash),
      submitted_at = coalesce(${change.submittedAt ?? null}::timestamptz, submitted_at),
      submitted_by = coalesce(${change.submittedBy ?? null}::text, submitted_by),
      receipt = coalesce(${change.receipt ?? null}::text, receipt),
      end_reason = coalesce(${change.endReason ?? null}::text, end_reason)
    where id = ${attempt.id}::uuid and status = ${attempt.status}::attempt_status and version = ${attempt.version}`;
  if (count !== 1) throw conflict();
  context.audit({ subjectType: "attempt", subjectId: attempt.id, detail: { from: attempt.status, to } });
}

export interface SectionRow {
  readonly id: string;
  readonly skill: "reading" | "listening" | "writing" | "speaking";
  readonly position: number;
  readonly status: "not_open" | "open" | "closed";
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly seconds: number;
  readonly deadline: number | null;
}

export function loadSections(tx: SqlTransaction, attemptId: string): Promise<SectionRow[]> {
  return tx.$queryRaw<SectionRow[]>`
    select s.id, s.skill::text as skill, s.position, s.status::text as status, s.closed_by as "closedBy",
           (extract(epoch from s.opened_at) * 1000)::float8 as "openedAt",
           (extract(epoch from s.closed_at) * 1000)::float8 as "closedAt", g.seconds,
           (extract(epoch from s.opened_at) * 1000)::float8 + 1000 * g.seconds as deadline
    from attempt_section s
    join lateral (select coalesce(sum(seconds), 0)::int as seconds from section_time_entry where section_id = s.id) g
      on true
    where s.attempt_id = ${attemptId}::uuid
    order by s.position`;
}

/** The service's own outages that ended after this moment, in order of their begin. */
export async function outagesSince(
  tx: Pick<SqlTransaction, "$queryRaw">,
  at: number,
): Promise<{ from: number; to: number }[]> {
  return tx.$queryRaw<{ from: number; to: number }[]>`
    select (extract(epoch from "from") * 1000)::float8 as "from", (extract(epoch from "to") * 1000)::float8 as "to"
    from service_outage where "to" > ${new Date(at)}::timestamptz order by 1`;
}

/** A form of the sitting's set, or one of the candidate's own. @returns how many pretest tasks it holds, by skill. */
async function allot(context: SqlContext, attempt: LockedAttempt): ReturnType<typeof allotForm> {
  const { sections } = attempt.blueprint;
  const whose = { attemptId: attempt.id, candidateId: attempt.candidateId, opens: sections[0]?.skill };
  const { formSetId } = attempt.sitting;
  if (formSetId === null) return allotForm(context, { ...whose, sections });
  await allotFixedForm(context, { ...whose, formSetId });
  return new Map();
}

/** Allots the form and lays out the sections with their time ledgers; the first one opens at once. */
export async function layOutAttempt(context: SqlContext, attempt: LockedAttempt): Promise<void> {
  const { tx, ids, now } = context;
  const { sections } = attempt.blueprint;
  const tried = await allot(context, attempt);
  const rows = sections.map((section, index) => ({ section, id: ids.uuid(), position: index + 1 }));
  const granted = rows.flatMap(({ section, id }) => {
    // Time for the pretest tasks that were really allotted: the bank may hold fewer than the blueprint has room for.
    const pretest = (tried.get(section.skill) ?? 0) * (section.pretest?.secondsEach ?? 0);
    const extra = extraTimeSeconds(section.seconds + pretest, attempt.extraTimePercent);
    const entry = (kind: "base" | "extra_time", seconds: number, reason: string) => ({
      id: ids.uuid(),
      section: id,
      kind,
      seconds,
      reason,
    });
    return [
      entry("base", section.seconds, "programme"),
      ...(pretest > 0 ? [entry("base", pretest, "pretest tasks")] : []),
      ...(extra > 0 ? [entry("extra_time", extra, `accommodation of ${attempt.extraTimePercent} %`)] : []),
    ];
  });
  const laidOut = rows.map(({ section, id, position }) => ({ id, position, skill: section.skill }));
  await tx.$executeRaw`
    with sections as (
      insert into attempt_section (id, attempt_id, skill, position, status, opened_at)
      select r.id, ${attempt.id}::uuid, r.skill::skill, r.position,
             case when r.position = 1 then 'open'::section_status else 'not_open'::section_status end,
             case when r.position = 1 then ${now}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(laidOut)}::jsonb) as r(id uuid, position int, skill text)
    )
    insert into section_time_entry (id, section_id, kind, seconds, reason, created_at)
    select r.id, r.section, r.kind::time_entry_kind, r.seconds, r.reason, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(granted)}::jsonb)
      as r(id uuid, section uuid, kind text, seconds int, reason text)`;
}

export async function openSection(context: SqlContext, attemptId: string, section: SectionRow): Promise<void> {
  const count = await context.tx.$executeRaw`
    update attempt_section set status = 'open', opened_at = ${context.now}::timestamptz
    where id = ${section.id}::uuid and status = 'not_open'`;
  if (count !== 1) throw conflict();
  await markPresented(context, attemptId, section.skill);
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    action: "openSection",
    detail: { section: section.skill, position: section.position },
  });
}

export async function closeSection(
  context: SqlContext,
  attemptId: string,
  section: SectionRow,
  by: "candidate" | "time" | "examiner",
): Promise<void> {
  const count = await context.tx.$executeRaw`
    update attempt_section set status = 'closed', closed_at = ${context.now}::timestamptz, closed_by = ${by}
    where id = ${section.id}::uuid and status = 'open'`;
  if (count !== 1) throw conflict();
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    action: "closeSection",
    detail: { section: section.skill, position: section.position, by },
  });
}

/** The end of the candidate's part: a receipt for it. */
export async function handIn(
  context: SqlContext,
  attempt: LockedAttempt,
  by: "candidate" | "time" | "examiner",
): Promise<string> {
  const receipt = context.ids.code(3);
  await moveAttempt(context, attempt, "submitted", { submittedAt: context.now, submittedBy: by, receipt });
  return receipt;
}

/** The same, with scoring and marking set going. */
export async function finishAttempt(
  context: SqlContext,
  attempt: LockedAttempt,
  by: "candidate" | "time",
): Promise<string> {
  const receipt = await handIn(context, attempt, by);
  context.enqueue(scoreObjectiveJob, { attemptId: attempt.id });
  context.enqueue(createScriptsJob, { attemptId: attempt.id });
  return receipt;
}
