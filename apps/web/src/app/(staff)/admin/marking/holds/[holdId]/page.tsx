import { getHold } from "@bandwise/core/marking/lead-queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComparedSeed } from "@/features/marking/compared-seed.tsx";
import { decideHoldAction, sendBackAction } from "@/features/marking/lead-actions.ts";
import { ReasonDialog } from "@/features/marking/reason-dialog.tsx";
import { skillName } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { formatCount, formatDateTime } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "A held queue" };

export default async function HoldPage({ params }: { params: Promise<{ holdId: string }> }) {
  const context = await requirePage("marking:lead");
  const { holdId } = await params;
  const hold = await forPage(getHold(context, { holdId }));
  if (!hold) notFound();
  const { timeZone } = context.person;
  const own = hold.personId === context.person.id;
  const open = hold.decidedAt === null && !own;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={`${hold.person.name}: ${skillName(hold.skill)} queue held`}
        note={`Since ${formatDateTime(hold.openedAt, timeZone)}`}
        actions={
          open ? (
            <>
              <ReasonDialog
                label="Let her go on"
                title="Let the examiner go on?"
                consequence="She is given scripts again at once, with a new grace period. She reads what you write."
                field="Note to the examiner"
                primary
                action={decideHoldAction.bind(null, hold.id, "lifted")}
              />
              <ReasonDialog
                label="Ask to qualify again"
                title="Ask the examiner to qualify again?"
                consequence="She is given live scripts of this skill once she has passed both sets. She reads what you write."
                field="Note to the examiner"
                action={decideHoldAction.bind(null, hold.id, "requalify")}
              />
            </>
          ) : null
        }
      />
      {own ? (
        <Notice className="mb-3">This is your own queue: another senior examiner or an administrator decides.</Notice>
      ) : null}
      {hold.decidedAt ? (
        <Notice tone="ok" className="mb-3" title={`Decided by ${hold.decidedBy ?? "a lead"}`}>
          {hold.verdict === "lifted" ? "Goes on" : "Qualifies again"}: {hold.note}
        </Notice>
      ) : null}
      {hold.appeal ? (
        <Notice className="mb-3" title="Appeal">
          {hold.appeal}
        </Notice>
      ) : null}
      <Notice
        tone={hold.sentBackAt === null && hold.inDoubt > 0 ? "warn" : "plain"}
        className="mb-3"
        title="Marks since the last good seed"
        action={
          hold.sentBackAt === null && hold.inDoubt > 0 && !own ? (
            <ReasonDialog
              label={`Send back ${formatCount(hold.inDoubt, "mark", "marks")}`}
              title={`Send ${formatCount(hold.inDoubt, "mark", "marks")} back to be given anew?`}
              consequence="Other examiners mark these scripts. The marks stay on record and no longer count. What a senior has adjudicated stays as it is."
              field="Reason"
              danger
              action={sendBackAction.bind(null, hold.id)}
            />
          ) : null
        }
      >
        {hold.sentBackAt
          ? `${formatCount(hold.sentBack ?? 0, "mark was", "marks were")} sent back on ${formatDateTime(hold.sentBackAt, timeZone)}.`
          : hold.inDoubt === 0
            ? "None that could still be given anew."
            : `${formatCount(hold.inDoubt, "mark", "marks")} given after ${formatDateTime(hold.goodUntil, timeZone)} can be given anew in one step.`}
        {hold.released > 0
          ? ` ${formatCount(hold.released, "mark is", "marks are")} part of released results: those change by appeal only.`
          : ""}
      </Notice>
      {hold.missed.map((seed) => (
        <ComparedSeed key={seed.id} seed={seed} />
      ))}
    </StaffPage>
  );
}
