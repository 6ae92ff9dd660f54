import type { Task } from "../rating.ts";
import { contentWords } from "./syntax.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { stem } from "./word-lists.ts";

export interface TaskMeasures {
  /** Share of the task's points of which at least one content word is taken up; null where the task names none. */
  readonly pointsAddressed: number | null;
  /** Share of the prompt's content words that the answer takes up; null without a prompt or with fewer than three such words. */
  readonly promptOverlap: number | null;
  /** Words over the least asked for, at most 1; null where the task names no length. */
  readonly lengthFit: number | null;
  /** Share of the answer's words that stand in runs of seven or more copied from the prompt. */
  readonly copiedShare: number;
  /** Share of sentences that stand in the answer more than once. */
  readonly repeatedShare: number;
}

/** So many words in a row are not chance (the run used by plagiarism checkers for short texts is six to eight). */
const copiedRun = 7;

export function taskFit(tokens: Tokens, task: Task): TaskMeasures {
  const words = tokens.words.map(({ plain }) => plain);
  const stems = new Set(contentWords(words).map(stem));
  const asked = [task.prompt ?? "", ...(task.points ?? [])].join("\n");
  const points = (task.points ?? []).map(contentStems).filter((wanted) => wanted.size > 0);
  const promptStems = contentStems(asked);
  return {
    pointsAddressed:
      points.length === 0 ? null : share(points, (wanted) => [...wanted].some((word) => stems.has(word))),
    promptOverlap: promptStems.size < 3 ? null : share([...promptStems], (word) => stems.has(word)),
    lengthFit: task.minWords === undefined ? null : Math.min(1, words.length / Math.max(1, task.minWords)),
    copiedShare: copiedShare(
      words,
      tokenise(asked).words.map(({ plain }) => plain),
    ),
    repeatedShare: repeatedShare(tokens),
  };
}

function contentStems(text: string): Set<string> {
  return new Set(contentWords(tokenise(text).words.map(({ plain }) => plain)).map(stem));
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function copiedShare(words: readonly string[], prompt: readonly string[]): number {
  const runs = new Set<string>();
  for (let at = 0; at + copiedRun <= prompt.length; at += 1) runs.add(prompt.slice(at, at + copiedRun).join(" "));
  if (runs.size === 0 || words.length === 0) return 0;
  let copied = 0;
  let counted = 0;
  for (let at = 0; at + copiedRun <= words.length; at += 1) {
    if (!runs.has(words.slice(at, at + copiedRun).join(" "))) continue;
    copied += at + copiedRun - Math.max(at, counted);
    counted = at + copiedRun;
  }
  return copied / words.length;
}

function repeatedShare({ sentences }: Tokens): number {
  const long = sentences
    .filter(({ words }) => words.length >= 4)
    .map(({ words }) => words.map(({ plain }) => plain).join(" "));
  return long.length === 0 ? 0 : 1 - new Set(long).size / long.length;
}
