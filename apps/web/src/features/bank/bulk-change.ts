import type { BulkChange, BulkMove } from "@bandwise/core/bank/bulk-rules";
import { skills, subSkills, topics } from "@bandwise/core/bank/schema";
import { difficultyText, nameOf } from "./names.ts";

/** What a bulk edit may change, in the words of the dialog. */
export const bulkFields = [
  { id: "topic", label: "Topic" },
  { id: "subSkill", label: "Sub-skill" },
  { id: "difficulty", label: "Difficulty" },
  { id: "anchor", label: "Anchor" },
  { id: "fairness", label: "Fairness note" },
  { id: "move", label: "Status" },
] as const;
export type BulkField = (typeof bulkFields)[number]["id"];

export const moveWords: Readonly<Record<BulkMove, string>> = {
  submit: "Submit for review",
  withdraw: "Withdraw from review",
  pretest: "Pretest",
  activate: "Activate",
  rest: "Rest",
  wake: "Wake",
  retire: "Retire for good",
};

const asOptions = (ids: readonly string[]) => ids.map((value) => ({ value, label: nameOf(value) }));

/** The values a field offers; null where one is typed. */
export function bulkOptions(field: BulkField): { value: string; label: string }[] | null {
  switch (field) {
    case "topic":
      return asOptions(topics);
    case "subSkill":
      return asOptions([...new Set(skills.flatMap((skill): readonly string[] => subSkills[skill]))]);
    case "anchor":
      return [
        { value: "yes", label: "Into the anchor pool" },
        { value: "no", label: "Out of the anchor pool" },
      ];
    case "move":
      return Object.entries(moveWords).map(([value, label]) => ({ value, label }));
    case "difficulty":
    case "fairness":
      return null;
  }
}

/** The change that a field and its value mean, or null while the value is none. */
export function bulkChangeOf(field: BulkField, value: string): BulkChange | null {
  const text = value.trim();
  switch (field) {
    case "topic": {
      const topic = topics.find((one) => one === text);
      return topic ? { kind: "metadata", set: { topic } } : null;
    }
    case "subSkill":
      return text ? { kind: "metadata", set: { subSkill: text } } : null;
    case "difficulty": {
      const difficulty = Number(text.replace("−", "-"));
      return text !== "" && Math.abs(difficulty) <= 4 ? { kind: "metadata", set: { difficulty } } : null;
    }
    case "anchor":
      return text ? { kind: "metadata", set: { anchor: text === "yes" } } : null;
    case "fairness":
      return text ? { kind: "metadata", set: { fairness: text } } : null;
    case "move":
      return text in moveWords ? { kind: "move", move: text as BulkMove } : null;
  }
}

/** “Topic: Science”, “Rest”: a stored change as a line of text. */
export function changeWords(change: BulkChange): string {
  if (change.kind === "move") return moveWords[change.move];
  const words: Readonly<Record<string, string>> = {
    subSkill: "Sub-skill",
    difficultyReason: "Reason for the difficulty",
  };
  return Object.entries(change.set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const shown =
        typeof value === "boolean"
          ? value
            ? "yes"
            : "no"
          : typeof value === "number"
            ? difficultyText(value)
            : value === null
              ? "none"
              : name === "fairness" || name === "difficultyReason"
                ? `“${value}”`
                : nameOf(String(value));
      return `${words[name] ?? nameOf(name)}: ${shown}`;
    })
    .join(", ");
}
