import type { OpenContent } from "@bandwise/core/bank/speaking-schema";

const monologue = { title: "", prompt: "", points: ["", ""], answerSeconds: 60, reRecord: false };
const questions = (count: number) => Array.from({ length: count }, () => ({ ask: "", followUp: "" }));

/** An empty open task with the times of its format. */
export function blankOpen(type: OpenContent["type"]): OpenContent {
  switch (type) {
    case "introduction":
      return { type, ...monologue, prepareSeconds: 15 };
    case "opinion":
      return { type, ...monologue, prepareSeconds: 30 };
    case "picture":
      return { type, ...monologue, prepareSeconds: 30, picture: { media: "", alternative: "" } };
    case "dialogue":
      return {
        type,
        title: "",
        prompt: "",
        prepareSeconds: 20,
        turns: Array.from({ length: 3 }, () => ({
          speaker: "",
          voice: "slt",
          text: "",
          media: "",
          durationSeconds: 0,
          answerSeconds: 25,
        })),
      };
    case "interview":
      return {
        type,
        title: "",
        part1: {
          minSeconds: 240,
          maxSeconds: 300,
          opening: [""],
          frames: Array.from({ length: 3 }, () => ({ topic: "", lead: "", questions: questions(4) })),
        },
        part2: {
          minSeconds: 180,
          maxSeconds: 240,
          lead: "",
          card: { topic: "", points: ["", "", ""], explain: "" },
          prepareSeconds: 60,
          speakSeconds: { min: 60, max: 120 },
          roundingOff: ["", ""],
        },
        part3: {
          minSeconds: 240,
          maxSeconds: 300,
          lead: "",
          themes: Array.from({ length: 2 }, () => ({ theme: "", questions: questions(3) })),
        },
      };
  }
}
