import { defineCommand } from "../kernel/define.ts";
import { holdsInterviews } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import { deadlineOf, isOutage, mayCloseByTime, opensByItselfAt, outageCreditSeconds, sweepGraceMs } from "./rules.ts";
import { attemptInput, beatInput, nothing } from "./schema.ts";
import { ownsAttempt } from "./scope.ts";
import {
  closeSection,
  finishAttempt,
  loadSections,
  lockAttempt,
  moveAttempt,
  openSection,
  outagesSince,
} from "./steps.ts";

/**
 * One beat of the service's own pulse. Where the web process had been silent for ten seconds or more, every section that
 * was open is credited the time it lost, once per outage however many processes notice it.
 */
export const recordBeat = defineCommand({
  name: "recordBeat",
  permission: "attempt:sweep",
  audit: "ledger",
  input: beatInput,
  run: async (context, { kind }) => {
    const { tx, now, ids } = context;
    const [beat] = await tx.$queryRaw<{ previous: Date | null }[]>`
      insert into service_beat (id, at) values (${kind}, ${now})
      on conflict (id) do update set at = greatest(service_beat.at, excluded.at)
      returning (select old.at from service_beat old where old.id = ${kind}) as previous`;
    const previous = beat?.previous ?? null;
    if (kind !== "web" || !previous || !isOutage(previous.getTime(), now.getTime())) return { credited: 0 };
    const outageId = ids.uuid();
    const seconds = Math.round((now.getTime() - previous.getTime()) / 1000);
    const { count } = await tx.serviceOutage.createMany({
      data: [{ id: outageId, from: previous, to: now, seconds }],
      skipDuplicates: true,
    });
    if (count === 0) return { credited: 0 };
    context.audit({ subjectType: "service", subjectId: outageId, action: "recordOutage", detail: { seconds } });
    const open = await tx.attemptSection.findMany({
      where: { status: "open", attempt: { status: "in_progress" } },
      select: { id: true, attemptId: true, skill: true, openedAt: true, time: { select: { seconds: true } } },
    });
    let credited = 0;
    for (const section of open) {
      if (!section.openedAt) continue;
      const openedAt = section.openedAt.getTime();
      const deadline = deadlineOf(
        openedAt,
        section.time.map((entry) => entry.seconds),
      );
      const credit = outageCreditSeconds({ openedAt, deadline }, { from: previous.getTime(), to: now.getTime() });
      if (credit === 0) continue;
      const { count: written } = await tx.sectionTimeEntry.createMany({
        data: [
          {
            id: ids.uuid(),
            sectionId: section.id,
            kind: "outage_credit",
            seconds: credit,
            reason: "The service was away.",
            outageId,
            createdAt: now,
          },
        ],
        skipDuplicates: true,
      });
      credited += written;
      context.audit({
        subjectType: "attempt",
        subjectId: section.attemptId,
        action: "creditOutage",
        detail: { section: section.skill, seconds: credit },
      });
    }
    return { credited };
  },
});

/** Does for one attempt whatever its clock has made due: close a section, open the next, hand the attempt in. */
export const advanceAttempt = defineCommand({
  name: "advanceAttempt",
  permission: "attempt:sweep",
  audit: "ledger",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const { tx } = context;
    const now = context.now.getTime();
    const attempt = await lockAttempt(tx, (place) => ownsAttempt(context.viewer, place), attemptId);
    // The examiner watches an interview's clock and ends it herself.
    if (attempt.status !== "in_progress" || attempt.sitting.examinerId !== null) return { did: "nothing" as const };
    const beat = await tx.serviceBeat.findUnique({ where: { id: "web" } });
    if (!mayCloseByTime(now, beat?.at.getTime() ?? null)) return { did: "nothing" as const };
    const sections = await loadSections(tx, attemptId);
    const open = sections.find((section) => section.status === "open");
    if (open) {
      if (open.deadline === null || now <= open.deadline + sweepGraceMs) return { did: "nothing" as const };
      await closeSection(context, attemptId, open, "time");
      if (sections.some((section) => section.status === "not_open")) return { did: "closed" as const };
    }
    const next = sections.find((section) => section.status === "not_open");
    if (!next) {
      await finishAttempt(context, attempt, "time");
      return { did: "submitted" as const };
    }
    const closedAt = sections.find((section) => section.position === next.position - 1)?.closedAt ?? now;
    const outages = await outagesSince(tx, closedAt);
    if (now < opensByItselfAt(closedAt, attempt.blueprint.pauseSeconds, outages)) return { did: "nothing" as const };
    await openSection(context, attemptId, next);
    return { did: "opened" as const };
  },
});

/** Bookings whose sitting ended without a start. */
export const markNoShows = defineCommand({
  name: "markNoShows",
  permission: "attempt:sweep",
  audit: "ledger",
  input: nothing,
  run: async (context) => {
    const missed = await context.tx.attempt.findMany({
      where: { status: { in: ["booked", "checked_in"] }, sitting: { endsAt: { lte: context.now } } },
      select: {
        id: true,
        status: true,
        version: true,
        candidateId: true,
        sitting: { select: { interview: { select: { examiner: { select: { status: true, roles: true } } } } } },
      },
      take: 200,
    });
    for (const { candidateId, sitting, ...attempt } of missed) {
      const examiner = sitting.interview?.examiner;
      // Whoever met the examiner was there, and whoever had none to meet has missed nothing.
      if (examiner && (attempt.status === "checked_in" || !mayHold(examiner))) {
        await moveAttempt(context, attempt, "cancelled", { endReason: "The interview was not held." });
        context.enqueue(mailJob, { kind: "booking-cancelled", personId: candidateId, subjectId: attempt.id });
      } else {
        await moveAttempt(context, attempt, "no_show", { endReason: "Did not start before the sitting ended." });
      }
    }
    return { missed: missed.length };
  },
});

function mayHold({
  status,
  roles,
}: {
  readonly status: string;
  readonly roles: readonly { readonly role: string }[];
}): boolean {
  return status === "active" && holdsInterviews(roles);
}
