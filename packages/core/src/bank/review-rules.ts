import type { BankItem } from "./schema.ts";

const everyItem = [
  "The level is right: words, grammar and demand fit it",
  "No knowledge owned by a culture, no sensitive topic",
] as const;

const objectiveItem = [
  "One key defensible",
  "Answerable from the stimulus alone",
  "One thing asked; stem clear",
  "Every distractor plausible and wrong by the stimulus",
] as const;

/** What a reviewer signs line by line before an item may be approved. */
export function reviewChecklist(item: Pick<BankItem, "skill">): readonly string[] {
  switch (item.skill) {
    case "reading":
      return [...objectiveItem, ...everyItem];
    case "listening":
      return [...objectiveItem, "Script reads as speech and matches the recording word for word", ...everyItem];
    case "writing":
      return ["Reader, purpose and points are clear", "Can be done in the time and length asked", ...everyItem];
    case "speaking":
      return ["The prompt can be answered by anybody of that level", "Can be done in the time given", ...everyItem];
  }
}
