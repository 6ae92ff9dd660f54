import type { CalendarDay } from "@bandwise/core/practice/rules";
import { Check, Minus } from "lucide-react";
import { weekdayWords } from "./words.ts";

const stateWords = { done: "practised", missed: "missed", coming: "planned", free: "" } as const;

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
        {weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map(({ date, takes, state }) => (
              <td key={date} className="border border-line p-1 align-top">
                <span className="block text-small text-ink-2 tabular-nums">{Number(date.slice(8))}</span>
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
