import type { SqlTransaction } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand, defineSqlCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { scoreObjectiveJob } from "../results/schema.ts";
import { discardReplaced } from "./recording-steps.ts";
import {
  type AttemptState,
  decideEffect,
  decidePlay,
  decideStanding,
  decideStart,
  decideTurnPlay,
  mayCloseByTime,
  type Standing,
  turnOfPlay,
} from "./rules.ts";
import {
  type AnswerValue,
  endSectionInput,
  playInput,
  saveAnswersInput,
  sectionInput,
  startAttemptInput,
  submitInput,
  takeOverInput,
} from "./schema.ts";
import { ownsAttempt } from "./scope.ts";
import { anchorFor, examToken, playTicket, readAnchor } from "./seals.ts";
import {
  closeSection,
  finishAttempt,
  layOutAttempt,
  loadSections,
  lockOwnExam,
  moveAttempt,
  openSection,
  type SectionRow,
} from "./steps.ts";

/** Begins the exam: form, sections, clocks, the writer's place and the exam token, all in one transaction. */
export const startAttempt = defineSqlCommand({
  name: "startAttempt",
  permission: "attempt:sit",
  input: startAttemptInput,
  run: async (context, { attemptId, clientId }) => {
    const attempt = await lockOwnExam(context, attemptId);
    const token = examToken(context.settings.authSecret, attempt.id, attempt.candidateId);
    // A second click, or a repeat after a lost answer, from the page that started it.
    if (attempt.status === "in_progress" && attempt.writerClientId === clientId) {
      context.audit({ subjectType: "attempt", subjectId: attempt.id, detail: { repeated: true } });
      return { attemptId: attempt.id, examToken: token, epoch: attempt.writerEpoch };
    }
    const decision = decideStart({ now: context.now.getTime(), sitting: attempt.sitting, state: attempt.status });
    if (!decision.ok) throw new AppError("LOCKED", decision.because);
    // One start of a person at a time: the next one sees what this one was allotted, and keeps clear of its enemies too.
    await context.tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${attempt.candidateId}, 0))`;
    await layOutAttempt(context, attempt);
    await moveAttempt(context, attempt, "in_progress", {
      startedAt: context.now,
      writerEpoch: 1,
      writerClientId: clientId,
      examTokenHash: sha256(token),
    });
    return { attemptId: attempt.id, examToken: token, epoch: 1 };
  },
});

/** "Continue here": this page becomes the one writer; the one that was learns it with its next heartbeat or save. */
export const takeOver = defineCommand({
  name: "takeOver",
  permission: "attempt:sit",
  input: takeOverInput,
  run: async (context, { attemptId, clientId }) => {
    const attempt = await lockOwnExam(context, attemptId);
    if (attempt.status !== "in_progress") throw new AppError("LOCKED", "This attempt is not under way.");
    const mine = attempt.writerClientId === clientId;
    const epoch = mine ? attempt.writerEpoch : attempt.writerEpoch + 1;
    if (!mine) {
      await context.tx.attempt.update({
        where: { id: attempt.id },
        data: { writerEpoch: epoch, writerClientId: clientId },
      });
    }
    context.audit({ subjectType: "attempt", subjectId: attempt.id, detail: { epoch, clientId } });
    return { epoch, examToken: examToken(context.settings.authSecret, attempt.id, attempt.candidateId) };
  },
});

// ── Answers ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface ItemFacts {
  readonly item_id: string;
  readonly skill: "reading" | "listening" | "writing" | "speaking";
  readonly section_status: "not_open" | "open" | "closed";
  readonly deadline: number | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
}

interface AttemptFacts {
  readonly candidate_id: string;
  readonly status: AttemptState;
  readonly writer_epoch: number;
  readonly writer_client_id: string | null;
  readonly suspended_at: number | null;
}

type SaveRow = AttemptFacts & ItemFacts;

/**
 * One statement: who may, what is open, until when. The shared lock keeps a take-over or a closing from slipping in between.
 * Once the exam is over a save may have to write to the attempt: those take turns, for two that share it could not.
 */
function loadForSave(tx: SqlTransaction, attemptId: string, itemIds: readonly string[]): Promise<SaveRow[]> {
  return tx.$queryRaw<SaveRow[]>`
    with late as (
      select 1 from attempt where id = ${attemptId}::uuid and status <> 'in_progress' for no key update
    )
    select a.candidate_id, a.status::text as status, a.writer_epoch, a.writer_client_id,
           (extract(epoch from p.suspended_at) * 1000)::float8 as suspended_at,
           i.id as item_id, i.skill::text as skill, s.status::text as section_status,
           (extract(epoch from s.closed_at) * 1000)::float8 as closed_at, s.closed_by,
           (extract(epoch from s.opened_at) * 1000)::float8 + 1000 *
             (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id)::float8 as deadline
    from attempt a
    left join late on true
    join person p on p.id = a.candidate_id
    join attempt_item i on i.attempt_id = a.id and i.id = any(${[...itemIds]}::uuid[])
    join attempt_section s on s.attempt_id = a.id and s.skill = i.skill
    where a.id = ${attemptId}::uuid
    for share of a`;
}

/**
 * Appends a batch to the answer ledger and brings the projection up to date. Everything that names an item of this
 * attempt is stored, whatever its standing; sending the same entries again changes nothing and is acknowledged again.
 * Two round trips besides begin and commit: this is the call an exam room makes all the time.
 */
export const saveAnswers = defineSqlCommand({
  name: "saveAnswers",
  permission: "attempt:deliver",
  audit: "ledger",
  input: saveAnswersInput,
  run: async (context, input) => {
    const { tx, now, viewer } = context;
    const at = now.getTime();
    const itemIds = [...new Set(input.entries.map((entry) => entry.attemptItemId))];
    const rows = await loadForSave(tx, input.attemptId, itemIds);
    const [attempt] = rows;
    if (!attempt || !ownsAttempt(viewer, { id: input.attemptId, candidateId: attempt.candidate_id }))
      throw notFound("This attempt");
    const items = new Map(rows.map((row) => [row.item_id, row]));
    const anchoredAt = readAnchor(context.settings.authSecret, input.attemptId, input.anchor);

    const rejected: { sequence: number; because: string }[] = [];
    const toStore = input.entries.flatMap((entry) => {
      const item = items.get(entry.attemptItemId);
      if (!item || item.section_status === "not_open") {
        rejected.push({ sequence: entry.sequence, because: item ? "section not open" : "not an item of this attempt" });
        return [];
      }
      const standing: Standing = decideStanding({
        now: at,
        section: {
          status: item.section_status,
          deadline: item.deadline,
          closedAt: item.closed_at,
          closedBy: item.closed_by,
        },
        madeAt: entry.madeAt,
        proven: anchoredAt !== null && anchoredAt <= entry.madeAt + 2_000,
        isWriter: entry.epoch === attempt.writer_epoch && input.clientId === attempt.writer_client_id,
        suspendedAt: attempt.suspended_at,
      });
      const objective = item.skill === "reading" || item.skill === "listening";
      const effect = decideEffect(attempt.status, standing, objective);
      return [{ entry, standing, effect }];
    });

    if (toStore.length > 0) {
      const values = toStore.map(({ entry, standing, effect }) => ({
        item: entry.attemptItemId,
        sequence: entry.sequence,
        epoch: entry.epoch,
        value: entry.value,
        flagged: entry.flagged,
        made_at: new Date(Math.min(entry.madeAt, at)).toISOString(),
        hash: contentHash(entry.value),
        standing,
        project: effect.project,
      }));
      const clashes = await append(tx, input.attemptId, input.clientId, now, JSON.stringify(values));
      const takes = toStore.flatMap(({ entry: { value } }) => (isTake(value) ? [value.recordingId] : []));
      if (takes.length > 0) await discardReplaced(tx, takes);
      for (const sequence of clashes) rejected.push({ sequence, because: "another answer already has this number" });
    }
    if (toStore.some(({ effect }) => effect.rescore))
      context.enqueue(scoreObjectiveJob, { attemptId: input.attemptId });
    if (toStore.some(({ effect }) => effect.review)) {
      await tx.$executeRaw`
        update attempt set review_reason = 'An answer made in time arrived after scoring had begun.'
        where id = ${input.attemptId}::uuid`;
      context.audit({ subjectType: "attempt", subjectId: input.attemptId, action: "flagLateAnswer" });
    }
    const refused = new Set(rejected.map((entry) => entry.sequence));
    return {
      stored: toStore.flatMap(({ entry, standing }) =>
        refused.has(entry.sequence) ? [] : [{ sequence: entry.sequence, standing }],
      ),
      rejected,
      now: at,
      anchor: anchorFor(context.settings.authSecret, input.attemptId, at),
      epoch: attempt.writer_epoch,
      isWriter: attempt.writer_client_id === input.clientId,
      state: attempt.status,
    };
  },
});

function isTake(value: AnswerValue): value is { recordingId: string } {
  return typeof value === "object" && value !== null && "recordingId" in value && typeof value.recordingId === "string";
}

/** Ledger and projection in one statement. @returns sequences that are taken by a different value. */
async function append(
  tx: SqlTransaction,
  attemptId: string,
  clientId: string,
  now: Date,
  entries: string,
): Promise<number[]> {
  const clashes = await tx.$queryRaw<{ sequence: number }[]>`
    with input as (
      select * from jsonb_to_recordset(${entries}::jsonb) as e(
        item uuid, sequence int, epoch int, value jsonb, flagged boolean, made_at timestamptz, hash text,
        standing text, project boolean)
    ), ins as (
      insert into answer_entry
        (attempt_id, attempt_item_id, client_id, sequence, epoch, value, made_at, received_at, hash, standing)
      select ${attemptId}::uuid, item, ${clientId}::uuid, sequence, epoch, coalesce(value, 'null'::jsonb), made_at,
             ${now}::timestamptz, hash, standing
      from input order by sequence
      on conflict (attempt_item_id, attempt_id, client_id, sequence) do nothing
      returning id, attempt_item_id, sequence
    ), newest as (
      select distinct on (i.item) i.*, ins.id
      from ins join input i on i.item = ins.attempt_item_id and i.sequence = ins.sequence
      where i.project
      order by i.item, i.epoch desc, i.sequence desc
    ), projected as (
      insert into response as r (attempt_item_id, entry_id, value, made_at, epoch, client_id, sequence, flagged)
      select item, id, coalesce(value, 'null'::jsonb), made_at, epoch, ${clientId}::uuid, sequence, flagged from newest
      on conflict (attempt_item_id) do update
      set entry_id = excluded.entry_id, value = excluded.value, made_at = excluded.made_at, epoch = excluded.epoch,
          client_id = excluded.client_id, sequence = excluded.sequence, flagged = excluded.flagged
      where (r.epoch, r.sequence) < (excluded.epoch, excluded.sequence)
    )
    select i.sequence from input i
    join answer_entry e on e.attempt_id = ${attemptId}::uuid and e.attempt_item_id = i.item
      and e.client_id = ${clientId}::uuid and e.sequence = i.sequence
    where e.hash <> i.hash`;
  return clashes.map((row) => row.sequence);
}

// ── Sections and the end ───────────────────────────────────────────────────────────────────────────────────────────

/**
 * Who ends an open section. A page whose clock ran out may not have heard of minutes that an invigilator gave, and what an
 * outage of ours took is credited when the service's own pulse is back: until both are settled the section goes on.
 */
async function whoEnds(
  { tx, now }: CommandContext<SqlTransaction>,
  section: SectionRow,
  said: "candidate" | "time",
): Promise<"candidate" | "time"> {
  const timeUp = section.deadline !== null && now.getTime() >= section.deadline;
  if (said === "time") {
    const [beat] = await tx.$queryRaw<{ at: number }[]>`
      select (extract(epoch from at) * 1000)::float8 as at from service_beat where id = 'web'`;
    if (!timeUp || !mayCloseByTime(now.getTime(), beat?.at ?? null)) {
      throw new AppError("LOCKED", "There is still time in this section.");
    }
  }
  return timeUp ? "time" : "candidate";
}

/** The candidate is done with a section, or the page saw its time run out. The last one ends with `submitAttempt`. */
export const endSection = defineSqlCommand({
  name: "endSection",
  permission: "attempt:sit",
  input: endSectionInput,
  run: async (context, { attemptId, sectionId, clientId, by }) => {
    const attempt = await lockOwnExam(context, attemptId);
    if (attempt.status !== "in_progress") throw new AppError("LOCKED", "This attempt is not under way.");
    const section = (await loadSections(context.tx, attemptId)).find((row) => row.id === sectionId);
    if (!section) throw notFound("This section");
    if (section.status === "closed") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { sectionId };
    }
    if (attempt.writerClientId !== clientId) throw conflict("The exam is open on another device: continue here first.");
    if (section.status !== "open") throw new AppError("LOCKED", "This section has not been opened yet.");
    await closeSection(context, attemptId, section, await whoEnds(context, section, by));
    return { sectionId };
  },
});

export const beginSection = defineSqlCommand({
  name: "beginSection",
  permission: "attempt:sit",
  input: sectionInput,
  run: async (context, { attemptId, sectionId, clientId }) => {
    const attempt = await lockOwnExam(context, attemptId);
    if (attempt.status !== "in_progress") throw new AppError("LOCKED", "This attempt is not under way.");
    const sections = await loadSections(context.tx, attemptId);
    const section = sections.find((row) => row.id === sectionId);
    if (!section) throw notFound("This section");
    if (section.status !== "not_open") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { sectionId };
    }
    if (attempt.writerClientId !== clientId) throw conflict("The exam is open on another device: continue here first.");
    if (sections.some((row) => row.position < section.position && row.status !== "closed")) {
      throw new AppError("LOCKED", "The section before this one is still open.");
    }
    await openSection(context, attemptId, section);
    return { sectionId };
  },
});

/** Ends the attempt. Twice gives the same receipt. */
export const submitAttempt = defineSqlCommand({
  name: "submitAttempt",
  permission: "attempt:sit",
  input: submitInput,
  run: async (context, { attemptId, clientId, by }) => {
    const attempt = await lockOwnExam(context, attemptId);
    if (attempt.receipt && attempt.submittedAt) {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { receipt: attempt.receipt, submittedAt: attempt.submittedAt };
    }
    if (attempt.status !== "in_progress") throw new AppError("LOCKED", "This attempt is not under way.");
    if (attempt.writerClientId !== clientId) throw conflict("The exam is open on another device: continue here first.");
    const sections = await loadSections(context.tx, attemptId);
    const last = sections.at(-1);
    if (sections.some((row) => row !== last && row.status !== "closed") || last?.status === "not_open") {
      throw new AppError("LOCKED", "Not every section has been sat yet.");
    }
    if (last?.status === "open") await closeSection(context, attemptId, last, await whoEnds(context, last, by));
    const receipt = await finishAttempt(context, attempt, "candidate");
    return { receipt, submittedAt: context.now };
  },
});

// ── Listening ──────────────────────────────────────────────────────────────────────────────────────────────────────

const playableContent = z.object({
  stimulus: z.object({ plays: z.number().int(), durationSeconds: z.number() }).optional(),
  turn: z.object({ durationSeconds: z.number() }).optional(),
  turns: z.array(z.object({ durationSeconds: z.number() })).optional(),
});

/** Counts a play and hands out the ticket that fetches the sound. A speaking task's turn may be heard once. */
export const recordPlay = defineCommand({
  name: "recordPlay",
  permission: "attempt:sit",
  audit: "ledger",
  input: playInput,
  run: async (context, input) => {
    const { tx, now, settings } = context;
    const attempt = await lockOwnExam(context, input.attemptId);
    if (attempt.writerClientId !== input.clientId) {
      throw conflict("The exam is open on another device: continue here first.");
    }
    const item = await tx.attemptItem.findFirst({
      where: { id: input.attemptItemId, attemptId: input.attemptId },
      select: { skill: true, itemVersion: { select: { content: true } }, plays: true },
    });
    const section = item && (await loadSections(tx, input.attemptId)).find((row) => row.skill === item.skill);
    if (!item || section?.status !== "open") throw notFound("This recording");
    const { stimulus, turn, turns } = playableContent.parse(item.itemVersion.content);
    const heard = {
      now: now.getTime(),
      plays: item.plays.map((play) => ({ number: play.number, startedAt: play.startedAt.getTime() })),
      number: input.number,
    };
    const durationSeconds = turns
      ? turns[turnOfPlay(input.number)]?.durationSeconds
      : (stimulus?.durationSeconds ?? turn?.durationSeconds);
    if (durationSeconds === undefined) throw notFound("This recording");
    const decision = turns
      ? decideTurnPlay({ ...heard, turns })
      : decidePlay({ ...heard, limit: stimulus?.plays ?? 1, durationSeconds });
    if (decision.kind === "spent")
      throw new AppError("LOCKED", "This recording has been played as often as it may be.");
    if (decision.kind === "new") {
      await tx.audioPlay.create({
        data: {
          attemptItemId: input.attemptItemId,
          number: input.number,
          clientId: input.clientId,
          startedAt: now,
        },
      });
    }
    const elapsedSeconds = decision.kind === "again" ? decision.elapsedSeconds : 0;
    const expires = now.getTime() + (durationSeconds + 60) * 1000;
    return {
      number: input.number,
      elapsedSeconds,
      ticket: playTicket(settings.authSecret, input.attemptItemId, input.number, Math.round(expires)),
    };
  },
});
