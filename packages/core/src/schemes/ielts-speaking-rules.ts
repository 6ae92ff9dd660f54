import { ScoringError } from "@bandwise/scoring/error";
import { type IeltsSpeakingResult, scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { stampOf } from "@bandwise/scoring/scheme";
import { IELTS_SPEAKING, type IeltsCriterion } from "@bandwise/scoring/schemes/ielts-speaking";
import type { ProductScheme } from "./schema.ts";
import { isSameStamp } from "./stamp-rules.ts";

/** One interview, four criteria in half bands; no level of the Common European Framework. */
export const ieltsSpeaking: ProductScheme<IeltsSpeakingResult> = {
  stamp: stampOf(IELTS_SPEAKING),
  title: IELTS_SPEAKING.name,
  sat: "sat an IELTS-style speaking interview",
  partTitles: IELTS_SPEAKING.criterionTitles,
  scale: { noun: "Band", highest: 9, decimals: 1, every: 1, levels: [] },
  scorer: (stamp) =>
    isSameStamp(IELTS_SPEAKING, stamp)
      ? ({ tasks }, options) => {
          const [interview] = tasks;
          if (!interview || tasks.length !== 1) {
            throw new ScoringError("tasks", `needs 1 interview (has ${tasks.length})`);
          }
          return scoreIeltsSpeaking(interview.ratings as readonly Record<IeltsCriterion, number>[], options);
        }
      : null,
  summary: ({ overall, trace }) => ({
    overall: {
      score: overall,
      hundredths: Math.round(Number(overall) * 100),
      cefr: null,
      meaning: trace?.descriptor ? `${trace.descriptor}.` : betweenLevels(overall),
    },
    parts: (trace?.criteria ?? []).map(({ criterion, band }) => ({
      id: criterion,
      title: IELTS_SPEAKING.criterionTitles[criterion],
      score: band,
      cefr: null,
    })),
  }),
  notes: () => ["Bands run from 0 to 9 in halves."],
  workings: ({ mean, rounded, penalty, trace }) => ({
    steps: [
      { name: "mean", value: mean },
      { name: "rounded", value: rounded },
      { name: "penalty", value: penalty },
    ],
    notes: [
      `The mean of the four criteria is ${mean}, rounded to ${rounded}.`,
      penalty === "0.0"
        ? "Nothing is taken off: no criterion lies a whole band or more below it."
        : `${penalty} is taken off, once: ${listed(trace)} a whole band or more below it.`,
    ],
  }),
};

function listed(trace: IeltsSpeakingResult["trace"]): string {
  const names = (trace?.criteria ?? [])
    .filter(({ triggersPenalty }) => triggersPenalty)
    .map(({ criterion }) => IELTS_SPEAKING.criterionTitles[criterion]);
  if (names.length < 2) return `${names[0] ?? "a criterion"} lies`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} lie`;
}

/** Half bands 2.5, 1.5 and 0.5 have no words of their own. */
function betweenLevels(overall: string): string {
  const at = (halves: number) => IELTS_SPEAKING.overall.find((level) => level.halves === halves)?.descriptor ?? "";
  const halves = Math.round(Number(overall) * 2);
  return `Between “${at(halves - 1)}” and “${at(halves + 1)}”.`;
}
