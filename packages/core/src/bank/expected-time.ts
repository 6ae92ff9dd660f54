import { plainText } from "./marked-text.ts";
import type { BankItem } from "./schema.ts";
import { wordsOf } from "./text-measures.ts";

/**
 * Words a minute: silent reading of adults in their first language (Brysbaert 2019, mean of 190 studies, non-fiction).
 * Candidates read more slowly; it is meant for holding forms against each other.
 */
const wordsPerMinute = 238;

/** How long a task takes by itself: reading its words, hearing it as often as it is played, or the time it suggests. */
export function expectedSeconds(item: Pick<BankItem, "skill"> & { readonly content: BankItem["content"] }): number {
  const { content } = item;
  if ("minWords" in content) return content.suggestedMinutes * 60;
  if ("stimulus" in content) {
    const { stimulus } = content;
    return "plays" in stimulus ? stimulus.durationSeconds * stimulus.plays : readingSeconds(content);
  }
  if ("answerSeconds" in content) {
    const heard = "turn" in content ? (content.turn?.durationSeconds ?? 0) : 0;
    return content.prepareSeconds + content.answerSeconds + heard;
  }
  return 0;
}

/** Names and pointers, not words on the page. */
const unread = new Set(["id", "type", "kind", "media", "alternative", "level"]);

function readingSeconds(content: unknown): number {
  let words = 0;
  const read = (value: unknown): void => {
    if (typeof value === "string") words += wordsOf(plainText(value)).length;
    else if (Array.isArray(value)) value.forEach(read);
    else if (value !== null && typeof value === "object") {
      for (const [name, part] of Object.entries(value)) if (!unread.has(name)) read(part);
    }
  };
  read(content);
  return (words * 60) / wordsPerMinute;
}
