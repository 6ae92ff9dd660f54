import { formatClock, formatDate, formatDateTime, formatTime } from "@/ui/format.ts";

/** “Lisbon time”: the city of a time zone as people say it. */
export function zoneName(timeZone: string): string {
  const city = timeZone.split("/").at(-1)?.replaceAll("_", " ");
  return timeZone === "UTC" || !city ? "UTC" : `${city} time`;
}

export function totalMinutes(sections: readonly { seconds: number }[]): number {
  return Math.max(1, Math.round(sections.reduce((sum, section) => sum + section.seconds, 0) / 60));
}

/** “25 min”, or “2:30 min” where a short programme has half minutes. */
export function sectionLength(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${formatClock(seconds)} min`;
}

/** “12:00”, or “20 January 2027, 12:00” where it is not the day of the start. */
export function endWords(startsAt: Date, endsAt: Date, timeZone: string): string {
  return formatDate(startsAt, timeZone) === formatDate(endsAt, timeZone)
    ? formatTime(endsAt, timeZone)
    : formatDateTime(endsAt, timeZone);
}

/** “09:00–12:00”, or with the last day where the window spans several. */
export function windowWords(startsAt: Date, endsAt: Date, timeZone: string): string {
  const oneDay = formatDate(startsAt, timeZone) === formatDate(endsAt, timeZone);
  const end = oneDay ? `–${formatTime(endsAt, timeZone)}` : ` until ${formatDateTime(endsAt, timeZone)}`;
  return `${formatTime(startsAt, timeZone)}${end} ${zoneName(timeZone)}`;
}

export function isOnline(address: string): boolean {
  return address.trim().toLowerCase() === "online";
}

export const attemptStateWords: Readonly<Record<string, string>> = {
  booked: "Booked",
  checked_in: "Checked in",
  in_progress: "Under way",
  submitted: "Handed in",
  marking: "Being marked",
  marked: "Marked",
  released: "Released",
  cancelled: "Cancelled",
  no_show: "Not attended",
  voided: "Voided",
};
