import { findFormSetObstacle, requireUsableSet } from "../bank/form-set-steps.ts";
import { requireHealthyBank } from "../bank/health-steps.ts";
import { findAssemblyObstacle } from "../bank/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { admit, admittedSelect } from "./admission-steps.ts";
import { canMoveAttempt, type Decision, decideBooking, decideChange, decideCheckIn, sittingProblem } from "./rules.ts";
import {
  attemptInput,
  blueprint,
  bookSittingInput,
  cancelSittingInput,
  checkInInput,
  grantTimeInput,
  moveBookingInput,
  openSittingInput,
  updateSittingInput,
  voidAttemptInput,
} from "./schema.ts";
import { managedSittings, ownsAttempt, watchedAttempts, watchesAttempt } from "./scope.ts";
import { callOffSitting, findSlotObstacle, type SittingPlace } from "./slot-steps.ts";
import {
  countTaken,
  lockAttempt,
  lockOwnExam,
  lockSittings,
  moveAttempt,
  sittingFacts,
  sittingSelect,
} from "./steps.ts";

/** A refusal by rule: nothing is wrong with the input, it is just not possible (any more). */
function require(decision: Decision): void {
  if (!decision.ok) throw new AppError("LOCKED", decision.because);
}

// ── Sittings ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const openSitting = defineCommand({
  name: "openSitting",
  permission: "sitting:manage",
  input: openSittingInput,
  run: async (context, input) => {
    const { tx, now, ids } = context;
    const person = requirePerson(context.viewer);
    const allowed = person.centreIds.length === 0 || person.centreIds.includes(input.centreId);
    const centre = allowed ? await tx.centre.findUnique({ where: { id: input.centreId }, select: { id: true } }) : null;
    if (!centre) throw notFound("This centre");
    const programme = await tx.programme.findUnique({ where: { id: input.programmeId }, select: { blueprint: true } });
    if (!programme) throw notFound("This programme");
    const { scheme, sections } = blueprint.parse(programme.blueprint);
    if (scheme === "ielts-speaking") throw invalid("programmeId", "is held by an examiner: open times for interviews");
    await requireHealthyBank(tx, sections);
    if (input.formSetId !== null) await requireUsableSet(tx, input.formSetId, input.programmeId);
    const problem = sittingProblem(times(input), 0);
    if (problem) throw invalid(problem.field, problem.rule);
    const id = ids.uuid();
    await tx.sitting.create({ data: { id, ...input, createdById: person.personId, createdAt: now } });
    context.audit({
      subjectType: "sitting",
      subjectId: id,
      detail: { capacity: input.capacity, formSetId: input.formSetId },
    });
    return { sittingId: id };
  },
});

function times(input: { startsAt: Date; endsAt: Date; bookBefore: Date; changeBefore: Date; capacity: number }) {
  return {
    startsAt: input.startsAt.getTime(),
    endsAt: input.endsAt.getTime(),
    bookBefore: input.bookBefore.getTime(),
    changeBefore: input.changeBefore.getTime(),
    capacity: input.capacity,
  };
}

export const updateSitting = defineCommand({
  name: "updateSitting",
  permission: "sitting:manage",
  input: updateSittingInput,
  run: async (context, { sittingId, formSetId, ...fields }) => {
    const { tx } = context;
    await lockSittings(tx, [sittingId]);
    const sitting = await tx.sitting.findFirst({
      where: { AND: [{ id: sittingId, interview: { is: null } }, managedSittings(context.viewer)] },
      select: { ...sittingSelect, programmeId: true },
    });
    if (!sitting) throw notFound("This sitting");
    if (sitting.cancelledAt) throw new AppError("LOCKED", "A cancelled sitting cannot be changed.");
    const started = await tx.attempt.count({ where: { sittingId, startedAt: { not: null } } });
    if (started > 0 && fields.startsAt.getTime() !== sitting.startsAt.getTime()) {
      throw invalid("startsAt", "cannot move once somebody has started");
    }
    const problem = sittingProblem(times(fields), await countTaken(tx, sittingId));
    if (problem) throw invalid(problem.field, problem.rule);
    // Who has started keeps their form; a set that has become unusable can so be replaced on the day.
    const forms = formSetId === undefined || formSetId === sitting.formSetId ? {} : { formSetId };
    if (forms.formSetId) await requireUsableSet(tx, forms.formSetId, sitting.programmeId);
    await tx.sitting.update({ where: { id: sittingId }, data: { ...fields, ...forms } });
    context.audit({
      subjectType: "sitting",
      subjectId: sittingId,
      detail: {
        capacity: fields.capacity,
        startsAt: fields.startsAt.toISOString(),
        endsAt: fields.endsAt.toISOString(),
        bookBefore: fields.bookBefore.toISOString(),
        changeBefore: fields.changeBefore.toISOString(),
        ...forms,
      },
    });
    return { sittingId };
  },
});

