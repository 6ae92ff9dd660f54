import { isHeld } from "@bandwise/core/marking/policy-rules";
import type { CannotMarkReason, RatedSkill, RubricFile } from "@bandwise/core/marking/schema";

export const skillNames: Readonly<Record<RatedSkill, string>> = { writing: "Writing", speaking: "Speaking" };

/** What an examiner calls the examination a script belongs to. */
export const schemeTitles: Readonly<Record<RubricFile["scheme"], string>> = {
  ielp: "IELP",
  "ielts-speaking": "IELTS-style interview",
  "iet-speaking": "IET speaking",
};

/** Rows of the database name all four skills; only two are ever scripts. */
/** `all`: of a task that is put to everybody. */
export function levelWords(level: string): string {
  return level === "all" ? "Every level" : `Level ${level}`;
}

export function skillName(skill: string): string {
  return skill === "speaking" ? skillNames.speaking : skillNames.writing;
}

export const cannotMarkWords: Readonly<Record<CannotMarkReason, Readonly<Record<RatedSkill, string>>>> = {
  silence: { writing: "There is nothing to judge", speaking: "Nobody speaks" },
  "off-language": { writing: "It is not in English", speaking: "It is not in English" },
  "wrong-task": { writing: "It answers another task", speaking: "It answers another task" },
  noise: { writing: "The text arrived broken", speaking: "Noise or a fault hides the answer" },
};

/** The reason as it was stored. */
export function cannotMarkText(reason: string, skill: string): string {
  const known = Object.entries(cannotMarkWords).find(([name]) => name === reason);
  return known ? known[1][skill === "speaking" ? "speaking" : "writing"] : reason;
}

/** What follows, as the rule has it. */
export function consequenceOf(reason: CannotMarkReason): string {
  return isHeld(reason)
    ? "No mark counts. The script is held until an administrator has looked at it."
    : "Every criterion counts as 0, as your mark.";
}

export const statusWords: Readonly<Record<string, string>> = {
  waiting: "Waiting",
  leased: "Being marked",
  rated: "Marked once",
  adjudication: "Adjudication",
  settled: "Settled",
  cannot_be_marked: "Held",
  with_machine: "With the machine",
};
