import type { Task } from "@bandwise/evaluator/rating";
import { speakingContent } from "../bank/speaking-schema.ts";
import type { SpeechVerdict } from "./speech-schema.ts";

/** What an examiner is asked for after the machine: the criteria without a score. */
export function missingCriteria(verdict: SpeechVerdict | null, all: readonly string[]): string[] {
  return all.filter((id) => (verdict?.criteria.find(({ criterion }) => criterion === id)?.score ?? null) === null);
}

/** Why a criterion has no score where a speech-to-text is there but failed each time it was asked. */
export const noAnswer = "the speech-to-text gave no answer";

/** An answer is with the machine for seconds; after this long something has gone wrong, and nobody waits for it any more. */
export const stuckAfterMs = 15 * 60_000;

/** What the machine is told of a task: what was asked, and what to speak of. */
export function taskOfContent(content: unknown): Task {
  const task = speakingContent.parse(content);
  if (task.type === "interview") return {};
  if (task.type === "dialogue") {
    const spoken = task.turns.flatMap(({ text, listensFor }) => (listensFor ? [text, listensFor.otherwise] : [text]));
    return { prompt: [task.prompt, ...spoken].join(" ") };
  }
  return { prompt: task.prompt, points: task.points };
}

/** `iet-speaking` is rated by a machine, and by people where it cannot. */
export function statusAtFirst(scheme: string): "waiting" | "with_machine" {
  return scheme === "iet-speaking" ? "with_machine" : "waiting";
}