export const cancelSitting = defineCommand({
  name: "cancelSitting",
  permission: "sitting:manage",
  input: cancelSittingInput,
  run: async (context, { sittingId, reason }) => {
    const { tx } = context;
    await lockSittings(tx, [sittingId]);
    const sitting = await tx.sitting.findFirst({
      where: { AND: [{ id: sittingId, interview: { is: null } }, managedSittings(context.viewer)] },
      select: sittingSelect,
    });
    if (!sitting) throw notFound("This sitting");
    if (sitting.cancelledAt) throw conflict("This sitting has been cancelled already.");
    return { sittingId, cancelled: await callOffSitting(context, sittingId, reason) };
  },
});

// ── Bookings ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why there is no form for this candidate at this sitting, or null. */
async function findObstacle(
  context: CommandContext,
  candidateId: string,
  sitting: SittingPlace & { formSetId: string | null; programme: { blueprint: unknown } },
  movingId?: string,
): Promise<string | null> {
  const meeting = await findSlotObstacle(context, { candidateId, sitting, movingId });
  if (meeting !== null) return meeting;
  if (sitting.formSetId !== null) return findFormSetObstacle(context, candidateId, sitting.formSetId);
  const { sections } = blueprint.parse(sitting.programme.blueprint);
  const lacking = await findAssemblyObstacle(context, candidateId, sections);
  return lacking && `You have met too many of our items for another form without repeats: ${lacking}.`;
}

export const bookSitting = defineCommand({
  name: "bookSitting",
  permission: "booking:own",
  input: bookSittingInput,
  run: async (context, { sittingId }) => {
    const { tx, now, ids } = context;
    const { personId } = requirePerson(context.viewer);
    // The lock makes the count exact: whoever comes second sees the first one's place taken.
    await lockSittings(tx, [sittingId]);
    const sitting = await tx.sitting.findUnique({
      where: { id: sittingId },
      select: { ...sittingSelect, programme: { select: { blueprint: true } } },
    });
    if (!sitting) throw notFound("This sitting");
    const open = await tx.attempt.count({
      where: { sittingId, candidateId: personId, status: { notIn: ["cancelled", "voided"] } },
    });
    require(
      decideBooking({
        now: now.getTime(),
        sitting: sittingFacts(sitting),
        taken: await countTaken(tx, sittingId),
        hasOpenBooking: open > 0,
        obstacle: await findObstacle(context, personId, sitting),
      }),
    );
    const id = ids.uuid();
    const reference = ids.code(2);
    await tx.attempt.create({ data: { id, reference, candidateId: personId, sittingId, bookedAt: now } });
    context.audit({ subjectType: "attempt", subjectId: id, detail: { to: "booked", sittingId } });
    context.enqueue(mailJob, { kind: "booking", personId, subjectId: id });
    return { attemptId: id, reference };
  },
});

