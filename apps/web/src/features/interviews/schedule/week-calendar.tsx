import type { InterviewSlotRow } from "@bandwise/core/interviews/schedule-queries";
import { zoneName } from "@/features/bookings/words.ts";
import { wallClock } from "@/features/sittings/zoned-time.ts";
import { Badge } from "@/ui/badge.tsx";
import { classNames } from "@/ui/class-names.ts";
import { formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { addDays } from "./days.ts";
import { ReassignSlot, WithdrawSlot } from "./slot-dialogs.tsx";
import { bookingWords } from "./words.ts";

/** A week of slots, a column for each day of the centre; on a phone one day under the other. */
export function WeekCalendar({
  slots,
  monday,
  today,
  ownId,
  examiners,
}: {
  slots: readonly InterviewSlotRow[];
  monday: string;
  today: string;
  /** Of whom "Open" leads to the session; others see only who holds it. */
  ownId: string;
  /** Whom a slot may be given to; empty: nobody. */
  examiners: readonly { id: string; name: string }[];
}) {
  const days = Array.from({ length: 7 }, (_, place) => addDays(monday, place));
  return (
    <ol className="grid gap-x-3 gap-y-5 desk:grid-cols-7">
      {days.map((day) => {
        const here = slots.filter((slot) => wallClock(slot.startsAt, slot.centre.timeZone).startsWith(day));
        return (
          <li key={day} className={classNames("min-w-0", here.length === 0 && "max-desk:hidden")}>
            <h3
              className={classNames(
                "border-b pb-1.5 text-dense font-semibold",
                day === today ? "border-accent text-accent" : "border-line-strong",
              )}
            >
              {dayWords(day)}
              {day === today ? <span className="font-normal"> today</span> : null}
            </h3>
            {here.length === 0 ? <p className="py-2 text-dense text-ink-3">No times</p> : null}
            <ul className="grid">
              {here.map((slot) => (
                <Slot key={slot.sittingId} slot={slot} mine={slot.examiner.id === ownId} examiners={examiners} />
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

function dayWords(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function Slot({
  slot,
  mine,
  examiners,
}: {
  slot: InterviewSlotRow;
  mine: boolean;
  examiners: readonly { id: string; name: string }[];
}) {
  const { timeZone } = slot.centre;
  const { booking } = slot;
  const when = `${formatTime(slot.startsAt, timeZone)}–${formatTime(slot.endsAt, timeZone)}`;
  const others = examiners.filter(({ id }) => id !== slot.examiner.id);
  const open = booking === null || booking.status === "booked";
  return (
    <li className="grid gap-0.5 border-b border-line py-2 text-dense">
      <p className="flex flex-wrap items-baseline justify-between gap-x-2">
        <b className="font-semibold tabular-nums">{when}</b>
        {booking ? <Badge tone="accent">{bookingWords(booking.status)}</Badge> : <Badge>Free</Badge>}
      </p>
      {booking ? (
        mine ? (
          <TextLink href={`/interviews/${booking.attemptId}`}>{booking.candidateName}</TextLink>
        ) : (
          <p>{booking.candidateName}</p>
        )
      ) : null}
      <p className="text-ink-3">
        {mine ? null : `${slot.examiner.name}, `}
        {slot.centre.name}, {zoneName(timeZone)}
      </p>
      {open ? (
        <div className="-ml-2.5 flex flex-wrap">
          <WithdrawSlot sittingId={slot.sittingId} when={when} booked={booking !== null} />
          {others.length > 0 ? <ReassignSlot sittingId={slot.sittingId} when={when} examiners={others} /> : null}
        </div>
      ) : null}
    </li>
  );
}
