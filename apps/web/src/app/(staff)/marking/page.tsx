import { can } from "@bandwise/core/kernel/policy";
import { getMarkerStanding } from "@bandwise/core/marking/qualification-queries";
import { getMarkingHome, listMyRatings } from "@bandwise/core/marking/queries";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { OpenBegunButton } from "@/features/marking/open-begun-button.tsx";
import { PutBackButton } from "@/features/marking/put-back-button.tsx";
import { QueueTable } from "@/features/marking/queue-table.tsx";
import { Standing } from "@/features/marking/standing.tsx";
import { cannotMarkText, skillName } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatCount, formatDateTime, formatDuration, formatTime } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { StatStrip, StatTile } from "@/ui/stat-tile.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Marking" };

export default async function MarkingHomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("script:mark");
  const params = await searchParams;
  const [home, standing, mine] = await forPage(
    Promise.all([
      getMarkingHome(context, {}),
      getMarkerStanding(context, {}),
      listMyRatings(context, { page: Number(firstParam(params.page)) || 1, pageSize: 20 }),
    ]),
  );
  const { timeZone } = context.person;
  const waiting = home.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const done = firstParam(params.done);
  const oldestFirst = home.queues.toSorted((a, b) => Number(a.oldest) - Number(b.oldest))[0]?.skill ?? "writing";
  const pages = pageLinks("/marking", params, mine);
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Marking"
        note={
          waiting === 0
            ? "Nothing waits."
            : `${formatCount(waiting, "script", "scripts")} waiting, those of the oldest day first`
        }
      />
      {done === "writing" || done === "speaking" ? (
        <Notice tone="ok" className="mb-4">
          Submitted. That was the last {done} script: nothing more of it waits for you.
        </Notice>
      ) : null}
      <Standing skills={standing.skills} timeZone={timeZone} senior={can(context.viewer, "script:adjudicate")} />
      <StatStrip>
        <StatTile label="Marked in 24 hours" value={home.figures.lastDay} />
        <StatTile label="In 7 days" value={home.figures.lastWeek} />
        <StatTile
          label="Usual time for one"
          value={home.figures.medianSeconds === null ? "–" : formatDuration(home.figures.medianSeconds * 1000)}
          note="median of 7 days, from taking to submitting"
        />
        <StatTile label="Marked in all" value={home.figures.total} />
      </StatStrip>
      <div className="mt-6 grid gap-x-8 gap-y-6 desk:grid-cols-2">
        <QueueTable skill="writing" home={home} first={oldestFirst === "writing"} />
        <QueueTable skill="speaking" home={home} first={oldestFirst === "speaking"} />
      </div>
      {home.begun.length === 0 ? null : (
        <section aria-labelledby="begun" className="mt-4">
          <SectionHeader
            level="staff"
            id="begun"
            title="Begun"
            note="A script whose page is closed goes back to the queue after two minutes; your marks stay."
          />
          <DataTable
            caption="Scripts you have begun"
            rows={home.begun}
            rowKey={(script) => script.code}
            empty={null}
            columns={[
              { id: "code", header: "Script", cell: (script) => <span className="font-code">{script.code}</span> },
              { id: "skill", header: "Skill", cell: (script) => skillName(script.skill) },
              { id: "level", header: "Level", cell: (script) => script.level },
              { id: "marked", header: "Marks", cell: (script) => `${script.marked} of ${script.criteria}` },
              {
                id: "held",
                header: "With you",
                cell: (script) =>
                  script.heldUntil ? (
                    <span className="tabular-nums">until {formatTime(script.heldUntil, timeZone)}</span>
                  ) : (
                    <span className="text-ink-3">no, back in the queue</span>
                  ),
              },
              {
                id: "actions",
                header: <span className="sr-only">Actions</span>,
                phone: "plain",
                align: "right",
                cell: (script) => (
                  <span className="inline-flex gap-2">
                    {script.heldUntil ? <PutBackButton code={script.code} /> : null}
                    <OpenBegunButton code={script.code} held={script.heldUntil !== null} />
                  </span>
                ),
              },
            ]}
          />
        </section>
      )}
      <section aria-labelledby="mine" className="mt-4">
        <SectionHeader
          level="staff"
          id="mine"
          title="Your marks"
          note="As submitted; they do not change. Where the machine marked too, its marks stand beside yours on the script’s page."
        />
        <DataTable
          caption="Scripts you have marked, newest first"
          rows={mine.rows}
          rowKey={(rating) => rating.id}
          rowHref={(rating) => `/marking/${rating.script.code}`}
          empty={<EmptyState title="No marks yet">What you submit is listed here.</EmptyState>}
          columns={[
            { id: "code", header: "Script", cell: (rating) => <span className="font-code">{rating.script.code}</span> },
            { id: "skill", header: "Skill", cell: (rating) => skillName(rating.script.skill) },
            { id: "level", header: "Level", cell: (rating) => rating.script.level },
            {
              id: "mean",
              header: "Mean",
              align: "right",
              cell: (rating) =>
                rating.cannotMark ? (
                  <span className="text-ink-2">{cannotMarkText(rating.cannotMark, rating.script.skill)}</span>
                ) : (
                  <span className="tabular-nums">{rating.mean ?? "–"}</span>
                ),
            },
            {
              id: "state",
              header: "Counts",
              cell: (rating) =>
                rating.status === "superseded"
                  ? "no, sent to another examiner"
                  : rating.cannotMark === "noise"
                    ? "held for an administrator"
                    : "yes",
            },
            {
              id: "at",
              header: "Submitted",
              align: "right",
              cell: (rating) => (
                <span className="tabular-nums">{rating.finalAt ? formatDateTime(rating.finalAt, timeZone) : ""}</span>
              ),
            },
          ]}
        />
        {mine.total > mine.pageSize ? <Pagination {...pages} /> : null}
      </section>
    </StaffPage>
  );
}