export const moveBooking = defineCommand({
  name: "moveBooking",
  permission: "booking:own",
  input: moveBookingInput,
  run: async (context, { attemptId, toSittingId }) => {
    const { tx, now } = context;
    const { personId } = requirePerson(context.viewer);
    const attempt = await lockAttempt(tx, (place) => ownsAttempt(context.viewer, place), attemptId);
    require(decideChange(now.getTime(), attempt.sitting, attempt.status));
    if (attempt.sittingId === toSittingId) throw conflict("You already have a place in this sitting.");
    await lockSittings(tx, [attempt.sittingId, toSittingId]);
    const target = await tx.sitting.findUnique({
      where: { id: toSittingId },
      select: { ...sittingSelect, programme: { select: { blueprint: true } } },
    });
    if (!target) throw notFound("This sitting");
    const open = await tx.attempt.count({
      where: { sittingId: toSittingId, candidateId: personId, status: { notIn: ["cancelled", "voided"] } },
    });
    require(
      decideBooking({
        now: now.getTime(),
        sitting: sittingFacts(target),
        taken: await countTaken(tx, toSittingId),
        hasOpenBooking: open > 0,
        obstacle: await findObstacle(context, personId, target, attemptId),
      }),
    );
    await tx.attempt.update({
      where: { id: attemptId },
      data: { sittingId: toSittingId, bookedAt: now, version: { increment: 1 } },
    });
    context.audit({
      subjectType: "attempt",
      subjectId: attemptId,
      detail: { fromSittingId: attempt.sittingId, toSittingId },
    });
    context.enqueue(mailJob, { kind: "booking", personId, subjectId: attemptId });
    return { attemptId };
  },
});

export const cancelBooking = defineCommand({
  name: "cancelBooking",
  permission: "booking:own",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const attempt = await lockAttempt(context.tx, (place) => ownsAttempt(context.viewer, place), attemptId);
    require(decideChange(context.now.getTime(), attempt.sitting, attempt.status));
    await moveAttempt(context, attempt, "cancelled", { endReason: "Cancelled by the candidate." });
    context.enqueue(mailJob, { kind: "booking-cancelled", personId: attempt.candidateId, subjectId: attemptId });
    return { attemptId };
  },
});

export const checkIn = defineCommand({
  name: "checkIn",
  permission: "booking:own",
  input: checkInInput,
  run: async (context, input) => {
    const { tx, now } = context;
    const { personId } = requirePerson(context.viewer);
    const attempt = await lockOwnExam(context, input.attemptId);
    const person = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: admittedSelect,
    });
    require(
      decideCheckIn({
        now: now.getTime(),
        sitting: attempt.sitting,
        state: attempt.status,
        dateOfBirth: person.dateOfBirth?.getTime() ?? null,
        guardianAge: context.settings.guardianAge,
        ofAge: input.ofAge,
        guardianName: input.guardianName ?? null,
      }),
    );
    await admit(context, attempt, person, input.guardianName, input.languageModel);
    return { attemptId: attempt.id };
  },
});

// ── What staff do to an attempt ────────────────────────────────────────────────────────────────────────────────────

export const grantTime = defineCommand({
  name: "grantTime",
  permission: "attempt:grant-time",
  input: grantTimeInput,
  run: async (context, { sectionId, minutes, reason }) => {
    const { tx, now, ids } = context;
    const { personId } = requirePerson(context.viewer);
    const section = await tx.attemptSection.findFirst({
      where: { id: sectionId, attempt: watchedAttempts(context.viewer) },
      select: { attemptId: true },
    });
    if (!section) throw notFound("This section");
    await lockAttempt(tx, (place) => watchesAttempt(context.viewer, place), section.attemptId);
    const { status, skill } = await tx.attemptSection.findUniqueOrThrow({
      where: { id: sectionId },
      select: { status: true, skill: true },
    });
    if (status === "closed") throw new AppError("LOCKED", "This section is over: time can no longer be added to it.");
    await tx.sectionTimeEntry.create({
      data: { id: ids.uuid(), sectionId, kind: "grant", seconds: minutes * 60, reason, byId: personId, createdAt: now },
    });
    context.audit({
      subjectType: "attempt",
      subjectId: section.attemptId,
      detail: { section: skill, seconds: minutes * 60 },
    });
    return { attemptId: section.attemptId };
  },
});

export const voidAttempt = defineCommand({
  name: "voidAttempt",
  permission: "attempt:manage",
  input: voidAttemptInput,
  run: async (context, { attemptId, reason }) => {
    const { tx } = context;
    const attempt = await lockAttempt(tx, (place) => watchesAttempt(context.viewer, place), attemptId);
    if (!canMoveAttempt(attempt.status, "voided")) {
      throw new AppError("LOCKED", "Only an attempt that is not over yet, or not released yet, can be voided.");
    }
    await moveAttempt(context, attempt, "voided", { endReason: reason });
    await tx.attemptSection.updateMany({
      where: { attemptId, status: "open" },
      data: { status: "closed", closedAt: context.now, closedBy: "void" },
    });
    return { attemptId };
  },
});
