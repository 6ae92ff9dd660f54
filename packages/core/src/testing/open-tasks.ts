import type { BankItem } from "../bank/schema.ts";
import type { OpenContent } from "../bank/speaking-schema.ts";

type OpenTask = Extract<BankItem, { level: "all" }>;
type Of<T extends OpenContent["type"]> = Extract<OpenContent, { type: T }>;

/** A sound open task around the given content. */
export function openTask(id: string, content: OpenContent): OpenTask {
  return {
    id,
    skill: "speaking",
    level: "all",
    subSkill: "narration",
    topic: "home",
    difficulty: 0,
    anchor: false,
    content,
    rationale: { markerNotes: "Everything that is asked for." },
  };
}

/** `mark` keeps its questions apart from those of another interview. */
export function interview(mark: string): Of<"interview"> {
  const questions = (of: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ ask: `${of} ${at} of ${mark}?`, followUp: "Why?" }));
  return {
    type: "interview",
    title: `Interview ${mark}`,
    part1: {
      minSeconds: 240,
      maxSeconds: 300,
      opening: ["What is your name?"],
      frames: ["Home", "Work", "Music"].map((topic) => ({
        topic,
        lead: "Let’s talk.",
        questions: questions(topic, 4),
      })),
    },
    part2: {
      minSeconds: 180,
      maxSeconds: 240,
      lead: "Please talk about this.",
      card: { topic: `Describe ${mark}.`, points: ["what", "where", "who"], explain: "and explain why you like it." },
      prepareSeconds: 60,
      speakSeconds: { min: 60, max: 120 },
      roundingOff: ["Would you do it again?", "With whom?"],
    },
    part3: {
      minSeconds: 240,
      maxSeconds: 300,
      lead: "Let’s go on.",
      themes: ["Past", "Future"].map((theme) => ({ theme, questions: questions(theme, 3) })),
    },
  };
}

const monologue = { title: "Something", prompt: "Speak.", points: ["what", "why"], reRecord: false, answerSeconds: 60 };

export const introduction: Of<"introduction"> = { type: "introduction", ...monologue, prepareSeconds: 15 };
export const opinion: Of<"opinion"> = { type: "opinion", ...monologue, prepareSeconds: 30 };
export const pictureTask = (media: string, alternative = "A dog runs over a field. ".repeat(6)): Of<"picture"> => ({
  type: "picture",
  ...monologue,
  prepareSeconds: 30,
  picture: { media, alternative: alternative.trim() },
});
export const dialogue = (media: readonly string[], words = "And what do you say?"): Of<"dialogue"> => ({
  type: "dialogue",
  title: "A call",
  prompt: "Talk to Rosa.",
  prepareSeconds: 20,
  turns: media.map((name) => ({
    speaker: "Rosa",
    voice: "slt",
    text: words,
    media: name,
    durationSeconds: 2,
    answerSeconds: 25,
  })),
});
