import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { RulerSegment } from "@/ui/ruler-geometry.ts";

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
