import type { Band, ObjectiveLevel } from "./parts.ts";

/** What each level and band asks for: the numbers of the content specification. */

interface ObjectiveLimits {
  readonly difficulty: number;
  readonly options: number;
  readonly words: readonly [number, number];
  readonly grade: readonly [number, number];
  readonly seconds: readonly [number, number];
  readonly plays: 1 | 2;
}

export const objectiveLimits: Record<ObjectiveLevel, ObjectiveLimits> = {
  A1: { difficulty: -2.5, options: 3, words: [15, 40], grade: [-15, 3], seconds: [10, 20], plays: 2 },
  A2: { difficulty: -1.5, options: 3, words: [40, 80], grade: [3, 5], seconds: [20, 30], plays: 2 },
  B1: { difficulty: -0.5, options: 4, words: [90, 150], grade: [5, 7], seconds: [30, 45], plays: 2 },
  B2: { difficulty: 0.5, options: 4, words: [150, 220], grade: [8, 10], seconds: [45, 70], plays: 1 },
  C1: { difficulty: 1.5, options: 4, words: [220, 300], grade: [10, 13], seconds: [70, 90], plays: 1 },
  C2: { difficulty: 2.5, options: 4, words: [260, 340], grade: [12, 16], seconds: [80, 110], plays: 1 },
};

interface TaskLimits {
  readonly difficulty: number;
  readonly words: readonly [number, number];
  readonly minutes: number;
  readonly prepareSeconds: number;
  readonly answerSeconds: number;
  readonly reRecord: boolean;
}

export const taskLimits: Record<Band, TaskLimits> = {
  A: { difficulty: -2, words: [30, 40], minutes: 4, prepareSeconds: 15, answerSeconds: 40, reRecord: true },
  B: { difficulty: 0, words: [80, 100], minutes: 7, prepareSeconds: 30, answerSeconds: 60, reRecord: true },
  C: { difficulty: 2, words: [120, 150], minutes: 9, prepareSeconds: 45, answerSeconds: 90, reRecord: false },
};

/** Put to everybody from A1 to C2: it lies in the middle of the scale. */
export const OPEN_TASK_DIFFICULTY = 0;

/** Times of `ielts-speaking`, in seconds: 4–5, 3–4 and 4–5 minutes, in part 2 one to prepare and up to two to speak. */
export const interviewTimes = {
  part1: [240, 300],
  part2: [180, 240],
  part3: [240, 300],
  prepareSeconds: 60,
  speakSeconds: [60, 120],
} as const;

/** Times of `iet-speaking`, in seconds; a turn of a dialogue is answered at once. */
export const openTaskTimes = {
  introduction: { prepareSeconds: 15, answerSeconds: 60 },
  picture: { prepareSeconds: 30, answerSeconds: 60 },
  opinion: { prepareSeconds: 30, answerSeconds: 60 },
  dialogue: { prepareSeconds: 20, answerSeconds: 25 },
} as const;

/** Where items of a level lie as a rule, in logits. */
export function levelCentre(level: string): number {
  const limits: Readonly<Record<string, { readonly difficulty: number }>> = { ...objectiveLimits, ...taskLimits };
  return limits[level]?.difficulty ?? OPEN_TASK_DIFFICULTY;
}
