import { scoreIelp } from "@bandwise/scoring/ielp";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import type { getResult } from "../results/queries.ts";
import type { ScoreRange } from "../results/range-schema.ts";
import type { StoredOutput } from "../results/rules.ts";
import { schemeById, summaryOf } from "../schemes/rules.ts";
import type { MachineStanding } from "../schemes/schema.ts";

type OwnResult = Awaited<ReturnType<typeof getResult>>;

const levels = ["A1", "A1", "A2", "A2", "B1", "B1", "B2", "B2", "C1", "C1", "C2", "C2"] as const;
const readingKinds = ["detail", "gist", "detail", "reference", "inference", "detail", "vocabulary-in-context", "gist"];
const listeningKinds = [
  "specific-information",
  "gist",
  "detail",
  "function",
  "attitude-purpose",
  "detail",
  "inference",
];

function items(kinds: readonly string[], credits: readonly (number | string)[]) {
  return levels.map((cefr, place) => ({
    cefr,
    credit: credits[place] ?? 0,
    subSkill: kinds[place % kinds.length] ?? "detail",
  }));
}

/** An attempt in four skills, with partial credit and a task that two examiners marked. */
export function sampleSkills(): StoredOutput {
  const writing = (shift: number) => ({
    taskFulfilment: 7 + shift,
    coherence: 6.5 + shift,
    grammar: 5.5 + shift,
    vocabulary: 6.5 + shift,
    register: 7 + shift,
  });
  const speaking = (shift: number) => ({
    fluency: 7.5 + shift,
    accuracy: 6 + shift,
    range: 6.5 + shift,
    interaction: 8 + shift,
  });
  return scoreIelp(
    {
      reading: items(readingKinds, [1, 1, 1, 1, 1, "1/2", 1, "2/3", 1, 0, 0, "1/4"]),
      listening: items(listeningKinds, [1, 1, 1, 0, 1, 1, "1/3", 1, 0, 1, 0, 0]),
      writing: [
        { level: "A", ratings: [writing(1), writing(1.5)] },
        { level: "B", ratings: writing(0) },
        { level: "C", ratings: writing(-1.5) },
      ],
      speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level, place) => ({
        level,
        ratings: speaking([1.5, 1, 0.5, 0, -1, -1.5][place] ?? 0),
      })),
    },
    { trace: true },
  ) as StoredOutput;
}

/** The specification's second example: a penalty for unevenness. */
export function sampleInterview(): StoredOutput {
  return scoreIeltsSpeaking(
    { fluency: 5, vocabulary: 7, grammar: 5, pronunciation: 4.5 },
    { trace: true },
  ) as StoredOutput;
}

export function sampleSpokenTest(): StoredOutput {
  return scoreIetSpeaking(
    [
      { fluency: 70, pronunciation: 65.5, grammar: 60, vocabulary: 72 },
      { fluency: 62.25, pronunciation: 66, grammar: 58.5, vocabulary: 70 },
      { fluency: 68, pronunciation: 64, grammar: 61, vocabulary: 66.75 },
      { fluency: 55, pronunciation: 60, grammar: 52, vocabulary: 63 },
    ],
    { trace: true },
  ) as StoredOutput;
}

/** A released result as its candidate gets it. */
export function sampleResult(output: StoredOutput, name: string, machine: MachineStanding = "none"): OwnResult {
  const summary = summaryOf(output);
  const at = new Date("2026-02-28T10:00:00Z");
  return {
    id: "00000000-0000-4000-8000-000000000001",
    attemptId: "00000000-0000-4000-8000-000000000002",
    version: 1,
    status: "released",
    schemeId: output.scheme,
    schemeVersion: output.version,
    schemeHash: output.hash,
    scoreRange: null,
    createdAt: at,
    releasedAt: new Date("2026-03-02T09:00:00Z"),
    supersededAt: null,
    attempt: {
      id: "00000000-0000-4000-8000-000000000002",
      reference: "BW-7QK4M2",
      startedAt: at,
      submittedAt: at,
      candidate: { name },
      sitting: {
        centre: { name: "Northmere Centre", timeZone: "Europe/London" },
        programme: { title: schemeById(output.scheme).title },
      },
      results: [],
    },
    range: rangeAbout(output),
    certificate: {
      id: "00000000-0000-4000-8000-000000000003",
      code: "7QK4-M2XP-9TRD-K8WD",
      status: "valid",
      validUntil: new Date("2028-03-02T23:59:59Z"),
    },
    output,
    replacedById: null,
    summary,
    machine,
    remarked: [],
  };
}

/** Some range about each score, kept within the scale. */
function rangeAbout(output: StoredOutput): ScoreRange {
  const { overall, parts } = summaryOf(output);
  const { highest, decimals } = schemeById(output.scheme).scale;
  const about = (score: string, error: number) => ({
    error: error.toFixed(2),
    low: Math.max(0, Number(score) - error).toFixed(decimals),
    high: Math.min(highest, Number(score) + error).toFixed(decimals),
  });
  return {
    format: 1,
    sections: Object.fromEntries(
      parts.map(({ id, score }, place) => [
        id,
        {
          method: output.scheme === "ielp" && place < 2 ? ("items" as const) : ("tolerance" as const),
          rawError: "1.00",
          ...about(score, highest / 18),
        },
      ]),
    ),
    overall: about(overall.score, highest / 30),
  };
}
