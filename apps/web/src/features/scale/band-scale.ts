import type { ScoreScale } from "@bandwise/core/schemes/schema";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { RulerAxis, RulerSegment } from "@/ui/ruler-geometry.ts";

/** The levels along the 0–10 band scale, as the ruler draws them: row i of the scheme's table ends at band i + 1. */
export const bandSegments: readonly RulerSegment[] = IELP.rows.flatMap(({ cefr }, index) => {
  // Two rows of one level are one segment.
  if (IELP.rows[index + 1]?.cefr === cefr) return [];
  const [lower, upper] = cefr.split("/");
  return [
    {
      to: index + 1,
      label: cefr,
      ...(lower !== undefined && upper !== undefined ? { short: [`${lower}/`, upper] as const } : {}),
    },
  ];
});

/** What a ruler says to those who do not see it. */
export function bandLabel(band: { text: string; level: string; range?: string | undefined }): string {
  const range = band.range === undefined ? "" : ` Score range ${band.range.replace("–", " to ")}.`;
  return `Band ${band.text} on a scale from 0 to 10, level ${band.level}.${range}`;
}

/** A scheme's scale as the ruler draws it: its levels, or where it has none a step for each whole. */
export function rulerOf({ highest, every, levels }: ScoreScale): {
  segments: readonly RulerSegment[];
  axis: RulerAxis;
} {
  const axis = { highest, every };
  if (levels.length === 0) {
    return {
      axis,
      segments: Array.from({ length: highest / every }, (_, at) => ({ to: (at + 1) * every, label: "" })),
    };
  }
  if (highest === 10) return { axis, segments: bandSegments };
  return { axis, segments: levels.map(({ to, label }) => ({ to, label })) };
}

/** As `bandLabel`, of any scheme's score. */
export function scoreLabel(
  { noun, highest }: ScoreScale,
  { score, cefr }: { score: string; cefr: string | null },
): string {
  return `${noun} ${score} on a scale from 0 to ${highest}${cefr === null ? "" : `, level ${cefr}`}.`;
}
