/** Goals and the calendar of practice: values and the time in, what is shown out. */

export interface PracticeGoal {
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  readonly tasksADay: number;
  /** When it was last set: no day before it is missed. */
  readonly since: Date;
}

export interface CalendarDay {
  /** `2026-03-02` */
  readonly date: string;
  readonly today: boolean;
  readonly takes: number;
  readonly planned: boolean;
  readonly state: "done" | "missed" | "coming" | "free";
}

const dayMs = 86_400_000;

/** The day it is somewhere, as `2026-03-02`. */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/**
 * Whole weeks from Monday: so many before this one, this one, and the next. A planned day is done once it has as many answers
 * as the goal asks for; without a goal any day with an answer is done.
 */
export function practiceCalendar(
  takes: readonly { readonly createdAt: Date }[],
  goal: PracticeGoal | null,
  now: Date,
  timeZone: string,
  weeksBack = 4,
): CalendarDay[][] {
  const counts = new Map<string, number>();
  for (const { createdAt } of takes) {
    const day = dayIn(timeZone, createdAt);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const today = dayIn(timeZone, now);
  const since = goal && dayIn(timeZone, goal.since);
  const monday = Date.parse(`${today}T00:00:00Z`) - (weekdayOf(today) - 1) * dayMs;
  return Array.from({ length: weeksBack + 2 }, (_, week) =>
    Array.from({ length: 7 }, (_, day): CalendarDay => {
      const date = new Date(monday + ((week - weeksBack) * 7 + day) * dayMs).toISOString().slice(0, 10);
      const count = counts.get(date) ?? 0;
      const planned = goal?.weekdays.includes(day + 1) ?? false;
      return {
        date,
        today: date === today,
        takes: count,
        planned,
        state: stateOf({ date, today, since, count, planned, goal }),
      };
    }),
  );
}

function stateOf(day: {
  date: string;
  today: string;
  since: string | null;
  count: number;
  planned: boolean;
  goal: PracticeGoal | null;
}): CalendarDay["state"] {
  if (day.count > 0 && day.count >= (day.planned && day.goal ? day.goal.tasksADay : 1)) return "done";
  if (!day.planned || (day.since !== null && day.date < day.since)) return "free";
  return day.date < day.today ? "missed" : "coming";
}

/** The task somebody meets next: one they have never practised, else the one they left longest ago. */
export function nextToPractise<T extends { readonly id: string }>(
  tasks: readonly T[],
  takes: readonly { readonly itemVersionId: string; readonly createdAt: Date }[],
): T | undefined {
  const last = (id: string): number =>
    Math.max(0, ...takes.filter((take) => take.itemVersionId === id).map(({ createdAt }) => createdAt.getTime()));
  return tasks.toSorted((a, b) => last(a.id) - last(b.id) || (a.id < b.id ? -1 : 1))[0];
}
