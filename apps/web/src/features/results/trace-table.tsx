import { creditText, inWords, trimDecimals } from "@bandwise/core/results/report-words";
import type { ItemTrace, TaskTrace } from "@bandwise/scoring/trace";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

const cell = "border-t border-line px-2 py-1 max-wide:px-[3px] first:pl-0 last:pr-0";
const figure = `${cell} text-right tabular-nums`;
const head = "px-2 py-1 max-wide:px-[3px] font-medium text-ink-3 first:pl-0 last:pr-0";

/** The figures of the first drawing, folded away: for those who do not see it, and for those who reckon along. */
export function ItemTable({ items }: { items: readonly ItemTrace[] }) {
  return (
    <Folded summary={`The ${items.length} items as a table`}>
      <table className="w-full text-ui max-wide:text-dense">
        <caption className="sr-only">Items in the order they were given, with level, weight and credit</caption>
        <thead>
          <tr className="text-left">
            <th scope="col" className={head}>
              Item
            </th>
            <th scope="col" className={head}>
              Level
            </th>
            <th scope="col" className={head}>
              Sub-skill
            </th>
            <th scope="col" className={`${head} text-right`}>
              Weight
            </th>
            <th scope="col" className={`${head} text-right`}>
              Credit
            </th>
            <th scope="col" className={`${head} text-right`}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.position}>
              <td className={`${cell} tabular-nums`}>{item.position}</td>
              <td className={cell}>{item.level}</td>
              <td className={cell}>{item.subSkill === undefined ? "" : inWords(item.subSkill)}</td>
              <td className={figure}>{item.weight}</td>
              <td className={figure}>{creditText(item.credit)}</td>
              <td className={figure}>{trimDecimals(item.contributionDecimal, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Folded>
  );
}

/** Criteria down, tasks across: mean of each criterion, mean of the task, weight, points. Always in sight: it is the step itself. */
export function TaskTable({ tasks, section }: { tasks: readonly TaskTrace[]; section: "writing" | "speaking" }) {
  const criteria = tasks[0]?.criteria.map(({ criterion }) => criterion) ?? [];
  const several = tasks.some((task) => task.criteria.some(({ scores }) => scores.length > 1));
  return (
    <>
      <table className="w-full text-ui max-wide:text-small">
        <caption className="sr-only">Scores of the {section} tasks by criterion, with weight and points</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left`}>
              Task
            </th>
            {tasks.map((task) => (
              <th key={task.position} scope="col" className={`${head} text-right text-ink`}>
                <abbr
                  className="no-underline"
                  title={`Task ${task.position}, level ${task.level}${task.subSkill === undefined ? "" : `, ${inWords(task.subSkill)}`}`}
                >
                  {task.level}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion, place) => (
            <tr key={criterion}>
              <th scope="row" className={`${cell} text-left font-normal text-ink-2`}>
                {inWords(criterion)}
              </th>
              {tasks.map((task) => (
                <td key={task.position} className={figure}>
                  {trimDecimals(task.criteria[place]?.meanDecimal ?? "", 1)}
                </td>
              ))}
            </tr>
          ))}
          <Line name="Mean" tasks={tasks} value={(task) => trimDecimals(task.meanDecimal, 1)} strong />
          <Line name="× weight" tasks={tasks} value={(task) => trimDecimals(task.weight, 2)} />
          <Line name="Points" tasks={tasks} value={(task) => trimDecimals(task.contributionDecimal, 2)} strong />
        </tbody>
      </table>
      {several ? (
        <p className="mt-1 text-ui text-ink-3">Where two examiners marked a task, their mean counts.</p>
      ) : null}
    </>
  );
}

function Line({
  name,
  tasks,
  value,
  strong = false,
}: {
  name: string;
  tasks: readonly TaskTrace[];
  value: (task: TaskTrace) => string;
  strong?: boolean;
}) {
  const weight = strong ? "font-semibold" : "font-normal";
  return (
    <tr>
      <th scope="row" className={`${cell} text-left ${weight} ${strong ? "" : "text-ink-2"}`}>
        {name}
      </th>
      {tasks.map((task) => (
        <td key={task.position} className={`${figure} ${weight}`}>
          {value(task)}
        </td>
      ))}
    </tr>
  );
}

function Folded({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="group -mb-2 print:hidden">
      <summary className="hit-line w-fit cursor-pointer list-none gap-1.5 text-ui text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 stroke-[1.75] group-open:rotate-90" aria-hidden="true" />
        {summary}
      </summary>
      <div className="pb-2">{children}</div>
    </details>
  );
}
