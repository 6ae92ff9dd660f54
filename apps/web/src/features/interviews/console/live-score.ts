import { type Bands, type BandsInProgress, bands } from "@bandwise/core/interviews/ledger";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { advisoryWords } from "../../scale/advisory-words.ts";

export interface LiveScore {
  readonly bands: Bands;
  readonly mean: string;
  readonly rounded: string;
  readonly penalty: string;
  readonly overall: string;
  /** The overall level's wording; null for the levels the scale has none for. */
  readonly descriptor: string | null;
  /** Which criteria lie a level or more below the rounded band. */
  readonly uneven: readonly string[];
  readonly advisories: readonly string[];
}

/** What the four bands come to, by the scheme's own arithmetic; null until all four are there. */
export function liveScore(given: BandsInProgress): LiveScore | null {
  const complete = bands.safeParse(given);
  if (!complete.success) return null;
  const { mean, rounded, penalty, overall, advisories, trace } = scoreIeltsSpeaking(complete.data, { trace: true });
  return {
    bands: complete.data,
    mean,
    rounded,
    penalty,
    overall,
    descriptor: trace?.descriptor ?? null,
    uneven: (trace?.criteria ?? []).flatMap(({ criterion, triggersPenalty }) =>
      triggersPenalty ? [IELTS_SPEAKING.criterionTitles[criterion]] : [],
    ),
    advisories: advisories.map(advisoryWords),
  };
}
