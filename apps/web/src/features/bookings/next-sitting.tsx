import type { listMyAttempts } from "@bandwise/core/delivery/candidate-queries";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatAway, formatDate, formatTime, formatWeekdayDate } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { CancelBooking } from "./cancel-booking.tsx";
import { isOnline, totalMinutes, zoneName } from "./words.ts";

export type MyAttemptRow = Awaited<ReturnType<typeof listMyAttempts>>[number];

/** What a candidate has booked, with the one button for it; the `first` is what comes next. */
export function NextSitting({
  attempt,
  now,
  name,
  first,
}: {
  attempt: MyAttemptRow;
  now: Date;
  name: string;
  first: boolean;
}) {
  const { sitting, plan, status, interview } = attempt;
  const { timeZone } = sitting.centre;
  const online = isOnline(sitting.centre.address);
  const headingId = `sitting-${attempt.id}`;
  const mayChange = status === "booked" && now < sitting.changeBefore;
  return (
    <section className="rule-top grid gap-8 py-5 desk:grid-cols-[1fr_1.2fr_14rem]" aria-labelledby={headingId}>
      <div>
        <p className="text-ink-2">
          {status === "in_progress" ? "Your exam is under way" : first ? "Your next sitting" : "Also booked"}
        </p>
        <h2 id={headingId} className="mt-1 text-h1">
          {formatWeekdayDate(sitting.startsAt, timeZone)}
        </h2>
        <p className="mt-1 text-h3 font-normal text-ink-2">
          <b className="text-ink">{formatTime(sitting.startsAt, timeZone)}</b> {zoneName(timeZone)}
          {sitting.startsAt > now ? `, ${formatAway(now, sitting.startsAt)}` : ", open now"}
        </p>
      </div>
      <DefinitionList
        items={[
          { term: "Examination", detail: `${plan.title}, ${totalMinutes(plan.sections)} minutes` },
          {
            term: "Place",
            detail: (
              <>
                {sitting.centre.name}
                {online ? null : <span className="block text-ink-2">{sitting.centre.address}</span>}
              </>
            ),
          },
          interview
            ? { term: "With", detail: "An examiner, who meets you at this time" }
            : {
                term: "Begin",
                detail: `Until ${formatTime(sitting.endsAt, timeZone)} on ${formatDate(sitting.endsAt, timeZone)}`,
              },
          ...(online && !interview
            ? []
            : [
                {
                  term: "Bring",
                  detail: (
                    <>
                      Identity document in the name <b>{name}</b>
                    </>
                  ),
                },
              ]),
          { term: "Reference", detail: <span className="font-code">{attempt.reference}</span> },
        ]}
      />
      <div className="grid content-start gap-2.5">
        {interview ? (
          <LinkButton href={`/interviews/${attempt.id}/card`} variant="primary" size="lg">
            Open your screen
          </LinkButton>
        ) : status === "in_progress" ? (
          <LinkButton href={`/exam/${attempt.id}`} variant="primary" size="lg">
            Continue your exam
          </LinkButton>
        ) : (
          <LinkButton href={`/attempts/${attempt.id}/lobby`} variant="primary" size="lg">
            {now >= sitting.startsAt ? "Go to your exam" : "Check your equipment"}
          </LinkButton>
        )}
        {mayChange ? (
          <>
            <LinkButton href={`/book${interview ? "/interview" : ""}?move=${attempt.id}`} size="lg">
              Change the {interview ? "time" : "date"}
            </LinkButton>
            <CancelBooking attemptId={attempt.id} />
            <p className="text-center text-ui text-ink-3">
              Free until {formatDate(sitting.changeBefore, timeZone)}, {formatTime(sitting.changeBefore, timeZone)}
            </p>
          </>
        ) : null}
      </div>
    </section>
  );
}
