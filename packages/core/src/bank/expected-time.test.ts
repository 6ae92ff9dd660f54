import { expect, test } from "vitest";
import { expectedSeconds } from "./expected-time.ts";

test("a reading item takes its words at 238 a minute, a listening item its sound as often as it is played", () => {
  const interaction = {
    type: "choice" as const,
    stem: "Which one?",
    options: [
      { id: "a", text: "the first" },
      { id: "b", text: "the second" },
    ],
  };
  const paragraph = { type: "paragraph" as const, text: Array.from({ length: 232 }, () => "word").join(" ") };
  const reading = { stimulus: { kind: "article", blocks: [paragraph] }, interaction };
  // 232 + 2 + 2 + 2 words; ids, types and kinds are not read.
  expect(expectedSeconds({ skill: "reading", content: reading })).toBeCloseTo(60, 9);
  const turn = { speaker: "Ana", voice: "slt" as const, text: "Hello there.", pauseAfterMs: 0 };
  const stimulus = {
    kind: "talk",
    setting: "A talk.",
    plays: 2 as const,
    media: "a.mp3",
    durationSeconds: 20,
    turns: [turn],
  };
  expect(expectedSeconds({ skill: "listening", content: { stimulus, interaction } })).toBe(40);
});
