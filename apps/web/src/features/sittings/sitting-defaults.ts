import { wallClock } from "./zoned-time.ts";

export interface SittingTimes {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly bookBefore: string;
  readonly changeBefore: string;
}

/**
 * What a new sitting starts from, as the centre's clock shows it: a working day at least a week ahead, nine to five; booked
 * until the evening before, moved or cancelled until the evening before that.
 */
export function sittingDefaults(now: Date, timeZone: string): SittingTimes {
  const today = Date.parse(`${wallClock(now, timeZone).slice(0, 10)}T00:00:00Z`);
  const weekday = new Date(today).getUTCDay();
  const ahead = 7 + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
  const day = (offset: number) => new Date(today + (ahead + offset) * 86_400_000).toISOString().slice(0, 10);
  return {
    startsAt: `${day(0)}T09:00`,
    endsAt: `${day(0)}T17:00`,
    bookBefore: `${day(-1)}T18:00`,
    changeBefore: `${day(-2)}T18:00`,
  };
}
