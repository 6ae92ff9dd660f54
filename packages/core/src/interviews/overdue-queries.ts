import { defineQuery } from "../kernel/define.ts";
import { ledgerOf, stateOf } from "./ledger.ts";
import { joinWithinMs, unfinishedAfterMs } from "./rules.ts";
import { nothing } from "./schema.ts";
import { centreScope, unableExaminer } from "./scope.ts";

/** Why an interview waits for an admin. */
export type Stranding = "no-examiner" | "not-ended" | "not-marked" | "not-joined" | "in-review";

/**
 * Interviews that go no further by themselves: booked with somebody who may hold none, begun and never finished, final and not
 * concluded, or stopped before their release because of their sound. Those that are soonest first.
 */
export const listStrandedInterviews = defineQuery({
  name: "listStrandedInterviews",
  permission: "interview:reassign",
  input: nothing,
  run: async ({ db, viewer, clock }) => {
    const now = clock.now().getTime();
    const rows = await db.attempt.findMany({
      where: {
        sitting: { interview: { isNot: null }, ...centreScope(viewer) },
        OR: [
          {
            status: { in: ["booked", "checked_in"] },
            sitting: { endsAt: { gt: new Date(now) }, interview: { examiner: unableExaminer } },
          },
          {
            status: "in_progress",
            interview: { is: { status: "in_progress" } },
            sitting: { endsAt: { lt: new Date(now - unfinishedAfterMs) } },
          },
          {
            status: "submitted",
            interview: { is: { status: "final", finalAt: { lt: new Date(now - joinWithinMs) } } },
          },
          { status: { in: ["marking", "marked"] }, reviewReason: { not: null } },
        ],
      },
      orderBy: [{ sitting: { startsAt: "asc" } }, { id: "asc" }],
      take: 100,
      select: {
        id: true,
        status: true,
        reviewReason: true,
        candidate: { select: { name: true } },
        sitting: {
          select: {
            id: true,
            startsAt: true,
            endsAt: true,
            centre: { select: { name: true, timeZone: true } },
            interview: { select: { examiner: { select: { name: true } } } },
          },
        },
        interview: { select: { entries: { select: { sequence: true, value: true, madeAt: true } } } },
      },
    });
    return rows.map(({ id, status, reviewReason, candidate, sitting, interview }) => ({
      attemptId: id,
      sittingId: sitting.id,
      startsAt: sitting.startsAt,
      endsAt: sitting.endsAt,
      centre: sitting.centre,
      candidateName: candidate.name,
      examinerName: sitting.interview?.examiner.name ?? "",
      why: whyOf(status, interview?.entries ?? []),
      /** Only where nobody has met the candidate yet. */
      reassignable: status === "booked",
      reviewReason,
    }));
  },
});

function whyOf(status: string, entries: Parameters<typeof ledgerOf>[0]): Stranding {
  if (status === "booked" || status === "checked_in") return "no-examiner";
  if (status === "submitted") return "not-joined";
  if (status !== "in_progress") return "in-review";
  return stateOf(ledgerOf(entries)).endedAt === null ? "not-ended" : "not-marked";
}
