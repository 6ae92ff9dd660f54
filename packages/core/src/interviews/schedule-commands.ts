import { requireHealthyBank } from "../bank/health-steps.ts";
import { blueprint } from "../delivery/schema.ts";
import { callOffSitting, isAcquainted } from "../delivery/slot-steps.ts";
import { lockSittings } from "../delivery/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { can, examinerRoles, requirePerson } from "../kernel/policy.ts";
import { type Span, slotsProblem } from "./rules.ts";
import { openSlotsInput, reassignSlotInput, withdrawSlotInput } from "./schema.ts";
import { isInterviewProgramme, manageableSlots } from "./scope.ts";

const hourMs = 3_600_000;

/** Her slots that touch this stretch of time. Her row is locked first: what two people open for her at once is seen in turn. */
async function lockedDiary(
  { tx }: CommandContext,
  examinerId: string,
  span: Span,
  exceptSittingId?: string,
): Promise<Span[]> {
  await tx.$queryRaw`select 1 from person where id = ${examinerId}::uuid for no key update`;
  const rows = await tx.sitting.findMany({
    where: {
      interview: { is: { examinerId } },
      cancelledAt: null,
      startsAt: { lt: new Date(span.endsAt) },
      endsAt: { gt: new Date(span.startsAt) },
      ...(exceptSittingId !== undefined && { id: { not: exceptSittingId } }),
    },
    select: { startsAt: true, endsAt: true },
  });
  return rows.map((row) => ({ startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() }));
}

async function requireExaminer({ tx }: CommandContext, examinerId: string): Promise<void> {
  const examiner = await tx.person.count({
    where: {
      id: examinerId,
      status: "active",
      roles: { some: { role: { in: [...examinerRoles] } } },
    },
  });
  if (examiner === 0) throw notFound("This examiner");
}

/** Opens times at which one examiner holds interviews: all of them, or none where one cannot be. */
export const openInterviewSlots = defineCommand({
  name: "openInterviewSlots",
  permission: "interview:schedule",
  input: openSlotsInput,
  run: async (context, input) => {
    const { tx, now, ids, viewer } = context;
    const person = requirePerson(viewer);
    if (input.examinerId !== person.personId && !can(viewer, "interview:reassign")) {
      throw new AppError("FORBIDDEN", "You open times for yourself only.");
    }
    const near = person.centreIds.length === 0 || person.centreIds.includes(input.centreId);
    const centre = near ? await tx.centre.findUnique({ where: { id: input.centreId }, select: { id: true } }) : null;
    if (!centre) throw notFound("This centre");
    const programme = await tx.programme.findUnique({ where: { id: input.programmeId }, select: { blueprint: true } });
    if (!programme || !isInterviewProgramme(programme.blueprint)) throw notFound("This programme");
    await requireHealthyBank(tx, blueprint.parse(programme.blueprint).sections);
    await requireExaminer(context, input.examinerId);
    const wanted = input.startsAt
      .map((start) => ({ startsAt: start.getTime(), endsAt: start.getTime() + input.minutes * 60_000 }))
      .toSorted((a, b) => a.startsAt - b.startsAt);
    const whole = { startsAt: wanted[0]?.startsAt ?? 0, endsAt: wanted.at(-1)?.endsAt ?? 0 };
    const taken = await lockedDiary(context, input.examinerId, whole);
    const problem = slotsProblem({ now: now.getTime(), wanted, taken });
    if (problem) throw new AppError("INVALID", `One of these times ${problem.rule}. None was opened.`);
    const rows = wanted.map((span) => ({ id: ids.uuid(), ...span }));
    await tx.sitting.createMany({
      data: rows.map(({ id, startsAt, endsAt }) => ({
        id,
        centreId: input.centreId,
        programmeId: input.programmeId,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        capacity: 1,
        bookBefore: new Date(startsAt - input.bookHours * hourMs),
        changeBefore: new Date(startsAt - input.changeHours * hourMs),
        createdById: person.personId,
        createdAt: now,
      })),
    });
    await tx.interviewSlot.createMany({
      data: rows.map(({ id }) => ({ sittingId: id, examinerId: input.examinerId })),
    });
    for (const { id } of rows) {
      context.audit({ subjectType: "sitting", subjectId: id, detail: { examinerId: input.examinerId } });
    }
    return { sittingIds: rows.map(({ id }) => id) };
  },
});

async function lockSlot(context: CommandContext, sittingId: string) {
  // The attempt before its sitting, as in a change of booking: who is meeting the candidate just now is waited for.
  await context.tx.$queryRaw`
    select 1 from attempt where sitting_id = ${sittingId}::uuid order by id for no key update`;
  await lockSittings(context.tx, [sittingId]);
  const slot = await context.tx.interviewSlot.findFirst({
    where: { AND: [{ sittingId }, manageableSlots(context.viewer)] },
    select: {
      examinerId: true,
      sitting: {
        select: {
          startsAt: true,
          endsAt: true,
          cancelledAt: true,
          attempts: {
            where: { status: { notIn: ["cancelled", "voided", "no_show"] } },
            select: { status: true, candidate: { select: { id: true, school: true } } },
          },
        },
      },
    },
  });
  if (!slot) throw notFound("This slot");
  if (slot.sitting.cancelledAt) throw conflict("This slot has been withdrawn already.");
  const begun = slot.sitting.attempts.some(({ status }) => status !== "booked");
  if (begun) throw new AppError("LOCKED", "The interview of this slot has begun.");
  return slot;
}

/** Takes a time back; whoever had booked it loses the booking and is told. */
export const withdrawInterviewSlot = defineCommand({
  name: "withdrawInterviewSlot",
  permission: "interview:schedule",
  input: withdrawSlotInput,
  run: async (context, { sittingId, reason }) => {
    await lockSlot(context, sittingId);
    return { sittingId, cancelled: await callOffSitting(context, sittingId, reason) };
  },
});

/** Somebody else holds it: nothing changes for the candidate. */
export const reassignInterviewSlot = defineCommand({
  name: "reassignInterviewSlot",
  permission: "interview:reassign",
  input: reassignSlotInput,
  run: async (context, { sittingId, examinerId }) => {
    const slot = await lockSlot(context, sittingId);
    await requireExaminer(context, examinerId);
    const span = { startsAt: slot.sitting.startsAt.getTime(), endsAt: slot.sitting.endsAt.getTime() };
    const taken = await lockedDiary(context, examinerId, span, sittingId);
    if (taken.length > 0) throw new AppError("LOCKED", "This examiner has another slot at this time.");
    const examiner = await context.tx.person.findUniqueOrThrow({
      where: { id: examinerId },
      select: { id: true, school: true },
    });
    if (slot.sitting.attempts.some(({ candidate }) => isAcquainted(examiner, candidate))) {
      throw new AppError("LOCKED", "This examiner may know the candidate who has booked.");
    }
    await context.tx.interviewSlot.update({ where: { sittingId }, data: { examinerId } });
    context.audit({
      subjectType: "sitting",
      subjectId: sittingId,
      detail: { fromExaminerId: slot.examinerId, toExaminerId: examinerId },
    });
    return { sittingId };
  },
});
