import { expect, test } from "vitest";
import type { BankItem } from "./schema.ts";
import { soundProblem, soundWarnings, transcriptFindings } from "./sound-rules.ts";

const sound = { durationSeconds: 20, loudness: -16, peak: -3, clipped: 0 };

test("silence, whispers and clipping are refused in words", () => {
  expect(soundProblem(sound)).toBeNull();
  expect(soundProblem(null)).toContain("no sound");
  expect(soundProblem({ ...sound, loudness: null })).toBe("is silent");
  expect(soundProblem({ ...sound, loudness: -34.2 })).toContain("−34.2 LUFS");
  expect(soundProblem({ ...sound, clipped: 0.002 })).toContain("0.20 %");
  expect(soundProblem({ ...sound, durationSeconds: 601 })).toContain("10 minutes");
});

test("what lies beside −16 ± 3 LUFS, or peaks too high, is pointed at", () => {
  expect(soundWarnings(sound)).toEqual([]);
  expect(soundWarnings({ loudness: -19.5, peak: -3 })[0]).toContain("quieter");
  expect(soundWarnings({ loudness: -12, peak: -0.2 })).toHaveLength(2);
});

const item = (turns: { speaker: string; voice: "slt" | "rms"; text: string }[]): BankItem => ({
  id: "l-b1-01",
  skill: "listening",
  level: "B1",
  subSkill: "gist",
  topic: "sport",
  difficulty: 0,
  anchor: false,
  content: {
    stimulus: {
      kind: "talk",
      setting: "You hear a talk.",
      plays: 2,
      media: "l-b1-01.mp3",
      durationSeconds: 10,
      turns: turns.map((turn) => ({ ...turn, pauseAfterMs: 0 })),
    },
    interaction: { type: "text-entry", stem: "Who?", maxLength: 20 },
  },
  key: { type: "text-entry", accepted: ["she"], spellingTolerance: 0 },
  rationale: { key: "Says so.", distractors: {} },
});
const words = (count: number) => Array.from({ length: count }, () => "word").join(" ");

test("a speaker keeps one voice, and a voice one speaker", () => {
  const two = item([
    { speaker: "Ana", voice: "slt", text: words(12) },
    { speaker: "Ana", voice: "rms", text: words(12) },
  ]);
  expect(Object.keys(transcriptFindings(two, null).problems)).toEqual(["content.stimulus.turns.1.voice"]);
  const shared = item([
    { speaker: "Ana", voice: "slt", text: words(12) },
    { speaker: "Ben", voice: "slt", text: words(12) },
  ]);
  expect(transcriptFindings(shared, null).warnings).toHaveLength(1);
});

test("words and seconds have to fit each other, and the level", () => {
  const of = (count: number) => item([{ speaker: "Ana", voice: "slt", text: words(count) }]);
  expect(transcriptFindings(of(24), 10)).toEqual({ problems: {}, warnings: [] });
  expect(transcriptFindings(of(5), 10).problems).toHaveProperty(["content.stimulus.turns"]);
  expect(transcriptFindings(of(60), 10).problems).toHaveProperty(["content.stimulus.turns"]);
  expect(transcriptFindings(of(36), 10).warnings[0]).toContain("216 words a minute");
  expect(transcriptFindings(of(24), 12).problems).toHaveProperty(["content.stimulus.durationSeconds"]);
});
