import { type CsvSkill, columnsOf } from "./csv-columns.ts";
import { writeCsv } from "./csv-write.ts";
import type { ExportItem } from "./write-item.ts";

/** A table of one skill with its columns and examples for people to overwrite, one for each way of asking. */
export function csvTemplate(skill: CsvSkill): string {
  return writeCsv(examples[skill], columnsOf[skill]).csv;
}

const about = { level: "B1", topic: "travel", difficulty: 0, anchor: false };

const reading: readonly ExportItem[] = [
  {
    ...{ ...about, id: "my-reading-01", skill: "reading", subSkill: "detail" },
    content: {
      stimulus: {
        kind: "notice",
        title: "Bus 14",
        blocks: [
          { type: "heading", text: "Changes from May" },
          { type: "paragraph", text: "Bus 14 no longer stops at the *station*." },
          { type: "list", ordered: false, items: ["Use stop B", "Ask the driver"] },
        ],
      },
      interaction: {
        type: "choice",
        stem: "What has changed?",
        options: [
          { id: "a", text: "The price" },
          { id: "b", text: "A stop" },
          { id: "c", text: "The driver" },
        ],
      },
    },
    key: { type: "choice", correct: "b" },
    rationale: {
      key: "The bus no longer stops at the station.",
      distractors: { a: "No price is named.", c: "Only the stop changes." },
    },
  },
  {
    ...{ ...about, id: "my-reading-02", skill: "reading", subSkill: "detail" },
    content: {
      stimulus: { kind: "form", blocks: [{ type: "paragraph", text: "The office opens at nine." }] },
      interaction: {
        type: "cloze",
        stem: "Complete the sentence.",
        text: "The office [[1]] at [[2]].",
        gaps: [
          { id: "1", maxLength: 20 },
          { id: "2", maxLength: 10 },
        ],
      },
    },
    key: {
      type: "cloze",
      gaps: {
        1: { accepted: ["opens"], spellingTolerance: 1 },
        2: { accepted: ["nine", "9"], spellingTolerance: 0 },
      },
    },
    rationale: { key: "It opens at nine.", distractors: { "2:ten": "That is when it closes." } },
  },
  {
    ...{ ...about, id: "my-reading-03", skill: "reading", subSkill: "detail" },
    content: {
      stimulus: {
        kind: "letter",
        blocks: [{ type: "paragraph", text: "Anna writes to her landlord about the heating." }],
      },
      interaction: {
        type: "inline-choice",
        stem: "Choose the right words.",
        text: "Anna writes [[1]] her landlord.",
        gaps: [
          {
            id: "1",
            options: [
              { id: "a", text: "at" },
              { id: "b", text: "to" },
            ],
          },
        ],
      },
    },
    key: { type: "inline-choice", correct: { 1: "b" } },
    rationale: { key: "One writes to somebody.", distractors: { "1:a": "One does not write at somebody." } },
  },
  {
    ...{ ...about, id: "my-reading-04", skill: "reading", subSkill: "detail" },
    content: {
      stimulus: { kind: "list", blocks: [{ type: "table", header: ["Name", "Likes"], rows: [["Ben", "the sea"]] }] },
      interaction: {
        type: "matching",
        stem: "Where does each person want to go?",
        prompts: [
          { id: "p1", text: "Ben" },
          { id: "p2", text: "Mia" },
        ],
        options: [
          { id: "a", text: "To the coast" },
          { id: "b", text: "To the mountains" },
          { id: "c", text: "To a city" },
        ],
      },
    },
    key: { type: "matching", correct: { p1: "a", p2: "b" }, allOrNothing: true },
    rationale: { key: "Ben likes the sea.", distractors: { "p1:b": "He says nothing of walking." } },
  },
];

