import type { CalendarDay } from "@bandwise/core/practice/rules";
import { Check, Minus } from "lucide-react";
import { classNames } from "@/ui/class-names.ts";
import { weekdayWords } from "./words.ts";

const stateWords = { done: "practised", missed: "missed", coming: "planned", free: "" } as const;

const monthOf = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(new Date(date));

/** The weeks around today: what was planned, and what was done. */
export function PracticeCalendar({ weeks }: { weeks: readonly (readonly CalendarDay[])[] }) {
  return (
    <table className="w-full table-fixed text-center text-body">
      <caption className="sr-only">Practice by day</caption>
      <thead>
        <tr>
          {weekdayWords.map((day) => (
            <th key={day} scope="col" className="py-1 font-normal text-ink-2">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, at) => (
          <tr key={week[0]?.date}>
            {week.map(({ date, today, takes, state }, day) => (
              <td
                key={date}
                aria-current={today ? "date" : undefined}
                className={classNames("border border-line p-1 align-top", today && "bg-accent-soft")}
              >
                <span
                  className={classNames(
                    "block text-small tabular-nums",
                    today ? "font-semibold text-accent" : "text-ink-2",
                  )}
                >
                  {Number(date.slice(8))}
                  {date.endsWith("-01") || (at === 0 && day === 0) ? ` ${monthOf(date)}` : ""}
                </span>
                <span className="flex min-h-6 items-center justify-center gap-1">
                  {state === "done" ? <Check className="size-4 text-ok" aria-hidden="true" /> : null}
                  {state === "missed" ? <Minus className="size-4 text-warn" aria-hidden="true" /> : null}
                  {state === "coming" ? (
                    <span className="size-2 rounded-full bg-line-strong" aria-hidden="true" />
                  ) : null}
                  {takes > 1 ? <span className="tabular-nums">{takes}</span> : null}
                  <span className="sr-only">{stateWords[state]}</span>
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
