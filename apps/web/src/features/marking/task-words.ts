import type { MarkedScript } from "./marking-api.ts";

type Work = MarkedScript["work"];

/** What a task asks for, in its own words and one line. */
export function askedIn(work: Work): string {
  if (work.skill === "writing") return work.task.instruction;
  return work.task.type === "interview" ? work.task.title : work.task.prompt;
}
