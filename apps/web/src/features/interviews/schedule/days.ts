/** Days as `2026-03-02` and times as `09:30`, the way form fields write them; reckoned without a zone. */

const dayMs = 86_400_000;

function dayOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? null : at;
}

export function addDays(day: string, days: number): string {
  return new Date((dayOf(day) ?? 0) + days * dayMs).toISOString().slice(0, 10);
}

/** Both ends included, a month at most. */
export function daysBetween(first: string, last: string, weekends: boolean): string[] {
  const from = dayOf(first);
  const until = dayOf(last);
  if (from === null || until === null) return [];
  const days: string[] = [];
  for (let at = from; at <= until && days.length < 31; at += dayMs) {
    const weekday = new Date(at).getUTCDay();
    if (weekends || (weekday !== 0 && weekday !== 6)) days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** The Monday of a day's week; of today's where the text is no day. */
export function mondayOf(text: string | undefined, today: string): string {
  const at = (text === undefined ? null : dayOf(text)) ?? dayOf(today) ?? 0;
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}

export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function wallOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
