import type { ReportBlock, ReportStep, ReportTable, StepDrawing } from "@bandwise/credentials/report-pdf";
import type { IelpSection } from "@bandwise/scoring/schemes/ielp";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import type { SectionTrace, TaskTrace } from "@bandwise/scoring/trace";
import { inWords, pinOf, sectionNames, traceOrder, trimDecimals } from "./report-words.ts";
import type { IelpOutput, IeltsSpeakingOutput, IetSpeakingOutput } from "./rules.ts";
import { packBlocks, rowEnds, tableRows, traceBlocks } from "./trace-geometry.ts";
import { interviewSteps, overallWords, sectionSteps, spokenPlace } from "./trace-words.ts";

/** Every section of an examination in four skills from its parts to its band, and the overall band. */
export function sectionBlocks({ trace }: IelpOutput): ReportBlock[] {
  const { arithmetic, place } = overallWords(trace);
  const { band, cefr } = trace.overall;
  return [
    { kind: "text", lead: "Overall", text: `${arithmetic}${band}, ${place}, so ${cefr}.` },
    ...traceOrder.map((section): ReportBlock => {
      const own = trace.sections[section];
      return {
        kind: "steps",
        title: sectionNames[section],
        steps: sectionSteps(own).map(({ id, ...words }) => ({
          ...words,
          ...drawingOf(id, own),
          ...(id === "parts" && own.kind === "rated" ? { table: taskTable(own.tasks) } : {}),
        })),
      };
    }),
  ];
}

function drawingOf(
  id: ReturnType<typeof sectionSteps>[number]["id"],
  trace: SectionTrace,
): { drawing: StepDrawing | null; alt: string } {
  const { place, raw, max, section } = trace;
  const at = (100 * Number(raw)) / Number(max);
  switch (id) {
    case "parts": {
      // The fonts have few of the signs for fractions: two thirds are 2/3.
      const blocks = traceBlocks(trace).map((block) => ({
        ...block,
        figure: block.figure.normalize("NFKC").replace("⁄", "/"),
      }));
      return { drawing: { kind: "blocks", blocks }, alt: `${blocks.map(({ title }) => title).join("; ")}.` };
    }
    case "raw": {
      const parts = trace.kind === "raw" ? [{ start: 0, width: at }] : packBlocks(traceBlocks(trace));
      return { drawing: { kind: "packed", parts, at }, alt: `The earned parts end to end reach ${raw} of ${max}.` };
    }
    case "row":
      return {
        drawing: { kind: "rows", ...rowsOf(section, place.below ? null : place.row), at },
        alt: place.below
          ? "The ten rows of the table; the raw score lies before the first."
          : `The ten rows of the table; row ${place.row}, ${place.lower} to ${place.upper}, holds ${raw}.`,
      };
    case "step": {
      if (place.below) return { drawing: null, alt: "" };
      const row = tableRows(section, place.row)[place.row - 1];
      const labels = Array.from({ length: 10 }, (_, step) => (place.row - 1 + (step + 1) / 10).toFixed(1));
      return {
        drawing: { kind: "opened", start: row?.start ?? 0, width: row?.width ?? 0, labels, held: place.step - 1 },
        alt: `The row opened into ten steps; step ${place.step} gives band ${place.band}.`,
      };
    }
    case "band":
      return {
        drawing: { kind: "scale", value: pinOf(place.band, place.cefr) },
        alt: `Band ${place.band} on a scale from 0 to 10, level ${place.cefr}.`,
      };
  }
}

function rowsOf(section: IelpSection, held: number | null) {
  return { rows: tableRows(section, held), ends: rowEnds(section, held).filter(({ room }) => room !== "none") };
}

/** Criteria down, tasks across: mean of each criterion, mean of the task, weight, points. */
function taskTable(tasks: readonly TaskTrace[]): ReportTable {
  const line = (name: string, value: (task: TaskTrace) => string, strong = false) => ({
    cells: [name, ...tasks.map(value)],
    strong,
  });
  return {
    kind: "table",
    head: ["Task", ...tasks.map(({ level }) => level)],
    rows: [
      ...(tasks[0]?.criteria ?? []).map(({ criterion }, place) =>
        line(inWords(criterion), ({ criteria }) => trimDecimals(criteria[place]?.meanDecimal ?? "", 1)),
      ),
      line("Mean", ({ meanDecimal }) => trimDecimals(meanDecimal, 1), true),
      line("× weight", ({ weight }) => trimDecimals(weight, 2)),
      line("Points", ({ contributionDecimal }) => trimDecimals(contributionDecimal, 2), true),
    ],
  };
}

export function interviewBlocks(output: IeltsSpeakingOutput): ReportBlock[] {
  return [
    {
      kind: "steps",
      title: null,
      steps: interviewSteps(output).map(
        ({ title, text, figure, at }): ReportStep => ({
          title,
          text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
          figure,
          unit: "",
          drawing: { kind: "scale", value: Number(at) },
          alt: `${at} on a scale from 0 to 9.`,
        }),
      ),
    },
  ];
}

export function spokenSteps(output: IetSpeakingOutput): ReportBlock {
  const { trace, overall } = output;
  const on = (value: string) => ({
    figure: value,
    drawing: { kind: "scale", value: Number(value) } as const,
    alt: `Score ${value} on a scale from 0 to 100.`,
  });
  return {
    kind: "steps",
    title: null,
    steps: [
      ...trace.tasks.map(({ task, criteria, score }) => ({
        title: IET_SPEAKING.tasks.find(({ id }) => id === task)?.title ?? task,
        text: `(${criteria.map(({ meanDecimal }) => trimDecimals(meanDecimal)).join(" + ")}) ÷ ${criteria.length}`,
        unit: "of 100",
        ...on(score),
      })),
      {
        title: "Overall, their mean",
        text: `${overall} ${spokenPlace(output)}.`,
        unit: output.cefr === "below A1" ? "Below A1" : output.cefr,
        ...on(overall),
      },
    ],
  };
}
