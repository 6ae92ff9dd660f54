import type { Flow } from "./flow.ts";
import { colors, printable } from "./paper.ts";
import type { ReportTable } from "./report-pdf.ts";

/** Figures to the right of the first column; a row is never parted. */
export function drawTable(
  flow: Flow,
  { head, rows }: ReportTable,
  { from, to, size = 8 }: { readonly from: number; readonly to: number; readonly size?: number },
): void {
  const { sheet } = flow;
  const high = rowHeight(size);
  const first = Math.max(
    60,
    ...[head, ...rows.map(({ cells }) => cells)].map(([name = ""]) =>
      sheet.widthOf(printable("ui", name), { face: "uiSemibold", size }),
    ),
  );
  const column = (to - from - first) / Math.max(1, head.length - 1);
  const x = (index: number) => (index === 0 ? from : from + first + column * index);
  sheet.table(
    [{ cells: head, strong: false }, ...rows].map(({ cells, strong = false }, row) => ({
      before: () => {
        flow.need(high);
        if (row > 0) sheet.artifact(() => sheet.stroke(`M${from} ${flow.y.toFixed(2)}H${to}`, colors.line, 0.5));
        flow.y += high;
      },
      cells: cells.map((text, index) => ({
        ...(row === 0 ? { heads: "Column" as const } : index === 0 ? { heads: "Row" as const } : {}),
        draw: () =>
          sheet.text(printable("ui", text), x(index), flow.y - high * 0.27, {
            face: strong ? "uiSemibold" : row === 0 ? "uiMedium" : "ui",
            size,
            color: row === 0 ? colors.ink3 : strong ? colors.ink : colors.ink2,
            align: index === 0 ? "left" : "right",
          }),
      })),
    })),
  );
}

export function rowHeight(size: number): number {
  return size < 9 ? size + 2.75 : size * 1.85;
}
