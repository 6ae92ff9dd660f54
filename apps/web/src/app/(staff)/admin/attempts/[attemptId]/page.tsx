import { getAttemptDetail } from "@bandwise/core/delivery/queries";
import { canMoveAttempt } from "@bandwise/core/delivery/rules";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { VoidAttempt } from "@/features/attempts/attempt-dialogs.tsx";
import { AttemptItems } from "@/features/attempts/attempt-items.tsx";
import { AttemptSections } from "@/features/attempts/attempt-sections.tsx";
import { StateBadge } from "@/features/attempts/state-badge.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Attempt" };

export default async function AttemptPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("attempt:watch");
  const attempt = await forPage(getAttemptDetail(context, await params));
  const { timeZone } = attempt.sitting.centre;
  const at = (instant: Date | null) => (instant ? formatDateTime(instant, timeZone) : "–");
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={attempt.candidate.name}
        note={
          <>
            <span className="font-code">{attempt.reference}</span> <StateBadge state={attempt.status} />
          </>
        }
        actions={
          can(context.viewer, "attempt:manage") && canMoveAttempt(attempt.status, "voided") ? (
            <VoidAttempt attemptId={attempt.id} />
          ) : null
        }
      />
      {attempt.reviewReason ? (
        <Notice tone="warn" title="Look at this before release">
          {attempt.reviewReason}
        </Notice>
      ) : null}
      {attempt.endReason ? <Notice title="Why it ended">{attempt.endReason}</Notice> : null}
      <DefinitionList
        dense
        className="grid max-w-[60rem] wide:grid-cols-2 wide:gap-x-8"
        items={[
          { term: "Programme", detail: attempt.sitting.programme.title },
          { term: "Centre", detail: attempt.sitting.centre.name },
          { term: "Booked", detail: at(attempt.bookedAt) },
          { term: "Checked in", detail: at(attempt.checkedInAt) },
          { term: "Started", detail: at(attempt.startedAt) },
          {
            term: "Handed in",
            detail: attempt.submittedAt
              ? `${at(attempt.submittedAt)} by ${attempt.submittedBy === "time" ? "the clock" : "the candidate"}`
              : "–",
          },
          { term: "Receipt", detail: attempt.receipt ? <span className="font-code">{attempt.receipt}</span> : "–" },
          { term: "Extra time", detail: attempt.extraTimePercent > 0 ? `${attempt.extraTimePercent} %` : "None" },
          { term: "Devices", detail: attempt.writerEpoch > 1 ? `${attempt.writerEpoch} in turn` : "One" },
          {
            term: "Consents",
            detail: attempt.consents.map((consent) => consent.kind.replaceAll("_", " ")).join(", ") || "–",
          },
        ]}
      />
      {attempt.sections.length > 0 ? (
        <>
          <AttemptSections attempt={attempt} mayGrant={can(context.viewer, "attempt:grant-time")} />
          <AttemptItems attempt={attempt} />
        </>
      ) : null}
    </StaffPage>
  );
}
