import { colors, printable } from "./paper.ts";
import type { Lettering, Sheet } from "./sheet.ts";

/** Points of an A4 page in portrait that a report writes in. */
export const left = 51;
export const right = 544;
/** The axis that everything on a report's scale is drawn to. */
export const axis = { from: 186, to: 468 } as const;
const top = 62;
const bottom = 784;

type Type = Omit<Lettering, "align">;

/** A place that moves down the pages of a report. */
export class Flow {
  readonly sheet: Sheet;
  /** The upper edge of what comes next. */
  y = top;

  constructor(sheet: Sheet) {
    this.sheet = sheet;
  }

  /** Whatever is this high stands on one page. */
  need(height: number): void {
    if (this.y + height > bottom) this.turn();
  }

  turn(): void {
    this.sheet.turn();
    this.y = top;
  }

  /** Nothing has been drawn on this page yet. */
  get isFresh(): boolean {
    return this.y === top;
  }

  /** A hairline over the full width, as decoration. */
  rule(color: string = colors.line, weight = 0.75): void {
    this.sheet.artifact(() => this.sheet.stroke(`M${left} ${this.y.toFixed(2)}H${right}`, color, weight));
  }

  /** A paragraph in a tag of its own; it stays on one page. */
  paragraph(text: string, type: Type, { tag = "P", x = left, width = right - left, after = 6 } = {}): void {
    const step = leading(type.size);
    const lines = this.sheet.lines(printable(type.face, text), width, type);
    this.need(step * lines.length);
    this.sheet.tag(tag, () => this.setLines(lines, x, this.y, type));
    this.y += step * lines.length + after;
  }

  /** Lines from an upper edge on; gives the lower one. */
  setLines(lines: readonly string[], x: number, y: number, type: Lettering): number {
    const step = leading(type.size);
    for (const [index, line] of lines.entries()) this.sheet.text(line, x, y + step * index + type.size, type);
    return y + step * lines.length;
  }

  /** The text's lines, without what the fonts lack. */
  linesOf(text: string, width: number, type: Type): string[] {
    return text === "" ? [] : this.sheet.lines(printable(type.face, text), width, type);
  }
}

/** From one baseline to the next. */
export function leading(size: number): number {
  return Math.round(size * 1.38 * 4) / 4;
}
