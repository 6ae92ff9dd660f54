import type { InterviewTime } from "@bandwise/core/interviews/schedule-queries";
import { formatDateTime, formatTime, formatWeekdayDate } from "../../../ui/format.ts";
import { isOnline, zoneName } from "../../bookings/words.ts";
import { wallClock } from "../../sittings/zoned-time.ts";

const dayIn = (at: Date, timeZone: string): string => wallClock(at, timeZone).slice(0, 10);

/** The days that have free times, as the candidate's own calendar counts them. */
export function dayLinks(
  times: readonly InterviewTime[],
  timeZone: string,
): { readonly day: string; readonly words: string; readonly count: number }[] {
  const days = new Map<string, { words: string; count: number }>();
  for (const { startsAt } of times) {
    const day = dayIn(startsAt, timeZone);
    const held = days.get(day);
    days.set(day, { words: formatWeekdayDate(startsAt, timeZone), count: (held?.count ?? 0) + 1 });
  }
  return [...days].map(([day, held]) => ({ day, ...held }));
}

export interface OfferedTime {
  readonly sittingId: string;
  readonly time: string;
  /** The same moment on the centre's clock, where that is another; else null. */
  readonly atCentre: string | null;
  readonly place: string;
  readonly programme: string;
  readonly changeBefore: string;
}

export function timesOfDay(times: readonly InterviewTime[], timeZone: string, day: string): OfferedTime[] {
  return times
    .filter(({ startsAt }) => dayIn(startsAt, timeZone) === day)
    .map(({ id, startsAt, endsAt, centre, programme, changeBefore }) => {
      const own = `${formatTime(startsAt, timeZone)}–${formatTime(endsAt, timeZone)}`;
      const theirs = `${formatTime(startsAt, centre.timeZone)}–${formatTime(endsAt, centre.timeZone)}`;
      const sameDay = dayIn(startsAt, centre.timeZone) === day;
      return {
        sittingId: id,
        time: own,
        atCentre: own === theirs && sameDay ? null : `${theirs} ${zoneName(centre.timeZone)}`,
        place: isOnline(centre.address) ? centre.name : `${centre.name}, ${centre.address}`,
        programme: programme.title,
        changeBefore: formatDateTime(changeBefore, timeZone),
      };
    });
}
