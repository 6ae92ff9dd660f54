import { axis, type Flow, leading, left, right } from "./flow.ts";
import { colors } from "./paper.ts";
import type { ReportStep, StepDrawing } from "./report-pdf.ts";
import { drawTable, rowHeight } from "./report-table.ts";
import { drawTrack, type Scale } from "./scale-drawing.ts";
import type { Sheet } from "./sheet.ts";

const title = { face: "uiSemibold", size: 9, color: colors.ink } as const;
const text = { face: "ui", size: 8, color: colors.ink2 } as const;
const wordsWidth = axis.from - left - 10;

const heights: Readonly<Record<StepDrawing["kind"], number>> = {
  blocks: 46,
  packed: 22,
  rows: 31,
  opened: 35,
  scale: 22,
};

function measure(flow: Flow, step: ReportStep) {
  const titles = flow.linesOf(step.title, wordsWidth, title);
  const lines = flow.linesOf(step.text, wordsWidth, text);
  const words = titles.length * leading(title.size) + lines.length * leading(text.size);
  const drawn = step.drawing === null ? 0 : heights[step.drawing.kind];
  const table = step.table === undefined ? 0 : rowHeight(8) * (step.table.rows.length + 1) + 4;
  return { titles, lines, words, drawn, height: Math.max(words, drawn + table) + 9 };
}

/** How high all of them stand. */
export function stepsHeight(flow: Flow, steps: readonly ReportStep[]): number {
  return steps.reduce((sum, step) => sum + measure(flow, step).height, 0);
}

/** Every step with its words, its drawing and its figure, side by side; a step stays on one page. */
export function drawSteps(flow: Flow, steps: readonly ReportStep[], scale: Scale): void {
  const { sheet } = flow;
  for (const [index, step] of steps.entries()) {
    const { titles, lines, words, drawn, height } = measure(flow, step);
    flow.need(height);
    flow.rule();
    const top = flow.y + 4.5;
    sheet.tag("P", () => flow.setLines(lines, left, flow.setLines(titles, left, top, title), text));
    const { drawing } = step;
    if (drawing !== null) {
      sheet.figure(step.alt, [axis.from, top, axis.to, top + drawn], () => draw(sheet, drawing, scale, top));
    }
    sheet.tag("P", () => {
      const last = index === steps.length - 1;
      sheet.text(step.figure, right, top + 12, {
        face: "readSemibold",
        size: step.figure.length > 7 ? 11 : 14,
        color: last ? colors.accent : colors.ink,
        align: "right",
      });
      flow.setLines(flow.linesOf(step.unit, right - axis.to - 8, text), right, top + 15, {
        ...text,
        color: colors.ink3,
        align: "right",
      });
    });
    flow.y = top + drawn;
    if (step.table !== undefined) {
      flow.y += 4;
      drawTable(flow, step.table, axis);
    }
    flow.y = Math.max(flow.y, top + words) + 4.5;
  }
  flow.rule();
  flow.y += 12;
}

const x = (percent: number) => axis.from + ((axis.to - axis.from) * percent) / 100;

function draw(sheet: Sheet, drawing: StepDrawing, scale: Scale, top: number): void {
  switch (drawing.kind) {
    case "blocks":
      drawBlocks(sheet, drawing, top);
      return;
    case "packed": {
      sheet.rect(axis.from, top + 1, axis.to - axis.from, 17, colors.sunken);
      for (const { start, width } of drawing.parts)
        sheet.rect(x(start), top + 1, x(start + width) - x(start) - 0.75, 17, colors.accent);
      sheet.stroke(`M${x(drawing.at).toFixed(2)} ${top - 2}v23`, colors.ink, 1);
      return;
    }
    case "rows":
      drawRows(sheet, drawing, top);
      return;
    case "opened":
      drawOpened(sheet, drawing, top);
      return;
    case "scale": {
      drawTrack(sheet, { scale, value: drawing.value }, { ...axis, top: top + 6 }, 14);
      const at = x((100 * Math.max(0, drawing.value)) / scale.highest);
      sheet.fill(`M${(at - 4).toFixed(2)} ${top}h8L${at.toFixed(2)} ${top + 6}Z`, colors.ink);
      return;
    }
  }
}

