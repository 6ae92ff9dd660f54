import type { RatingScale, RubricFile } from "@bandwise/core/marking/schema";
import { formatMark } from "../../ui/format.ts";

export type Criterion = RubricFile["criteria"][number];
export type Descriptor = Criterion["descriptors"][number];

/** Where a mark stands among the described ones: at one of them, or between two. */
export type Standing =
  | { readonly kind: "at"; readonly descriptor: Descriptor; readonly neighbours: readonly Descriptor[] }
  | {
      readonly kind: "between";
      readonly lower: Descriptor;
      readonly upper: Descriptor;
      readonly nearer: Descriptor | null;
    };

/** A mark as its scale writes it: `6.5` in halves, `67` in wholes. */
export function markText({ step }: RatingScale, mark: number): string {
  return step < 1 ? formatMark(mark) : String(mark);
}

/** The score a descriptor is for, as a marker reads it: `0–1`, `6`. */
export function scoreText({ score, upTo }: Descriptor): string {
  return upTo === undefined ? String(score) : `${score}–${upTo}`;
}

/** @throws for a criterion whose descriptors do not reach over its whole scale. */
export function standingOf({ id, descriptors }: Criterion, mark: number): Standing {
  const index = descriptors.findLastIndex(({ score }) => score <= mark);
  const lower = descriptors[index];
  if (!lower) throw new Error(`no descriptor of ${id} lies at or under ${mark}`);
  const end = lower.upTo ?? lower.score;
  const upper = descriptors[index + 1];
  if (mark <= end) {
    const other = upper ?? descriptors[index - 1];
    return {
      kind: "at",
      descriptor: lower,
      neighbours: other ? [lower, other].toSorted((a, b) => a.score - b.score) : [lower],
    };
  }
  if (!upper) throw new Error(`no descriptor of ${id} lies at or over ${mark}`);
  const below = mark - end;
  const above = upper.score - mark;
  return { kind: "between", lower, upper, nearer: below === above ? null : below < above ? lower : upper };
}

/** The first sentence says the most: it stands for a descriptor where there is one line. */
export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/su.exec(text)?.[0] ?? text;
}
