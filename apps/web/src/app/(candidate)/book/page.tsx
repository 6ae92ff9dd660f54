import { browseSittings, getMyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { browseSittingsInput } from "@bandwise/core/delivery/schema";
import { CalendarX } from "lucide-react";
import type { Metadata } from "next";
import { BookButton } from "@/features/bookings/book-button.tsx";
import { isOnline, totalMinutes, windowWords } from "@/features/bookings/words.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatCount, formatDate, formatWeekdayDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Book a sitting" };

export default async function BookPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("sitting:browse");
  const given = browseSittingsInput.safeParse({ page: firstParam(params.page) });
  const move = firstParam(params.move);
  const moving = move ? await forPage(getMyAttempt(context, { attemptId: move })) : null;
  const list = await browseSittings(context, given.success ? given.data : {});
  return (
    <main className="page">
      <PageHeader
        title={moving ? "Change the date" : "Book a sitting"}
        note={
          moving
            ? `You have a place on ${formatWeekdayDate(moving.sitting.startsAt, moving.sitting.centre.timeZone)}. It stays yours until another one is.`
            : "Times are those of the centre. Begin whenever you like between the first and the last."
        }
      />
      {moving ? null : (
        <p className="pb-5">
          An interview with an examiner has a time of its own:{" "}
          <TextLink href="/book/interview">book an interview</TextLink>.
        </p>
      )}
      {list.rows.length === 0 ? (
        <section className="rule-top py-5">
          <EmptyState icon={<CalendarX aria-hidden="true" />} title="No sitting is open for booking">
            <p>New dates appear here as soon as a centre opens them.</p>
          </EmptyState>
        </section>
      ) : (
        <ul className="rule-top">
          {list.rows.map((sitting) => {
            const { timeZone } = sitting.centre;
            const id = `sitting-${sitting.id}`;
            return (
              <li
                key={sitting.id}
                className="grid gap-x-8 gap-y-3 border-b border-line py-5 desk:grid-cols-[1.1fr_1fr_0.8fr_auto] desk:items-start"
              >
                <div id={id}>
                  <h2 className="text-h3">{formatWeekdayDate(sitting.startsAt, timeZone)}</h2>
                  <p className="text-ink-2">{windowWords(sitting.startsAt, sitting.endsAt, timeZone)}</p>
                </div>
                <p>
                  {sitting.centre.name}
                  {isOnline(sitting.centre.address) ? null : (
                    <span className="block text-ink-2">{sitting.centre.address}</span>
                  )}
                </p>
                <p>
                  {sitting.plan.title}, {totalMinutes(sitting.plan.sections)} min
                  <span className="block text-ui text-ink-3">Book by {formatDate(sitting.bookBefore, timeZone)}</span>
                </p>
                <div className="desk:w-44">
                  {sitting.mine ? (
                    <Badge tone="ok">Booked</Badge>
                  ) : sitting.placesLeft === 0 ? (
                    <Badge>Full</Badge>
                  ) : (
                    <>
                      <BookButton sittingId={sitting.id} attemptId={move} describedBy={id} />
                      <p className="mt-1.5 text-ui text-ink-3">
                        {formatCount(sitting.placesLeft, "place", "places")} left
                      </p>
                    </>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <Pagination {...pageLinks("/book", params, list)} />
    </main>
  );
}
