import { pinOf, sectionNames } from "@bandwise/core/results/report-words";
import { traceBlocks } from "@bandwise/core/results/trace-geometry";
import { sectionSteps } from "@bandwise/core/results/trace-words";
import type { SectionTrace } from "@bandwise/scoring/trace";
import type { ReactNode } from "react";
import { Ruler, type RulerGround } from "@/ui/ruler.tsx";
import { bandLabel, bandSegments } from "../scale/band-scale.ts";
import { Blocks, Packed, TableRows, TenSteps } from "./trace-drawings.tsx";
import { ItemTable, TaskTable } from "./trace-table.tsx";

/** One section from its items to its band: five steps, each with its words, its drawing and its figure. */
export function SectionTraceSteps({ trace, ground }: { trace: SectionTrace; ground: RulerGround }) {
  return (
    <ol className="trace-steps">
      {sectionSteps(trace).map(({ id, ...words }) => (
        <Step key={id} {...words} below={id === "parts" ? <Parts trace={trace} /> : undefined} last={id === "band"}>
          <Drawing of={id} trace={trace} ground={ground} />
        </Step>
      ))}
    </ol>
  );
}

/** The figures of the first drawing. */
function Parts({ trace }: { trace: SectionTrace }) {
  if (trace.kind === "objective") return <ItemTable items={trace.items} />;
  return trace.kind === "rated" ? (
    <TaskTable tasks={trace.tasks} section={trace.section === "writing" ? "writing" : "speaking"} />
  ) : null;
}

function Drawing({
  of,
  trace,
  ground,
}: {
  of: ReturnType<typeof sectionSteps>[number]["id"];
  trace: SectionTrace;
  ground: RulerGround;
}) {
  const { section, place, raw, max } = trace;
  switch (of) {
    case "parts":
      return <Blocks blocks={traceBlocks(trace)} />;
    case "raw":
      return <Packed blocks={traceBlocks(trace)} raw={Number(raw)} maximum={Number(max)} />;
    case "row":
      return (
        <TableRows section={section} held={place.below ? null : place.row} raw={(100 * Number(raw)) / Number(max)} />
      );
    case "step":
      return place.below ? null : <TenSteps section={section} row={place.row} step={place.step} />;
    case "band":
      return (
        <Ruler
          segments={bandSegments}
          value={pinOf(place.band, place.cefr)}
          valueText={place.band}
          ground={ground}
          label={`${sectionNames[section]}: ${bandLabel({ text: place.band, level: place.cefr })}`}
        />
      );
  }
}

function Step({
  title,
  text,
  figure,
  unit,
  below,
  last = false,
  children,
}: {
  title: string;
  text: string;
  figure: string;
  unit: string;
  /** More figures of the step, under its drawing. */
  below?: ReactNode;
  last?: boolean;
  children: ReactNode;
}) {
  return (
    <li className="trace-step">
      <div className="trace-words">
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      <div className="min-w-0 max-desk:order-3 max-desk:col-span-2">{children}</div>
      <p className="trace-figure">
        <b className={last ? "text-accent" : undefined}>{figure}</b>
        <span>{unit}</span>
      </p>
      {below === undefined ? null : (
        <div className="min-w-0 max-desk:order-4 max-desk:col-span-2 desk:col-start-2">{below}</div>
      )}
    </li>
  );
}
