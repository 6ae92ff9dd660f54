import type { PracticeKind } from "@bandwise/core/practice/schema";

export const kindWords: Readonly<Record<PracticeKind, { title: string; what: string }>> = {
  introduction: { title: "Introduce yourself", what: "A minute about you, after 15 seconds to think." },
  picture: { title: "Describe a picture", what: "A minute about what you see, after 30 seconds to think." },
  opinion: { title: "Give an opinion", what: "A minute on what you think and why, after 30 seconds to think." },
  dialogue: { title: "Take part in a dialogue", what: "Answer each turn as it comes." },
};

export const weekdayWords = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