function drawBlocks(sheet: Sheet, { blocks }: Extract<StepDrawing, { kind: "blocks" }>, top: number): void {
  for (const { start, width, fill, level, figure } of blocks) {
    const [from, to] = [x(start), x(start + width) - 2];
    const middle = (from + to) / 2;
    sheet.text(level, middle, top + 7, { face: "ui", size: 7.5, color: colors.ink3, align: "center" });
    if (fill > 0) sheet.rect(from, top + 11, (to - from) * fill, 22, colors.accent);
    sheet.frame(from + 0.5, top + 11.5, to - from - 1, 21, fill > 0 ? colors.accent : colors.lineStrong, 1);
    sheet.text(figure, middle, top + 43, {
      face: "uiMedium",
      size: 7.5,
      color: fill > 0 ? colors.ink : colors.ink3,
      align: "center",
    });
  }
}

function drawRows(sheet: Sheet, { rows, ends, at }: Extract<StepDrawing, { kind: "rows" }>, top: number): void {
  for (const { start, width, held } of rows) {
    const [from, to] = [x(start), x(start + width)];
    if (held) sheet.rect(from, top + 1, to - from, 16, colors.accentSoft);
    sheet.frame(from, top + 1, to - from, 16, colors.lineStrong, 0.5);
  }
  for (const { start, width } of rows.filter(({ held }) => held)) {
    sheet.frame(x(start), top + 1, x(start + width) - x(start), 16, colors.accent, 1.5);
  }
  if (!rows.some(({ held }) => held)) sheet.stroke(`M${x(at).toFixed(2)} ${top}v18`, colors.accent, 1.5);
  // Those of the held row first: others stand where they leave room.
  const taken: (readonly [number, number])[] = [];
  for (const end of ends.toSorted((a, b) => Number(b.held) - Number(a.held))) {
    const type = { face: end.held ? "uiSemibold" : "ui", size: 7.5 } as const;
    const width = sheet.widthOf(end.text, type);
    const from = Math.min(axis.to - width, Math.max(axis.from, x(end.at) - width / 2));
    if (taken.some(([start, stop]) => from < stop + 3 && start < from + width + 3)) continue;
    taken.push([from, from + width]);
    sheet.text(end.text, from, top + 27, { ...type, color: end.held ? colors.ink : colors.ink3 });
  }
}

function drawOpened(
  sheet: Sheet,
  { start, width, labels, held }: Extract<StepDrawing, { kind: "opened" }>,
  top: number,
): void {
  const [from, to] = [x(start).toFixed(2), x(start + width).toFixed(2)];
  sheet.fill(`M${from} ${top}L${axis.from} ${top + 13}H${axis.to}L${to} ${top}Z`, colors.accentSoft);
  sheet.rect(axis.from, top + 13, axis.to - axis.from, 17, colors.accentSoft);
  const step = (axis.to - axis.from) / labels.length;
  for (const [index, words] of labels.entries()) {
    const at = axis.from + step * index;
    if (index === held) sheet.rect(at, top + 13, step, 17, colors.accent);
    else if (index > 0 && index !== held + 1) sheet.stroke(`M${at.toFixed(2)} ${top + 14}v15`, colors.lineStrong, 0.5);
    sheet.text(words, at + step / 2, top + 24.5, {
      face: index === held ? "uiSemibold" : "ui",
      size: 8,
      color: index === held ? colors.labelLight : colors.accent,
      align: "center",
    });
  }
  sheet.frame(axis.from, top + 13, axis.to - axis.from, 17, colors.accent, 0.75);
}
