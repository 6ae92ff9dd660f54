import type { getMarkingHome } from "@bandwise/core/marking/queries";
import type { RatedSkill } from "@bandwise/core/marking/schema";
import { formatDuration } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { TakeButton } from "./take-button.tsx";
import { skillNames } from "./words.ts";

type Home = Awaited<ReturnType<typeof getMarkingHome>>;

const levels = ["A", "B", "C"] as const;
/** After this long a script is late. */
const lateHours = 48;

/** What waits of one skill, by level, with the age of the oldest; and the way to the next one. */
export function QueueTable({ skill, home, first }: { skill: RatedSkill; home: Home; first: boolean }) {
  const lines = levels.map((level) => home.queues.find((queue) => queue.skill === skill && queue.level === level));
  const total = lines.reduce((sum, line) => sum + (line?.waiting ?? 0), 0);
  const holding = home.begun.some((script) => script.skill === skill && script.heldUntil);
  const id = `queue-${skill}`;
  return (
    <section aria-labelledby={id} className="rule-top">
      <SectionHeader
        level="staff"
        id={id}
        title={skillNames[skill]}
        actions={
          total > 0 || holding ? (
            <TakeButton skill={skill} holding={holding} variant={first ? "primary" : "secondary"} />
          ) : null
        }
      />
      {total === 0 ? (
        <p className="border-t border-line py-3 text-ink-2">Nothing waits. New scripts come in as candidates submit.</p>
      ) : (
        <table className="w-full text-dense [&_td]:h-8 [&_td]:border-b [&_td]:border-line [&_th]:h-8 [&_th]:border-b [&_th]:border-line [&_th]:text-left [&_thead_th]:text-small [&_thead_th]:font-medium [&_thead_th]:text-ink-3">
          <caption className="sr-only">{skillNames[skill]} scripts that wait, by level</caption>
          <thead>
            <tr>
              <th scope="col">Level</th>
              <th scope="col" className="text-right!">
                Waiting
              </th>
              <th scope="col" className="text-right!">
                Oldest
              </th>
            </tr>
          </thead>
          <tbody>
            {levels.map((level, index) => {
              const line = lines[index];
              const age = line?.oldest ? home.now.getTime() - line.oldest.getTime() : null;
              return (
                <tr key={level}>
                  <th scope="row" className="font-normal">
                    {level}
                  </th>
                  <td className="text-right tabular-nums">{line?.waiting ?? 0}</td>
                  <td className="text-right tabular-nums">
                    {age === null ? (
                      "–"
                    ) : age > lateHours * 3_600_000 ? (
                      <span className="font-medium text-bad">{formatDuration(age)}, late</span>
                    ) : (
                      formatDuration(age)
                    )}
                  </td>
                </tr>
              );
            })}
            <tr>
              <th scope="row" className="font-semibold">
                All
              </th>
              <td className="text-right font-semibold tabular-nums">{total}</td>
              <td />
            </tr>
          </tbody>
        </table>
      )}
    </section>
  );
}
