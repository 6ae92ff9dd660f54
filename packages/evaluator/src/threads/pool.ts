import { Worker } from "node:worker_threads";
import type { MeasuredEvaluation, TextRater } from "../offline-rater.ts";
import type { Response, Rubric, Task } from "../rating.ts";

export interface Question {
  readonly id: number;
  readonly response: Response;
  readonly task: Task;
  readonly rubric: Rubric;
}
export type Answer =
  | { readonly id: number; readonly result: MeasuredEvaluation }
  | { readonly id: number; readonly failure: string };

/** The writing rater as shipped, in threads of its own: for many texts at once, and for callers that must not be held up. */
export interface RaterPool {
  readonly rate: TextRater;
  close(): Promise<void>;
}

/**
 * Each thread holds its own checkers, about 0.4 GB, and starts with the first text. Runs from the sources only: a bundle has no
 * thread to start.
 */
export function createRaterPool(size: number): RaterPool {
  const waiting = new Map<number, { resolve(result: MeasuredEvaluation): void; reject(error: Error): void }>();
  let threads: Worker[] = [];
  let next = 0;
  let broken: Error | null = null;
  const fail = (error: Error): void => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const thread = new Worker(new URL("./thread.mjs", import.meta.url));
    thread.on("message", (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("result" in answer) asked?.resolve(answer.result);
      else asked?.reject(new Error(answer.failure));
    });
    thread.on("error", fail);
    thread.on("exit", (code) => {
      if (code !== 0 && waiting.size > 0) fail(new Error(`a rating thread ended with status ${code}`));
    });
    return thread;
  };
  return {
    rate: (response, task, rubric) =>
      new Promise((resolve, reject) => {
        if (broken !== null) return reject(broken);
        if (threads.length === 0) threads = Array.from({ length: size }, start);
        const id = next;
        next += 1;
        waiting.set(id, { resolve, reject });
        threads[id % threads.length]?.postMessage({ id, response, task, rubric } satisfies Question);
      }),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
