import { listSubjectHistory } from "@bandwise/core/audit/queries";
import { getAppeal } from "@bandwise/core/results/appeal-queries";
import type { Metadata } from "next";
import { AppealActs } from "@/features/appeals/appeal-acts.tsx";
import { AppealOutcome } from "@/features/appeals/appeal-outcome.tsx";
import { appealStates, feeWords, skillList } from "@/features/appeals/words.ts";
import { momentWords } from "@/features/people/audit-words.tsx";
import { SubjectHistory } from "@/features/people/subject-history.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Appeal" };

const scriptStates: Readonly<Record<string, string>> = {
  waiting: "waits for a senior examiner",
  leased: "is being marked",
  settled: "marked anew",
  cannot_be_marked: "cannot be marked: the first marks stay",
};

export default async function AppealPage({ params }: { params: Promise<{ appealId: string }> }) {
  const { appealId } = await params;
  const context = await requirePage("appeal:manage");
  const appeal = await forPage(getAppeal(context, { appealId }));
  const history = await listSubjectHistory(context, { subjectType: "appeal", subjectId: appealId });
  const zone = context.person.timeZone;
  const { attempt } = appeal;
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href="/admin/appeals">Appeals</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={attempt.candidate.name}
        note={<Badge tone={appealStates[appeal.status].tone}>{appealStates[appeal.status].label}</Badge>}
        actions={<AppealActs appeal={appeal} />}
      />
      <div className="grid gap-3 empty:hidden">
        {appeal.own ? (
          <Notice tone="warn" title="Your own appeal">
            Somebody else has to deal with it.
          </Notice>
        ) : null}
        {appeal.closedAt === null && appeal.dueAt < appeal.now ? (
          <Notice tone="bad" title="Overdue">
            The candidate was to have an answer by {formatDate(appeal.dueAt, zone)}.
          </Notice>
        ) : null}
        {appeal.status === "asked" && appeal.startRefusal !== null ? (
          <Notice tone="warn" title="Cannot begin yet">
            {appeal.startRefusal}
          </Notice>
        ) : null}
        {appeal.status === "marked" && appeal.approval?.status === "open" ? (
          <Notice
            tone="warn"
            title="A second admin is asked"
            action={<TextLink href="/admin/approvals">To the approvals</TextLink>}
          >
            Until then the released result stands.
          </Notice>
        ) : null}
      </div>
      <div className="grid gap-x-12 gap-y-2 desk:grid-cols-[minmax(0,1fr)_24rem]">
        <section>
          <SectionHeader level="staff" title="Why" />
          <p className="max-w-[72ch] border-t border-line pt-3 whitespace-pre-line">
            {appeal.reason === "" ? (
              <span className="text-ink-3">Erased at the candidate’s request</span>
            ) : (
              appeal.reason
            )}
          </p>
          {appeal.note === "" ? null : <p className="mt-2 max-w-[72ch] text-ink-2">Declined: {appeal.note}</p>}
          {appeal.results.length < 2 ? null : (
            <>
              <SectionHeader level="staff" title="Both results" />
              <AppealOutcome results={appeal.results} />
            </>
          )}
          <SectionHeader
            level="staff"
            title="Answers"
            note="Who marks them is not said here: it could find its way to her."
          />
          <DataTable
            caption="Answers that are marked anew"
            rows={appeal.scripts}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="Not sent yet">
                <p>They come into the senior examiners’ queue when you send them to be marked anew.</p>
              </EmptyState>
            }
            columns={[
              {
                id: "task",
                header: "Task",
                phone: "title",
                cell: ({ skill, position }) => `${skillList([skill])} ${position}`,
              },
              { id: "level", header: "Level", cell: ({ level }) => level },
              { id: "state", header: "State", phone: "plain", cell: ({ status }) => scriptStates[status] ?? status },
              {
                id: "at",
                header: "Marked",
                cell: ({ settledAt }) => (settledAt === null ? null : momentWords(settledAt, zone)),
              },
            ]}
          />
        </section>
        <section>
          <SectionHeader level="staff" title="Facts" />
          <DefinitionList
            dense
            className="border-t border-line pt-2"
            items={[
              { term: "Skills", detail: skillList(appeal.skills) },
              {
                term: "Attempt",
                detail: <TextLink href={`/admin/results/${attempt.id}`}>{attempt.reference}</TextLink>,
              },
              { term: "Examination", detail: attempt.sitting.programme.title },
              { term: "Asked", detail: momentWords(appeal.askedAt, zone) },
              { term: "Answer due", detail: formatDate(appeal.dueAt, zone) },
              {
                term: "Fee",
                detail: `${feeWords[appeal.fee]}${appeal.feeBy === null ? "" : `, noted by ${appeal.feeBy}`}`,
              },
              ...(appeal.startedAt === null ? [] : [{ term: "Sent", detail: momentWords(appeal.startedAt, zone) }]),
              ...(appeal.closedAt === null ? [] : [{ term: "Closed", detail: momentWords(appeal.closedAt, zone) }]),
            ]}
          />
          <SectionHeader level="staff" title="History" />
          <SubjectHistory entries={history} timeZone={zone} />
        </section>
      </div>
    </StaffPage>
  );
}
