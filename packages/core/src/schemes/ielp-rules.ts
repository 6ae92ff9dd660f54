import type { LevelBand } from "@bandwise/scoring/cefr";
import { type IelpItem, type IelpResponses, type IelpResult, type IelpTask, scoreIelp } from "@bandwise/scoring/ielp";
import { findIelpScheme } from "@bandwise/scoring/ielp-scheme";
import { stampOf } from "@bandwise/scoring/scheme";
import { IELP, ielpSections, type SpeakingCriterion, type WritingCriterion } from "@bandwise/scoring/schemes/ielp";
import type { ProductScheme, SchemeParts } from "./schema.ts";

const titles = { reading: "Reading", listening: "Listening", writing: "Writing", speaking: "Speaking" } as const;

/** Four skills: a band each with its level, the overall band their mean. */
export const ielp: ProductScheme<IelpResult> = {
  stamp: stampOf(IELP),
  title: IELP.name,
  sat: "sat the IELP examination in four skills",
  partTitles: titles,
  scale: {
    noun: "Band",
    highest: 10,
    decimals: 2,
    every: 1,
    levels: [
      { to: 1, label: "A1" },
      { to: 2, label: "A1/A2" },
      { to: 3, label: "A2" },
      { to: 4, label: "B1" },
      { to: 5, label: "B1/B2" },
      { to: 6, label: "B2" },
      { to: 8, label: "C1" },
      { to: 10, label: "C2" },
    ],
  },
  scorer: (stamp = stampOf(IELP)) => {
    const scheme = findIelpScheme(stamp);
    return scheme === undefined ? null : (parts, options) => scoreIelp(ielpResponses(parts), { ...options, scheme });
  },
  summary: ({ overall, sections }) => ({
    overall: {
      score: overall.band,
      hundredths: Math.round(Number(overall.band) * 100),
      cefr: overall.cefr,
      meaning: IELP.levels[overall.cefr],
    },
    parts: ielpSections.map((id) => ({
      id,
      title: titles[id],
      score: sections[id].band,
      cefr: sections[id].cefr,
    })),
  }),
  notes: (version) => [
    "Overall is the mean of the four section bands on a scale from 0 to 10.",
    `Levels are those of the Common European Framework of Reference, by table ${version} of the examination.`,
  ],
  workings: ({ version }) => ({ steps: [], notes: ielp.notes(version) }),
};

/** The scoring package's view of an attempt's parts. It refuses a task without a level band or with a wrong criterion, naming the field. */
export function ielpResponses({ items, tasks }: SchemeParts): IelpResponses {
  const responses = {
    reading: [] as IelpItem[],
    listening: [] as IelpItem[],
    writing: [] as IelpTask<WritingCriterion>[],
    speaking: [] as IelpTask<SpeakingCriterion>[],
  };
  for (const { skill, level, credit, subSkill } of items) responses[skill].push({ cefr: level, credit, subSkill });
  for (const { skill, level, subSkill, ratings } of tasks) {
    const task = { level: level as LevelBand, subSkill };
    if (skill === "writing") {
      responses.writing.push({ ...task, ratings: ratings as Record<WritingCriterion, number>[] });
    } else {
      responses.speaking.push({ ...task, ratings: ratings as Record<SpeakingCriterion, number>[] });
    }
  }
  return responses;
}
