import type { Annotation } from "@bandwise/core/marking/schema";

export type Span = Extract<Annotation, { start: number }>;

export const isSpan = (annotation: Annotation): annotation is Span => "start" in annotation;

export interface Segment {
  readonly start: number;
  readonly text: string;
  /** Which annotations cover it, by their place in the list. */
  readonly covered: readonly number[];
  /** Those that begin here: their numbers are printed. */
  readonly begins: readonly number[];
}

/** A text cut where annotations begin and end; they may lie across each other. What points beyond the text is left out. */
export function segmentsOf(text: string, annotations: readonly Annotation[]): Segment[] {
  const spans = annotations.flatMap((annotation, index) =>
    isSpan(annotation) && annotation.end <= text.length ? [{ ...annotation, index }] : [],
  );
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1] ?? text.length;
    return {
      start,
      text: text.slice(start, end),
      covered: spans.filter((span) => span.start < end && span.end > start).map(({ index }) => index),
      begins: spans.filter((span) => span.start === start).map(({ index }) => index),
    };
  });
}

/** In the order of the answer, with the place each has in the list. */
export function inOrder(annotations: readonly Annotation[]): { annotation: Annotation; index: number }[] {
  const place = (annotation: Annotation) => (isSpan(annotation) ? annotation.start : annotation.atSeconds);
  return annotations
    .map((annotation, index) => ({ annotation, index }))
    .sort((a, b) => place(a.annotation) - place(b.annotation));
}
