import { ielpShort } from "@bandwise/core/delivery/programmes";
import type { Blueprint } from "@bandwise/core/delivery/schema";

/** The short programme with room for a slow machine: what the journeys sit. */
export const ielpBrief: Blueprint = {
  ...ielpShort,
  title: "IELP brief",
  pauseSeconds: 60,
  sections: ielpShort.sections.map((section) => ({ ...section, seconds: 300 })),
  speaking: { prepareScale: 0.2, answerScale: 0.5 },
};

/** Over before anybody can answer: the server ends each section by itself. */
export const ielpBlink: Blueprint = {
  ...ielpShort,
  title: "IELP blink",
  pauseSeconds: 0,
  sections: ielpShort.sections.map((section) => ({ ...section, seconds: section.skill === "reading" ? 8 : 2 })),
};

/** Its marking policy is one journey's to change. */
const ielpMachine: Blueprint = { ...ielpBrief, title: "IELP with the machine" };

export const journeyProgrammes = [
  { name: "ielp-brief", version: 1, blueprint: ielpBrief },
  { name: "ielp-blink", version: 1, blueprint: ielpBlink },
  { name: "ielp-machine", version: 1, blueprint: ielpMachine },
] as const;
export type JourneyProgramme =
  | (typeof journeyProgrammes)[number]["name"]
  | "ielp"
  | "ielp-short"
  | "iet-speaking"
  | "iet-speaking-short";
