import type { SpeakingTaskState } from "@bandwise/core/results/speaking-report-queries";
import type { BadgeTone } from "@/ui/badge.tsx";

export const stateWords: Readonly<Record<SpeakingTaskState, { label: string; tone: BadgeTone }>> = {
  sound: { label: "Sound is being put together", tone: "plain" },
  machine: { label: "Being rated", tone: "plain" },
  examiner: { label: "With an examiner", tone: "warn" },
  rated: { label: "Rated", tone: "ok" },
  unanswered: { label: "Not answered", tone: "warn" },
};

export const kindWords: Readonly<Record<string, string>> = {
  spelling: "Spelling",
  grammar: "Grammar",
  agreement: "Agreement",
  "word-choice": "Word choice",
  "run-on": "Run-on",
  filler: "Filler",
  repair: "Said again",
  "long-pause": "Pause",
  "unclear-word": "Unclear",
};

export const flagWords: Readonly<Record<string, string>> = {
  silence: "No speech can be heard.",
  noise: "The recording is noisy.",
  clipping: "The recording is distorted: the microphone was too loud.",
  "broken-off": "The recording was interrupted: a part of it did not arrive.",
  "too-short": "Little was said.",
  empty: "No words were made out.",
  "off-language": "It does not seem to be English.",
  "copied-prompt": "Much of it repeats the task.",
  "off-topic": "It seems to be about something else.",
  repetitive: "It repeats itself.",
};