const listening: readonly ExportItem[] = [
  {
    ...{ ...about, id: "my-listening-01", skill: "listening", subSkill: "specific-information" },
    content: {
      stimulus: {
        ...{ kind: "conversation", setting: "Two friends talk about a train.", plays: 2 },
        ...{ media: "my-listening-01.mp3", durationSeconds: 8.5 },
        turns: [
          { speaker: "Anna", voice: "slt", text: "When does our train leave?", pauseAfterMs: 400 },
          { speaker: "Ben", voice: "rms", text: "At half past eight.", pauseAfterMs: 0 },
        ],
      },
      interaction: { type: "text-entry", stem: "When does the train leave?", maxLength: 20 },
    },
    key: { type: "text-entry", accepted: ["8.30", "half past eight"], spellingTolerance: 0 },
    rationale: { key: "At half past eight.", distractors: { "8.00": "Half past is left out." } },
  },
];

const writing: readonly ExportItem[] = [
  {
    ...{ ...about, id: "my-writing-01", skill: "writing", level: "B", subSkill: "transaction" },
    content: {
      ...{ title: "A lost bag", situation: "You left your bag on a bus yesterday.", reader: "The bus company" },
      ...{ purpose: "To get the bag back", instruction: "Write a message to the bus company." },
      points: ["when and where you lost the bag", "what is in it", "how they can reach you"],
      ...{ minWords: 80, maxWords: 120, suggestedMinutes: 20 },
    },
    rationale: { markerNotes: "All three points, a polite request." },
  },
];

const monologue = {
  points: ["what it is", "why you like it"],
  ...{ prepareSeconds: 30, answerSeconds: 60, reRecord: false },
};
const turn = { speaker: "Anna", voice: "slt", text: "Have you been here before?", durationSeconds: 2.1 };
const questions = [1, 2, 3, 4].map((number) => ({ ask: `Question ${number}?`, followUp: "Why?" }));

const speaking: readonly ExportItem[] = [
  {
    ...{ ...about, id: "my-speaking-01", skill: "speaking", level: "B", subSkill: "personal" },
    content: {
      ...{ ...monologue, title: "A place you like", prompt: "Tell us about a place you like." },
      turn: { ...turn, media: "my-speaking-01.mp3" },
      picture: { media: "my-speaking-01.png", alternative: "A small harbour with boats" },
    },
    rationale: { markerNotes: "Both points; reasons." },
  },
  {
    ...{ ...about, id: "my-speaking-02", skill: "speaking", level: "all", subSkill: "opinion" },
    content: { ...monologue, type: "opinion", title: "Walking", prompt: "Should people walk more?" },
    rationale: { markerNotes: "A view and a reason for it." },
  },
  {
    ...{ ...about, id: "my-speaking-03", skill: "speaking", level: "all", subSkill: "negotiation" },
    content: {
      ...{ type: "dialogue", title: "At the station", prompt: "You want to change your ticket.", prepareSeconds: 20 },
      turns: [1, 2, 3].map((number) => ({ ...turn, media: `my-speaking-03-${number}.mp3`, answerSeconds: 20 })),
      whenShort: { belowSeconds: 3, prompt: "Say a little more." },
    },
    rationale: { markerNotes: "The request, a reason, a polite end." },
  },
  {
    ...{ ...about, id: "my-speaking-04", skill: "speaking", level: "all", subSkill: "narration" },
    content: {
      ...{ type: "interview", title: "A journey" },
      part1: {
        ...{ minSeconds: 240, maxSeconds: 300, opening: ["Good morning. What is your name, please?"] },
        frames: ["Your town", "Food", "Free time"].map((topic) => ({ topic, lead: "Let’s talk about it.", questions })),
      },
      part2: {
        ...{ minSeconds: 180, maxSeconds: 240, lead: "Now please talk about a topic for one to two minutes." },
        card: {
          ...{ topic: "Describe a journey you remember.", points: ["where you went", "when", "with whom"] },
          explain: "and explain why you remember it.",
        },
        ...{ prepareSeconds: 60, speakSeconds: { min: 60, max: 120 }, roundingOff: ["Would you go again?", "Why?"] },
      },
      part3: {
        ...{ minSeconds: 240, maxSeconds: 300, lead: "Let’s talk about travelling in general." },
        themes: ["Travel today", "Travel and money"].map((theme) => ({ theme, questions })),
      },
    },
    rationale: { markerNotes: "The journey told in order; a view of travel in part 3." },
  },
];

const examples = { reading, listening, writing, speaking };
