import type { Blueprint } from "./schema.ts";

/**
 * The programmes on offer, as data. `ielp-short` has the same shape with seconds for minutes: what tests and
 * demonstrations sit, so that no clock needs a back door.
 */

const objectiveSlots: Blueprint["sections"][number]["slots"] = [
  { level: "A1", count: 2 },
  { level: "A2", count: 2 },
  { level: "B1", count: 2 },
  { level: "B2", count: 2 },
  { level: "C1", count: 2 },
  { level: "C2", count: 2 },
];
const writingSlots: Blueprint["sections"][number]["slots"] = [
  { level: "A", count: 1 },
  { level: "B", count: 1 },
  { level: "C", count: 1 },
];
const speakingSlots: Blueprint["sections"][number]["slots"] = [
  { level: "A", count: 2, interactive: 1 },
  { level: "B", count: 2, interactive: 1 },
  { level: "C", count: 2, interactive: 1 },
];

export const ielp: Blueprint = {
  title: "IELP",
  scheme: "ielp",
  certificateMonths: 24,
  pauseSeconds: 120,
  sections: [
    { skill: "reading", seconds: 1500, slots: objectiveSlots, anchors: 2 },
    { skill: "listening", seconds: 1500, slots: objectiveSlots, anchors: 2 },
    { skill: "writing", seconds: 1200, slots: writingSlots, anchors: 0 },
    { skill: "speaking", seconds: 1200, slots: speakingSlots, anchors: 0 },
  ],
  speaking: { prepareScale: 1, answerScale: 1 },
};

export const ielpShort: Blueprint = {
  title: "IELP short",
  scheme: "ielp",
  certificateMonths: 24,
  pauseSeconds: 20,
  sections: [
    { skill: "reading", seconds: 120, slots: objectiveSlots, anchors: 2 },
    { skill: "listening", seconds: 150, slots: objectiveSlots, anchors: 2 },
    { skill: "writing", seconds: 90, slots: writingSlots, anchors: 0 },
    { skill: "speaking", seconds: 150, slots: speakingSlots, anchors: 0 },
  ],
  speaking: { prepareScale: 0.1, answerScale: 0.1 },
};

/** Name and version of each programme this code ships; published once, then immutable. */
export const programmes = [
  { name: "ielp", version: 1, blueprint: ielp },
  { name: "ielp-short", version: 1, blueprint: ielpShort },
] as const;
