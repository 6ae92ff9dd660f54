import type { FaceName, FontFile } from "./font-files.ts";
import { runsOf } from "./fonts.ts";

export type Align = "left" | "center" | "right";

export interface Lettering {
  readonly face: FaceName;
  readonly size: number;
  readonly color: string;
  readonly align?: Align;
  /** Points between letters. */
  readonly spacing?: number;
}

type Element = PDFKit.PDFStructureElement;

/** A piece of a list or a row of a table; `before` turns the page or draws what is decoration, outside of every tag. */
interface Piece {
  readonly before?: () => void;
}

interface Cell {
  /** What the cell is the heading of. */
  readonly heads?: "Column" | "Row";
  readonly draw: () => void;
}

/** The pages of a tagged PDF: text set on baselines, everything drawn either as content of a tag or as an artifact. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  private readonly document: PDFKit.PDFDocument;
  private readonly root: Element;
  private readonly registered = new Set<string>();

  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
    this.width = document.page.width;
    this.height = document.page.height;
    this.root = document.struct("Document");
    document.addStructure(this.root);
  }

  /** Decoration: skipped by whoever reads the page aloud. */
  artifact(draw: () => void): void {
    this.document.markContent("Artifact", { type: "Layout" });
    draw();
    this.document.endMarkedContent();
  }

  /** A tagged piece of the page. Tags are read in the order in which they are made. */
  tag(type: string, draw: () => void, options: { actual?: string } = {}, parent: Element = this.root): void {
    const element = this.document.struct(type, options, [draw]);
    parent.add(element);
  }

  list(items: readonly (Piece & { readonly draw: () => void })[]): void {
    const list = this.document.struct("L");
    this.root.add(list);
    for (const { before, draw } of items) {
      before?.();
      const item = this.document.struct("LI");
      list.add(item);
      this.tag("LBody", draw, {}, item);
      item.end();
    }
    list.end();
  }

  table(rows: readonly (Piece & { readonly cells: readonly Cell[] })[]): void {
    const table = this.document.struct("Table");
    this.root.add(table);
    for (const { before, cells } of rows) {
      before?.();
      const row = this.document.struct("TR");
      table.add(row);
      for (const { heads, draw } of cells) {
        // Newer than the types: what a heading heads.
        const options = heads === undefined ? {} : ({ scope: heads } as object);
        row.add(this.document.struct(heads === undefined ? "TD" : "TH", options, [draw]));
      }
      row.end();
    }
    table.end();
  }

  /** What follows is drawn on a new page. */
  turn(): void {
    this.document.addPage();
  }

  /** Decoration of every page, once all are drawn. */
  everyPage(draw: (number: number, of: number) => void): void {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.document.switchToPage(page);
      this.artifact(() => draw(page - start + 1, count));
    }
  }

  /** A drawing with words in its place. The box is left, top, right, bottom in points from the top left. */
  figure(alt: string, bbox: readonly [number, number, number, number], draw: () => void): void {
    const options = { alt, bbox: [...bbox], placement: "Block" } as PDFKit.Mixins.StructureElementOptions;
    this.root.add(this.document.struct("Figure", options, [draw]));
  }

  /** A link: its text, and the place on the page that opens the address. */
  link(url: string, contents: string, box: readonly [number, number, number, number], draw: () => void): void {
    const paragraph = this.document.struct("P");
    this.root.add(paragraph);
    const open = this.document.struct("Link");
    paragraph.add(open);
    open.add(draw);
    const [left, top, right, bottom] = box;
    this.document.link(left, top, right - left, bottom - top, url, {
      structParent: open,
      // A PDF string, not a name: pdfkit tells the two apart by the wrapper.
      Contents: Object(contents),
    } as PDFKit.Mixins.AnnotationOption);
    open.end();
    paragraph.end();
  }

  widthOf(text: string, { face, size, spacing = 0 }: Omit<Lettering, "color">): number {
    let width = 0;
    for (const { text: piece, file } of runsOf(face, text)) {
      if (file === null) continue;
      this.use(file, size);
      width += this.document.widthOfString(piece, setting(file, spacing, piece));
    }
    return width;
  }

  /** Sets one line; `y` is its baseline, `x` its left end, middle or right end by `align`. */
  text(text: string, x: number, y: number, lettering: Lettering): void {
    const { face, size, color, align = "left", spacing = 0 } = lettering;
    let at = align === "left" ? x : x - this.widthOf(text, lettering) / (align === "right" ? 1 : 2);
    const runs = runsOf(face, text);
    for (const [index, { text: plain, file }] of runs.entries()) {
      if (file === null) throw new Error("a text was to be drawn that the fonts do not hold");
      // A space ends each text, so that pieces of one tag are not read as one word; from right to left it would stand before.
      const piece = index === runs.length - 1 && !file.rtl ? `${plain} ` : plain;
      this.use(file, size);
      this.document.fillColor(color);
      const outlined = file.outline ? { fill: true, stroke: true } : {};
      if (file.outline) this.document.strokeColor(color).lineWidth(file.outline * size);
      this.document.text(piece, at, y, {
        lineBreak: false,
        baseline: "alphabetic",
        ...setting(file, spacing, piece),
        ...outlined,
      });
      if (index < runs.length - 1) at += this.document.widthOfString(piece, setting(file, spacing, piece));
    }
  }

  /** Breaks a text into lines no wider than `width`; a word that is wider stands alone. */
  lines(text: string, width: number, lettering: Omit<Lettering, "color">): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && this.widthOf(longer, lettering) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return line === "" ? lines : [...lines, line];
  }

  rect(x: number, y: number, width: number, height: number, color: string): void {
    this.document.rect(x, y, width, height).fill(color);
  }

  frame(x: number, y: number, width: number, height: number, color: string, weight: number): void {
    this.document.lineWidth(weight).rect(x, y, width, height).stroke(color);
  }

  /** Horizontal or vertical lines and other paths, in SVG's language. */
  stroke(path: string, color: string, weight: number): void {
    this.document.lineWidth(weight).path(path).stroke(color);
  }

  fill(path: string, color: string): void {
    this.document.path(path).fill(color);
  }

  private use({ id, font }: FontFile, size: number): void {
    if (!this.registered.has(id)) {
      // pdfkit takes a font that fontkit has parsed already; its types know only bytes.
      this.document.registerFont(id, font as unknown as Uint8Array);
      this.registered.add(id);
    }
    this.document.font(id, size);
  }
}

/**
 * Joined letters are never spaced; asking for (no) features makes pdfkit shape the piece as a whole, not word by word. Figures
 * with a decimal point are tabular: Inter's kerning draws a 7 over the point after it.
 */
function setting(file: FontFile, spacing: number, piece: string): { characterSpacing: number; features?: "tnum"[] } {
  if (file.rtl) return { characterSpacing: 0, features: [] };
  return /\d\.\d/.test(piece) && file.id.startsWith("inter-")
    ? { characterSpacing: spacing, features: ["tnum"] }
    : { characterSpacing: spacing };
}
