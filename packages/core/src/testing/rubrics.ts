import { IELP } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import type { Services } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";

const halves = (highest: number) => ({ lowest: 0, highest, step: 0.5 });

const rubrics = [
  { scheme: "ielp", skill: "writing", criteria: IELP.sections.writing.criteria, scale: halves(10) },
  { scheme: "ielp", skill: "speaking", criteria: IELP.sections.speaking.criteria, scale: halves(10) },
  { scheme: "ielts-speaking", skill: "speaking", criteria: IELTS_SPEAKING.criteria, scale: halves(9) },
  {
    scheme: "iet-speaking",
    skill: "speaking",
    criteria: IET_SPEAKING.criteria,
    scale: { lowest: 0, highest: 100, step: 1 },
  },
] as const;

/** A rubric for everything that is rated in any scheme, its criteria and scale the scheme's. */
export async function createTestRubrics({ db, ids, clock }: Services): Promise<void> {
  for (const { scheme, skill, criteria, scale } of rubrics) {
    const data = {
      id: scheme === "ielp" ? `ielp-${skill}` : scheme,
      version: 1,
      scheme,
      skill,
      scale,
      criteria: criteria.map((id) => ({
        id,
        name: id,
        summary: id,
        descriptors: [
          { score: 0, upTo: 1, text: "Nothing." },
          { score: scale.highest, text: "Everything." },
        ],
      })),
    };
    const row = { name: data.id, version: 1, scheme, skill, data, hash: contentHash(data), createdAt: clock.now() };
    await db.rubric.create({ data: { id: ids.uuid(), ...row } });
  }
}
