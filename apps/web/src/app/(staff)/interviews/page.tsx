import { listStrandedInterviews } from "@bandwise/core/interviews/overdue-queries";
import { getSlotChoices, listInterviewSlots } from "@bandwise/core/interviews/schedule-queries";
import { can } from "@bandwise/core/kernel/policy";
import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import { zoneName } from "@/features/bookings/words.ts";
import { addDays, mondayOf } from "@/features/interviews/schedule/days.ts";
import { OpenSlotsDialog } from "@/features/interviews/schedule/open-slots-dialog.tsx";
import { StrandedInterviews } from "@/features/interviews/schedule/stranded-interviews.tsx";
import { WeekCalendar } from "@/features/interviews/schedule/week-calendar.tsx";
import { bookingWords } from "@/features/interviews/schedule/words.ts";
import { wallClock } from "@/features/sittings/zoned-time.ts";
import { requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatShortDate, formatTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Interviews" };

const dayMs = 86_400_000;

/** An examiner's interviews of today and her week; an admin's calendar of everybody. */
export default async function InterviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("interview:schedule");
  const { timeZone } = context.person;
  const now = context.clock.now();
  const today = wallClock(now, timeZone).slice(0, 10);
  const monday = mondayOf(firstParam(params.week), today);
  const firstDay = mondayOf(undefined, today) === monday ? today : monday;
  const start = Date.parse(`${monday}T00:00:00Z`);
  const holds = can(context.viewer, "interview:hold");
  const choices = await getSlotChoices(context, {});
  const asked = firstParam(params.examiner);
  const examiner = choices.examiners.find(({ id }) => id === asked);
  const managesAll = can(context.viewer, "interview:reassign");
  const [slots, near, stranded] = await Promise.all([
    // A day more on either side: the week is that of each centre.
    listInterviewSlots(context, {
      from: new Date(start - dayMs),
      until: new Date(start + 8 * dayMs),
      ...(examiner && { examinerId: examiner.id }),
    }),
    holds
      ? listInterviewSlots(context, {
          from: new Date(now.getTime() - 12 * 3_600_000),
          until: new Date(now.getTime() + dayMs),
          examinerId: context.person.id,
        })
      : [],
    managesAll ? listStrandedInterviews(context, {}) : [],
  ]);
  const booked = near.flatMap(({ booking, ...slot }) => (booking ? [{ ...slot, booking }] : []));
  const week = (days: number) =>
    `/interviews?week=${addDays(monday, days)}${examiner ? `&examiner=${examiner.id}` : ""}`;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Interviews"
        actions={
          choices.programmes.length > 0 && choices.centres.length > 0 ? (
            <OpenSlotsDialog choices={choices} day={firstDay} />
          ) : null
        }
      />
      {stranded.length === 0 ? null : <StrandedInterviews rows={stranded} examiners={choices.examiners} />}
      {holds ? (
        <section aria-labelledby="today" className="pb-6">
          <h2 id="today" className="pb-2 text-h3">
            Your next interviews
          </h2>
          <DataTable
            caption="Your next interviews"
            rows={booked}
            rowKey={(row) => row.sittingId}
            rowHref={(row) => `/interviews/${row.booking.attemptId}`}
            empty={
              <EmptyState icon={<CalendarClock aria-hidden="true" />} title="Nobody has booked with you today">
                <p>Open times below are offered to candidates as soon as they are open.</p>
              </EmptyState>
            }
            columns={[
              {
                id: "time",
                header: "Time",
                phone: "title",
                cell: (row) =>
                  `${formatTime(row.startsAt, row.centre.timeZone)}–${formatTime(row.endsAt, row.centre.timeZone)} ${zoneName(row.centre.timeZone)}`,
              },
              { id: "candidate", header: "Candidate", cell: (row) => row.booking.candidateName },
              { id: "programme", header: "Programme", cell: (row) => row.programme.title },
              { id: "centre", header: "Centre", cell: (row) => row.centre.name },
              { id: "state", header: "State", cell: (row) => bookingWords(row.booking.status) },
            ]}
          />
        </section>
      ) : null}
      <section aria-labelledby="week">
        <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
          <h2 id="week" className="text-h3">
            Week of {formatShortDate(start, "UTC")}
          </h2>
          <div className="flex gap-2">
            <LinkButton size="sm" href={week(-7)}>
              Week before
            </LinkButton>
            <LinkButton size="sm" href={week(7)}>
              Week after
            </LinkButton>
          </div>
        </div>
        {managesAll ? (
          <FilterBar resetHref={examiner ? `/interviews?week=${monday}` : undefined}>
            <input type="hidden" name="week" value={monday} />
            <FilterSelect
              name="examiner"
              label="Examiner"
              defaultValue={examiner?.id}
              options={[
                { value: "", label: "Everybody" },
                ...choices.examiners.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </FilterBar>
        ) : null}
        <WeekCalendar
          slots={slots}
          monday={monday}
          today={today}
          ownId={context.person.id}
          examiners={managesAll ? choices.examiners : []}
        />
      </section>
    </StaffPage>
  );
}
