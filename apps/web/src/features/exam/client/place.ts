import type { ExamState } from "./api.ts";

export type Phase = "loading" | "broken" | "other-tab" | "elsewhere" | "between" | "section" | "time-up" | "finished";

const settled = ["submitted", "marking", "marked", "released"];

/** What the page shows of an exam that stands like this, and when that ends. */
export function placeOf(
  exam: Pick<ExamState, "status" | "writerClientId"> & {
    readonly sections: readonly Pick<ExamState["sections"][number], "status" | "deadline">[];
  },
  clientId: string,
  now: number,
): { phase: Phase; deadline: number | null } {
  if (settled.includes(exam.status)) return { phase: "finished", deadline: null };
  if (exam.status !== "in_progress") return { phase: "broken", deadline: null };
  if (exam.writerClientId !== clientId) return { phase: "elsewhere", deadline: null };
  const open = exam.sections.find((section) => section.status === "open");
  if (!open) return { phase: "between", deadline: null };
  return { phase: open.deadline !== null && now >= open.deadline ? "time-up" : "section", deadline: open.deadline };
}
