import { listMyCertificates } from "@bandwise/core/certificates/queries";
import { listMyAttempts } from "@bandwise/core/delivery/candidate-queries";
import { listMyResults } from "@bandwise/core/results/queries";
import { Award, CalendarPlus, Hourglass } from "lucide-react";
import type { Metadata } from "next";
import { NextSitting } from "@/features/bookings/next-sitting.tsx";
import { attemptStateWords } from "@/features/bookings/words.ts";
import { scoreWords, validityWords } from "@/features/certificates/words.ts";
import { ProgressBySchemes } from "@/features/results/progress-on-ruler.tsx";
import { requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDate } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Home" };

const waitingStates = ["submitted", "marking", "marked"];

export default async function HomePage() {
  const context = await requirePage("booking:own");
  const [attempts, results, certificates] = await Promise.all([
    listMyAttempts(context, {}),
    listMyResults(context, {}),
    listMyCertificates(context, {}),
  ]);
  const now = context.clock.now();
  const coming = attempts
    .filter((attempt) => ["booked", "checked_in", "in_progress"].includes(attempt.status))
    .sort(
      (a, b) =>
        Number(b.status === "in_progress") - Number(a.status === "in_progress") ||
        a.sitting.startsAt.getTime() - b.sitting.startsAt.getTime(),
    );
  const waiting = attempts.filter((attempt) => waitingStates.includes(attempt.status));
  return (
    <main className="page">
      <h1 className="mb-8">Hello, {context.person.name.split(" ")[0]}</h1>
      {coming.map((attempt, index) => (
        <NextSitting key={attempt.id} attempt={attempt} now={now} name={context.person.name} first={index === 0} />
      ))}
      {coming.length === 0 ? (
        <section className="rule-top py-5">
          <EmptyState
            icon={<CalendarPlus aria-hidden="true" />}
            title="No sitting booked"
            action={
              <LinkButton href="/book" variant="primary" size="lg">
                Book a sitting
              </LinkButton>
            }
          >
            <p>Choose a date and a centre, or sit the exam online.</p>
          </EmptyState>
        </section>
      ) : (
        <p className="border-t border-line py-4">
          <TextLink href="/book">Book another sitting</TextLink>
        </p>
      )}

      {waiting.length > 0 ? (
        <section className="rule-top mt-6 py-5">
          <SectionHeader title="On their way" />
          <ul>
            {waiting.map((attempt) => (
              <li key={attempt.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-3">
                <Hourglass className="size-5 text-ink-3" strokeWidth={1.75} aria-hidden="true" />
                <span>
                  {attempt.plan.title},{" "}
                  {formatDate(attempt.submittedAt ?? attempt.sitting.startsAt, attempt.sitting.centre.timeZone)}
                </span>
                <Badge>{attemptStateWords[attempt.status]}</Badge>
                <TextLink className="ml-auto" href={`/attempts/${attempt.id}/receipt`}>
                  Receipt
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      {results.length > 0 ? (
        <section className="rule-top mt-6 py-5">
          <SectionHeader title="Results and progress" />
          <ProgressBySchemes results={results} />
        </section>
      ) : null}

      {certificates.length > 0 ? (
        <section className="rule-top mt-6 py-5">
          <SectionHeader title="Certificates" actions={<TextLink href="/certificates">All certificates</TextLink>} />
          <ul>
            {certificates.slice(0, 5).map((certificate) => (
              <li
                key={certificate.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-3"
              >
                <Award className="size-5 text-accent" strokeWidth={1.75} aria-hidden="true" />
                <span className="font-medium">{scoreWords(certificate.view)}</span>
                <span className="text-ink-2 max-wide:order-1 max-wide:w-full max-wide:pl-9 wide:ml-auto">
                  {validityWords(certificate)}
                </span>
                <TextLink
                  className="max-wide:ml-auto wide:ml-8"
                  href={`/verify/${certificate.code}`}
                  aria-label={`Open the certificate of ${scoreWords(certificate.view)}`}
                >
                  Open
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </main>
  );
}
