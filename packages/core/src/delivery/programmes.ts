import type { Blueprint } from "./schema.ts";

/**
 * The programmes on offer, as data. A `-short` one has the same shape with seconds for minutes: what tests and
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

const interviewSlots: Blueprint["sections"][number]["slots"] = [{ type: "interview", count: 1 }];

/** The interview takes 11 to 14 minutes; the section leaves room for greeting and proof of identity. */
export const ieltsSpeaking: Blueprint = {
  title: "IELTS-style speaking interview",
  scheme: "ielts-speaking",
  certificateMonths: 24,
  pauseSeconds: 0,
  sections: [{ skill: "speaking", seconds: 1200, slots: interviewSlots, anchors: 0 }],
  interview: { coolingOffSeconds: 600 },
  speaking: { prepareScale: 1, answerScale: 1 },
};

export const ieltsSpeakingShort: Blueprint = {
  ...ieltsSpeaking,
  title: "IELTS-style speaking interview, short",
  sections: [{ skill: "speaking", seconds: 300, slots: interviewSlots, anchors: 0 }],
  interview: { coolingOffSeconds: 20 },
  speaking: { prepareScale: 0.1, answerScale: 0.1 },
};

/** In the order they are sat. */
const ietSlots: Blueprint["sections"][number]["slots"] = [
  { type: "introduction", count: 1 },
  { type: "picture", count: 1 },
  { type: "opinion", count: 1 },
  { type: "dialogue", count: 1 },
];

/** Seven minutes of preparing and speaking, a minute and a half of the partner's turns, and time between the tasks. */
export const ietSpeaking: Blueprint = {
  title: "IET speaking",
  scheme: "iet-speaking",
  certificateMonths: 24,
  release: "automatic",
  // A machine rated it: whoever wants a person's ear gets it for nothing.
  appeals: { withinDays: 28, answerWithinDays: 21, fee: false },
  pauseSeconds: 0,
  sections: [{ skill: "speaking", seconds: 900, slots: ietSlots, anchors: 0 }],
  speaking: { prepareScale: 1, answerScale: 1 },
};

/** The partner's turns last as long as they last; answers are long enough for speech to be measured. */
export const ietSpeakingShort: Blueprint = {
  ...ietSpeaking,
  title: "IET speaking, short",
  sections: [{ skill: "speaking", seconds: 300, slots: ietSlots, anchors: 0 }],
  speaking: { prepareScale: 0.1, answerScale: 0.2 },
};

/** Name and version of each programme this code ships; published once, then immutable. */
export const programmes = [
  { name: "ielp", version: 1, blueprint: ielp },
  { name: "ielp-short", version: 1, blueprint: ielpShort },
  { name: "ielts-speaking", version: 1, blueprint: ieltsSpeaking },
  { name: "ielts-speaking-short", version: 1, blueprint: ieltsSpeakingShort },
  { name: "iet-speaking", version: 1, blueprint: ietSpeaking },
  { name: "iet-speaking-short", version: 1, blueprint: ietSpeakingShort },
] as const;
