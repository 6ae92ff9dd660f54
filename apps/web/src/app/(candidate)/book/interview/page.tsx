import { getMyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { browseInterviewTimes } from "@bandwise/core/interviews/schedule-queries";
import { CalendarX } from "lucide-react";
import type { Metadata } from "next";
import { ChooseTime } from "@/features/interviews/booking/choose-time.tsx";
import { dayLinks, timesOfDay } from "@/features/interviews/booking/times.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { classNames } from "@/ui/class-names.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatCount, formatDateTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Book an interview" };

/** A day, then a time. Which examiner it will be nobody learns beforehand. */
export default async function BookInterviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("sitting:browse");
  const move = firstParam(params.move);
  const moving = move ? await forPage(getMyAttempt(context, { attemptId: move })) : null;
  const { times, timeZone } = await forPage(
    browseInterviewTimes(context, moving ? { exceptAttemptId: moving.id } : {}),
  );
  const days = dayLinks(times, timeZone);
  const asked = firstParam(params.day);
  const chosen = days.find(({ day }) => day === asked) ?? days[0];
  return (
    <main className="page">
      <PageHeader
        title={moving ? "Change the time" : "Book an interview"}
        note={
          moving
            ? `You have a place on ${formatDateTime(moving.sitting.startsAt, timeZone)}. It stays yours until another one is.`
            : `An examiner talks with you for 11 to 14 minutes. Times are yours, ${timeZone.replaceAll("_", " ")}.`
        }
      />
      {chosen === undefined ? (
        <section className="rule-top py-5">
          <EmptyState icon={<CalendarX aria-hidden="true" />} title="No time is free">
            <p>New times appear here as soon as an examiner opens them.</p>
          </EmptyState>
        </section>
      ) : (
        <div className="rule-top grid gap-x-10 gap-y-6 py-5 desk:grid-cols-[16rem_minmax(0,1fr)]">
          <nav aria-label="Days" className="min-w-0">
            <ul className="flex gap-1.5 max-desk:overflow-x-auto desk:grid">
              {days.map(({ day, words, count }) => (
                <li key={day} className="flex-none">
                  <TextLink
                    href={`/book/interview?day=${day}${moving ? `&move=${moving.id}` : ""}`}
                    aria-current={day === chosen.day ? "date" : undefined}
                    className={classNames(
                      "grid min-h-11 content-center rounded-control px-3 py-1.5 no-underline",
                      day === chosen.day && "bg-accent-soft font-semibold",
                    )}
                  >
                    {words}
                    <span className="block text-ui font-normal text-ink-3">{formatCount(count, "time", "times")}</span>
                  </TextLink>
                </li>
              ))}
            </ul>
          </nav>
          <ChooseTime
            key={chosen.day}
            day={chosen.words}
            times={timesOfDay(times, timeZone, chosen.day)}
            attemptId={moving?.id ?? null}
          />
        </div>
      )}
    </main>
  );
}
