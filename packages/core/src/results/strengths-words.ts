import { inWords, sectionNames } from "./report-words.ts";
import { type Finding, fewestItems, type Strengths } from "./strengths-rules.ts";

/** “Reading: detail”; a part as a whole goes by its own name. */
export function findingTitle({ section, id, title }: Finding): string {
  return section === null || id === "whole" ? title : `${nameOf(section)}: ${title.toLowerCase()}`;
}

/** “Too few to say anything about (…): Reading, detail (2 items), inference (1 item); Listening, …”; null where there were enough. */
export function tooFewWords(tooFew: Strengths["tooFew"]): string | null {
  if (tooFew.length === 0) return null;
  const listed = [...new Set(tooFew.map(({ section }) => section))].map((section) => {
    const kinds = tooFew
      .filter((group) => group.section === section)
      .map(({ title, count }) => `${title.toLowerCase()} (${count} ${count === 1 ? "item" : "items"})`);
    return `${nameOf(section)}, ${kinds.join(", ")}`;
  });
  return `Too few to say anything about (it takes ${fewestItems} items of a kind): ${listed.join("; ")}.`;
}

function nameOf(section: string): string {
  const names: Readonly<Record<string, string>> = sectionNames;
  return names[section] ?? inWords(section);
}
