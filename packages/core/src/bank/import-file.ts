import type { ImportVerdict } from "./import-rules.ts";

/** An uploaded file of items, opened: what may be an item in it, in an order that stays the same. */
export interface ImportedFile {
  readonly format: "qti" | "csv";
  /** How many files or rows there are to look at. */
  readonly count: number;
  /** Null where that one is no item and was not to be one. */
  entry(position: number): Promise<ImportEntry | null>;
}

/** One item of an uploaded file, read and judged. */
export interface ImportEntry {
  readonly path: string;
  readonly identifier: string;
  readonly title: string;
  /** `qti-2.1`, `qti-2.2`, `qti-3.0` or `csv`. */
  readonly format: string;
  /** The item as it came. */
  readonly document: string;
  readonly contentHash: string;
  readonly verdict: ImportVerdict;
  readonly media: readonly { readonly name: string; content(): Promise<Uint8Array> }[];
}
