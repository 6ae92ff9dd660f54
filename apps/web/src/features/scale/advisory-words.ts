import type { Advisory } from "@bandwise/scoring/ielts-speaking";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";

/** What the overall level's descriptor says against a profile of criteria. */
export function advisoryWords({ level, rule, limit, allowed, criteria }: Advisory): string {
  const named = criteria.map((criterion) => IELTS_SPEAKING.criterionTitles[criterion]).join(", ");
  if (rule === "none-below") return `Band ${level} asks for nothing below ${limit}: ${named}.`;
  if (rule === "none-above") return `Band ${level} asks for nothing above ${limit}: ${named}.`;
  return `Band ${level} allows ${allowed} below ${limit}: ${named}.`;
}
