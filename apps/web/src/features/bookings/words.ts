/** “Lisbon time”: the city of a time zone as people say it. */
export function zoneName(timeZone: string): string {
  const city = timeZone.split("/").at(-1)?.replaceAll("_", " ");
  return timeZone === "UTC" || !city ? "UTC" : `${city} time`;
}

export function totalMinutes(sections: readonly { seconds: number }[]): number {
  return Math.max(1, Math.round(sections.reduce((sum, section) => sum + section.seconds, 0) / 60));
}

/** Where a sitting's end says more than its length: a window in which one may begin. */
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
