import type { IelpSection } from "@bandwise/scoring/schemes/ielp";
import type { BandPlace, SectionTrace } from "@bandwise/scoring/trace";
import type { ReactNode } from "react";
import { Ruler, type RulerGround } from "@/ui/ruler.tsx";
import { bandLabel, bandSegments } from "../scale/band-scale.ts";
import { Blocks, Packed, TableRows, TenSteps } from "./trace-drawings.tsx";
import { traceBlocks } from "./trace-geometry.ts";
import { ItemTable, TaskTable } from "./trace-table.tsx";
import {
  bandSpan,
  creditText,
  exactText,
  inWords,
  ordinal,
  ordinalWord,
  pinOf,
  sectionNames,
  trimDecimals,
} from "./words.ts";

/** One section from its items to its band: five steps, each with its words, its drawing and its figure. */
export function SectionTraceSteps({ trace, ground }: { trace: SectionTrace; ground: RulerGround }) {
  const { section, place, raw, max } = trace;
  const blocks = traceBlocks(trace, {
    credit: creditText,
    mean: (decimal) => trimDecimals(decimal, 1),
    name: inWords,
  });
  return (
    <ol className="trace-steps">
      {trace.kind === "objective" ? (
        <Step
          title="Items, weighed by level"
          text="Two items at each level, A1 to C2. A block is as wide as its weight; the filled part is the credit earned."
          figure={String(trace.items.length)}
          unit={`items, ${max} possible`}
          below={<ItemTable items={trace.items} />}
        >
          <Blocks blocks={blocks} />
        </Step>
      ) : null}
      {trace.kind === "rated" ? (
        <Step
          title="Tasks, weighed by level"
          text="A block is as wide as its weight and filled up to the mean of the criteria, each marked from 0 to 10."
          figure={String(trace.tasks.length)}
          unit={`tasks, ${max} possible`}
          below={<TaskTable tasks={trace.tasks} section={section === "writing" ? "writing" : "speaking"} />}
        >
          <Blocks blocks={blocks} />
        </Step>
      ) : null}
      <Step title="Raw score" text={rawText(trace)} figure={raw} unit={`of ${max}`}>
        <Packed blocks={blocks} raw={Number(raw)} maximum={Number(max)} />
      </Step>
      <Step
        title="Row of the table"
        text={rowText(place)}
        figure={place.below ? "none" : ordinal(place.row)}
        unit="of ten rows"
      >
        <TableRows section={section} held={place.below ? null : place.row} raw={(100 * Number(raw)) / Number(max)} />
      </Step>
      <Step
        title="Step within the row"
        text={stepText(place)}
        figure={place.band}
        unit={place.below ? "no step" : `${place.row - 1} + ${place.step} × 0.10`}
      >
        {place.below ? null : <TenSteps section={section} row={place.row} step={place.step} />}
      </Step>
      <Step title="Band and level" text={bandText(place)} figure={levelText(place)} unit={sectionNames[section]} last>
        <Ruler
          segments={bandSegments}
          value={pinOf(place.band, place.cefr)}
          valueText={place.band}
          ground={ground}
          label={`${sectionNames[section]}: ${bandLabel({ text: place.band, level: place.cefr })}`}
        />
      </Step>
    </ol>
  );
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

function rawText(trace: SectionTrace): string {
  if (trace.kind === "raw") return "Given as a raw score.";
  // The exact sum may need a rounding to two decimals; it is said only where it happened.
  const exact = exactText(trace.exactRaw);
  const rounded = trimDecimals(trace.raw) !== exact;
  return rounded
    ? `The filled parts, put end to end: ${exact}, rounded once to two decimals.`
    : "The filled parts, put end to end.";
}

function rowText(place: BandPlace): string {
  if (place.below) return `${place.raw} lies below the table, which begins at 1.00.`;
  if (place.raw === place.upper) return `${place.raw} is the upper end of the row ${place.lower}–${place.upper}.`;
  return `${place.raw} lies in the row ${place.lower}–${place.upper}.`;
}

function stepText(place: BandPlace): string {
  if (place.below) return "Without a row there are no steps: the band is 0.00.";
  const range = place.stepLower === place.stepUpper ? place.stepLower : `${place.stepLower}–${place.stepUpper}`;
  return `The row has ten steps of 0.10. ${place.raw} lies in the ${ordinalWord(place.step)}, ${range}.`;
}

function bandText(place: BandPlace): string {
  if (place.below) return "Band 0.00 is below A1.";
  const span = bandSpan(place.cefr);
  const sentence =
    span === null
      ? `The band is ${place.cefr}.`
      : span.above === "0.00"
        ? `Bands up to ${span.upTo} are ${place.cefr}.`
        : `Bands above ${span.above} and up to ${span.upTo} are ${place.cefr}.`;
  const [secured, next] = place.cefr.split("/");
  return next === undefined ? sentence : `${sentence} ${secured} is secured, ${next} has begun.`;
}

function levelText(place: BandPlace): string {
  return place.cefr === "below A1" ? "Below A1" : place.cefr;
}

/** The sections in the order of a sitting. */
export const traceOrder: readonly IelpSection[] = ["reading", "listening", "writing", "speaking"];
