import { getOwnHold } from "@bandwise/core/marking/qualification-queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComparedSeed } from "@/features/marking/compared-seed.tsx";
import { appealAction } from "@/features/marking/lead-actions.ts";
import { ReasonDialog } from "@/features/marking/reason-dialog.tsx";
import { skillNames } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Why your queue stands still" };

export default async function OwnHoldPage({ params }: { params: Promise<{ skill: string }> }) {
  const context = await requirePage("script:mark");
  const { skill } = await params;
  if (skill !== "writing" && skill !== "speaking") notFound();
  const hold = await forPage(getOwnHold(context, { skill }));
  const { timeZone } = context.person;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={`Your ${skillNames[skill]} queue`}
        note={hold ? `Held on ${formatDateTime(hold.openedAt, timeZone)}` : "It was never held."}
        actions={
          hold && hold.decidedAt === null && hold.appealedAt === null ? (
            <ReasonDialog
              label="Appeal"
              title="Appeal against the hold"
              consequence="You can do this once. A senior examiner reads it beside the marks below and decides."
              field="What you think of these marks"
              primary
              action={appealAction.bind(null, skill)}
            />
          ) : null
        }
      />
      {hold === null ? (
        <EmptyState title="Nothing to see">Your marks have been within tolerance of the agreed ones.</EmptyState>
      ) : (
        <>
          <p className="measure mb-3 text-ink-2">
            Among the scripts you mark are some whose marks experienced examiners have agreed on. On these, your marks
            lay further away than your programme allows.
          </p>
          {hold.appeal ? (
            <Notice title="Your appeal" className="mb-3">
              {hold.appeal}
            </Notice>
          ) : null}
          {hold.decidedAt ? (
            <Notice
              tone={hold.verdict === "lifted" ? "ok" : "warn"}
              title={hold.verdict === "lifted" ? "You may go on" : "Please qualify again"}
              className="mb-3"
            >
              {hold.note}
            </Notice>
          ) : null}
          {hold.missed.map((seed) => (
            <ComparedSeed key={seed.id} seed={seed} />
          ))}
        </>
      )}
    </StaffPage>
  );
}
