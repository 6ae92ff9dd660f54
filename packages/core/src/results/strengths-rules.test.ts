import { scoreIelp } from "@bandwise/scoring/ielp";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import { IELP, ielpSections } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { expect, test } from "vitest";
import { subSkills } from "../bank/schema.ts";
import { ielpAdvice } from "../schemes/ielp-advice-words.ts";
import { ieltsSpeakingAdvice } from "../schemes/ielts-speaking-advice-words.ts";
import { ietSpeakingAdvice } from "../schemes/iet-speaking-advice-words.ts";
import type { IelpOutput, StoredOutput } from "./rules.ts";
import { strengthsOf } from "./strengths-rules.ts";

const levels = ["A1", "A1", "A2", "A2", "B1", "B1", "B2", "B2", "C1", "C1", "C2", "C2"] as const;
const kinds = [
  "gist",
  "detail",
  "gist",
  "detail",
  "gist",
  "detail",
  "detail",
  "gist",
  "inference",
  "gist",
  "inference",
  "detail",
];

function skills(credits: readonly number[], writing: Partial<Record<string, number>> = {}, kindOf = kinds): IelpOutput {
  const items = levels.map((cefr, index) => ({
    cefr,
    credit: credits[index] ?? 0,
    subSkill: kindOf[index] ?? "detail",
  }));
  const marks = { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5, ...writing };
  return scoreIelp(
    {
      reading: items,
      listening: items.map((item, index) => ({ ...item, credit: index < 7 ? 1 : 0 })),
      writing: (["A", "B", "C"] as const).map((level) => ({ level, ratings: marks })),
      speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level) => ({
        level,
        ratings: { fluency: 5, accuracy: 5, range: 5, interaction: 5 },
      })),
    },
    { trace: true },
  ) as IelpOutput;
}

const evenCredits = [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];

test("a kind of items speaks from three on, and says how many there were", () => {
  const { tooFew, strengths } = strengthsOf(skills(evenCredits));
  expect(tooFew).toEqual([
    { section: "reading", title: "Inference", count: 2 },
    { section: "listening", title: "Inference", count: 2 },
  ]);
  expect(strengths).toEqual([]);
});

test("what went better than the rest leads to expect is a strength, what went worse the first step", () => {
  // Every gist item right, the hard ones too; every detail item past A1 wrong.
  const credits = kinds.map((kind) => (kind === "gist" ? 1 : 0));
  const { strengths, next, even } = strengthsOf(skills(credits));
  expect(strengths).toMatchObject([
    { section: "reading", id: "gist", evidence: expect.stringMatching(/^5 of 5 items/) },
  ]);
  expect(next[0]).toMatchObject({ section: "reading", id: "detail", evidence: expect.stringMatching(/^0 of 5 items/) });
  expect(next[0]?.words).toBe(ielpAdvice.reading.detail?.early);
  expect(even).toBe(false);
});

test("a criterion half a mark and more from the section's mean stands out", () => {
  const { strengths, next } = strengthsOf(skills(evenCredits, { grammar: 3, register: 6 }));
  expect(strengths).toMatchObject([
    { section: "writing", id: "register", evidence: "6.0 of 10 over 3 tasks, the section’s mean is 4.8" },
  ]);
  expect(next).toMatchObject([{ section: "writing", id: "grammar", words: ielpAdvice.writing.grammar?.later }]);
});

test("where nothing stands back the lowest section gets a step, and the report says that it is even", () => {
  const { next, even } = strengthsOf(skills(evenCredits));
  expect(even).toBe(true);
  expect(next).toHaveLength(1);
  expect(next[0]).toMatchObject({ id: "whole" });
});

test("an interview and a spoken test go by their criteria", () => {
  const interview = scoreIeltsSpeaking({ fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 }, { trace: true });
  expect(strengthsOf(interview as StoredOutput)).toMatchObject({
    strengths: [],
    next: [
      {
        id: "grammar",
        evidence: "One interview: 6.0, the four on average 6.63",
        words: ieltsSpeakingAdvice.grammar.later,
      },
    ],
    even: false,
  });
  const task = { fluency: 40, pronunciation: 30, grammar: 28, vocabulary: 30 };
  const spoken = scoreIetSpeaking([task, task, task, task], { trace: true });
  expect(strengthsOf(spoken as StoredOutput)).toMatchObject({
    strengths: [{ id: "fluency" }],
    next: [{ id: "grammar", words: ietSpeakingAdvice.grammar.early }],
    even: true,
  });
});

test("there is advice for every sub-skill and criterion, and no sentence stands twice", () => {
  for (const section of ["reading", "listening"] as const) {
    expect(Object.keys(ielpAdvice[section]).sort()).toEqual([...subSkills[section], "whole"].sort());
  }
  for (const section of ["writing", "speaking"] as const) {
    expect(Object.keys(ielpAdvice[section]).sort()).toEqual([...IELP.sections[section].criteria, "whole"].sort());
  }
  expect(Object.keys(ieltsSpeakingAdvice)).toEqual([...IELTS_SPEAKING.criteria]);
  expect(Object.keys(ietSpeakingAdvice)).toEqual([...IET_SPEAKING.criteria]);
  const all = [...ielpSections.map((section) => ielpAdvice[section]), ieltsSpeakingAdvice, ietSpeakingAdvice].flatMap(
    (section) => Object.values(section).flatMap((advice) => Object.values(advice)),
  );
  expect(new Set(all).size).toBe(all.length);
});
