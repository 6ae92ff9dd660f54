import { prepareEastAsian } from "./east-asian-fonts.ts";
import { Flow } from "./flow.ts";
import { drawReport } from "./report-drawing.ts";
import type { Scale, Span } from "./scale-drawing.ts";
import { Sheet } from "./sheet.ts";
import { taggedPdf } from "./tagged-pdf.ts";

/** A result as its report prints it, whatever its scheme. Dates are calendar dates (`2026-03-02`), scores as their scheme writes them. */
export interface ReportFacts {
  readonly reference: string;
  readonly name: string;
  readonly awardingBody: string;
  readonly examination: string;
  readonly centre: string;
  readonly satOn: string | null;
  readonly releasedOn: string | null;
  /** What a reader must know first, as that a newer result has replaced this one. */
  readonly warning: string | null;
  readonly scale: Scale;
  readonly overall: {
    readonly score: string;
    readonly cefr: string | null;
    /** “Proficient user”. */
    readonly group: string | null;
    readonly range: Span | null;
  };
  /** Sections or criteria, each drawn on the scale with its range. */
  readonly parts: readonly {
    readonly title: string;
    readonly score: string;
    readonly cefr: string | null;
    readonly range: Span | null;
  }[];
  /** Right under the scores: what they mean and how sure they are. */
  readonly meaning: readonly ReportBlock[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  readonly intro: string | null;
  readonly blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { readonly kind: "text"; readonly lead?: string; readonly text: string; readonly small?: boolean }
  /** Large figures side by side with what each is the mean of. */
  | {
      readonly kind: "composites";
      readonly lines: readonly { readonly title: string; readonly percent: number; readonly of: string }[];
    }
  /** Columns of shares in percent. */
  | {
      readonly kind: "shares";
      readonly groups: readonly {
        readonly title: string;
        readonly lines: readonly { readonly name: string; readonly percent: number }[];
      }[];
    }
  /** What is said of one thing after the other. */
  | {
      readonly kind: "entries";
      readonly title: string | null;
      readonly note: string | null;
      readonly entries: readonly {
        readonly title: string;
        readonly aside: string;
        readonly paragraphs: readonly string[];
      }[];
    }
  | ReportTable
  | { readonly kind: "steps"; readonly title: string | null; readonly steps: readonly ReportStep[] };

/** First column and first row are headings. */
export interface ReportTable {
  readonly kind: "table";
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly strong?: boolean }[];
}

export interface ReportStep {
  readonly title: string;
  readonly text: string;
  readonly figure: string;
  readonly unit: string;
  readonly drawing: StepDrawing | null;
  /** What the drawing shows, for those who do not see it. */
  readonly alt: string;
  readonly table?: ReportTable;
}

/** Places and widths in percent of the drawing's axis. */
export type StepDrawing =
  /** As wide as a weight, filled up to what was earned of it (0–1). */
  | {
      readonly kind: "blocks";
      readonly blocks: readonly {
        readonly start: number;
        readonly width: number;
        readonly fill: number;
        readonly level: string;
        readonly figure: string;
      }[];
    }
  /** The earned parts end to end. */
  | {
      readonly kind: "packed";
      readonly parts: readonly { readonly start: number; readonly width: number }[];
      readonly at: number;
    }
  /** The rows of a table along the axis, and the figures where they end. */
  | {
      readonly kind: "rows";
      readonly rows: readonly { readonly start: number; readonly width: number; readonly held: boolean }[];
      readonly ends: readonly { readonly at: number; readonly text: string; readonly held: boolean }[];
      readonly at: number;
    }
  /** One stretch of the axis opened into equal steps. */
  | {
      readonly kind: "opened";
      readonly start: number;
      readonly width: number;
      readonly labels: readonly string[];
      /** From 0. */
      readonly held: number;
    }
  /** A value on the report's scale. */
  | { readonly kind: "scale"; readonly value: number };

/** The report as a tagged PDF (PDF/UA-1) of as many A4 pages as it takes, numbered; the same bytes for the same facts. */
export async function renderReport(facts: ReportFacts): Promise<Uint8Array> {
  await prepareEastAsian(`${facts.name} ${facts.awardingBody} ${facts.centre} ${facts.examination}`);
  const on = facts.releasedOn ?? facts.satOn ?? "1970-01-01";
  return taggedPdf(
    {
      layout: "portrait",
      title: `Result report, ${facts.name}`,
      author: facts.awardingBody,
      subject: `${facts.examination}: overall ${facts.overall.score}. Attempt ${facts.reference}`,
      at: new Date(`${on}T00:00:00Z`),
    },
    (document) => drawReport(new Flow(new Sheet(document)), facts),
  );
}
