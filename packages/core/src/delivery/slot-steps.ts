import type { CommandContext } from "../kernel/context.ts";
import { mailJob } from "../people/schema.ts";
import { moveAttempt } from "./steps.ts";

/** Interviews: sittings that are one candidate's with one examiner at one time. */

export interface SittingPlace {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Why this candidate may not have this interview, or null; of any other sitting always null. An examiner who has left,
 * somebody who knows her, or a second interview at the same time.
 *
 * @param movingId the attempt that gives up its place for this one.
 */
export async function findSlotObstacle(
  { tx }: Pick<CommandContext, "tx">,
  asked: { candidateId: string; sitting: SittingPlace; movingId?: string | undefined },
): Promise<string | null> {
  const { candidateId, sitting, movingId } = asked;
  const slot = await tx.interviewSlot.findUnique({
    where: { sittingId: sitting.id },
    select: { examiner: { select: { id: true, school: true, status: true } } },
  });
  if (!slot) return null;
  if (slot.examiner.status !== "active") return "This time is not offered any more: choose another one.";
  // Two bookings of one candidate wait for each other here: the second one sees the first.
  await tx.$queryRaw`select 1 from person where id = ${candidateId}::uuid for no key update`;
  const candidate = await tx.person.findUniqueOrThrow({ where: { id: candidateId }, select: { school: true } });
  if (isAcquainted(slot.examiner, { id: candidateId, school: candidate.school })) {
    return "The examiner of this time may know you: choose another time.";
  }
  const clash = await tx.attempt.count({
    where: {
      candidateId,
      status: { in: ["booked", "checked_in", "in_progress"] },
      ...(movingId !== undefined && { id: { not: movingId } }),
      sitting: { interview: { isNot: null }, startsAt: { lt: sitting.endsAt }, endsAt: { gt: sitting.startsAt } },
    },
  });
  return clash > 0 ? "You have another interview at this time." : null;
}

interface Acquaintance {
  readonly id: string;
  readonly school: string | null;
}

/** The same person, or the same school where both have named one. */
export function isAcquainted(one: Acquaintance, other: Acquaintance): boolean {
  const school = (person: Acquaintance): string => person.school?.trim().toLowerCase() ?? "";
  return one.id === other.id || (school(one) !== "" && school(one) === school(other));
}

/** Calls a sitting off: whoever had a place and has not begun loses it and is told. @returns how many they were. */
export async function callOffSitting(context: CommandContext, sittingId: string, reason: string): Promise<number> {
  const { tx, now } = context;
  await tx.sitting.update({ where: { id: sittingId }, data: { cancelledAt: now, cancelReason: reason } });
  context.audit({ subjectType: "sitting", subjectId: sittingId });
  const open = await tx.attempt.findMany({
    where: { sittingId, status: { in: ["booked", "checked_in"] } },
    select: { id: true, status: true, version: true, candidateId: true },
    orderBy: { id: "asc" },
  });
  for (const attempt of open) {
    await moveAttempt(context, attempt, "cancelled", { endReason: "The sitting was cancelled." });
    context.enqueue(mailJob, { kind: "booking-cancelled", personId: attempt.candidateId, subjectId: attempt.id });
  }
  return open.length;
}
