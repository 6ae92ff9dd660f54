import { lockAttempt } from "../delivery/steps.ts";
import { defineCommand } from "../kernel/define.ts";
import { mailJob } from "../people/schema.ts";
import { criteria, givenBands, ledgerOf, stateOf } from "./ledger.ts";
import { unfinishedAfterMs } from "./rules.ts";
import { nothing, personInput } from "./schema.ts";
import { unableExaminer } from "./scope.ts";
import { markInterview } from "./steps.ts";

/**
 * Interviews that were ended and marked in full, and of which only the last press is missing: their marks are those that stand in
 * the ledger, and may be changed from then on for the usual time. Whatever else was left behind stays, and is on the admins' list.
 */
export const finishOverdueInterviews = defineCommand({
  name: "finishOverdueInterviews",
  permission: "interview:conclude",
  audit: "ledger",
  input: nothing,
  run: async (context) => {
    const { tx, now } = context;
    const left = await tx.interview.findMany({
      where: {
        status: "in_progress",
        attempt: {
          status: "in_progress",
          sitting: { endsAt: { lt: new Date(now.getTime() - unfinishedAfterMs) } },
        },
        AND: [
          { entries: { some: { value: { path: ["kind"], equals: "ended" } } } },
          // Those never marked in full would else stand before all others for ever.
          { entries: { some: { AND: criteria.map((id) => ({ value: { path: ["bands", id], gte: 0 } })) } } },
        ],
      },
      orderBy: { startedAt: "asc" },
      take: 50,
      select: { attemptId: true },
    });
    let finished = 0;
    for (const { attemptId } of left) {
      const attempt = await lockAttempt(tx, () => true, attemptId);
      const interview = await tx.interview.findUniqueOrThrow({
        where: { attemptId },
        select: { status: true, entries: { select: { sequence: true, value: true, madeAt: true } } },
      });
      const bands = givenBands(stateOf(ledgerOf(interview.entries)));
      // Its examiner is back just now.
      if (bands === null || interview.status !== "in_progress" || attempt.status !== "in_progress") continue;
      await markInterview(context, attempt, { bands, comment: "" }, "time");
      context.audit({ subjectType: "attempt", subjectId: attemptId, action: "interviewFinishedByRule" });
      finished += 1;
    }
    return { finished };
  },
});

const lateSound = "arrived after the marks of the interview were concluded";
const lateReason =
  "Sound of this interview arrived after its marks were concluded, and is not part of what a second examiner hears. Listen to it before you release it.";

/** Each take that became a sound after its interview was concluded carries a note, and an admin is to listen to it once. */
export const flagLateSound = defineCommand({
  name: "flagLateSound",
  permission: "interview:conclude",
  audit: "ledger",
  input: nothing,
  run: async (context) => {
    const late = await context.tx.$queryRaw<{ attempt: string; recording: string }[]>`
      update recording r set failure = concat_ws('; ', r.failure, ${lateSound}::text)
      from attempt_item i join attempt a on a.id = i.attempt_id join interview n on n.attempt_id = a.id
        left join response p on p.attempt_item_id = i.id
      where r.attempt_item_id = i.id and r.status = 'processed' and n.status = 'final'
        and a.status in ('marking', 'marked', 'released')
        and r.completed_at > coalesce(p.made_at, n.final_at)
        and (r.failure is null or position(${lateSound}::text in r.failure) = 0)
      returning i.attempt_id as attempt, r.id as recording`;
    for (const { attempt, recording } of late) {
      await context.tx.attempt.updateMany({
        where: { id: attempt, status: { in: ["marking", "marked"] }, reviewReason: null },
        data: { reviewReason: lateReason },
      });
      context.audit({ subjectType: "recording", subjectId: recording, action: "flagLateSound" });
    }
    return { flagged: late.length };
  },
});

/** Admins of the centres where candidates have booked with somebody who may hold no interviews any more. */
export const tellOfLostExaminer = defineCommand({
  name: "tellOfLostExaminer",
  permission: "interview:conclude",
  input: personInput,
  run: async ({ tx, now, audit, enqueue }, { personId }) => {
    const slots = await tx.interviewSlot.findMany({
      where: {
        examinerId: personId,
        examiner: unableExaminer,
        sitting: {
          cancelledAt: null,
          endsAt: { gt: now },
          attempts: { some: { status: { in: ["booked", "checked_in"] } } },
        },
      },
      select: { sitting: { select: { centreId: true } } },
    });
    audit({ subjectType: "person", subjectId: personId, detail: { interviews: slots.length } });
    if (slots.length === 0) return { told: 0 };
    const centreIds = slots.map(({ sitting }) => sitting.centreId);
    const admins = await tx.person.findMany({
      where: {
        status: "active",
        roles: { some: { role: "admin", OR: [{ centreId: null }, { centreId: { in: centreIds } }] } },
      },
      select: { id: true },
    });
    for (const { id } of admins) enqueue(mailJob, { kind: "interviews-without-examiner", personId: id });
    return { told: admins.length };
  },
});
