import { Worker } from "node:worker_threads";
import type { LinearModel } from "../model.ts";
import type { MeasuredEvaluation, TextRater } from "../offline-rater.ts";
import type { Response, Rubric, Task } from "../rating.ts";
import type { Sound } from "../speech/decode.ts";
import type { SpokenResponse } from "../speech/rate.ts";
import { AudioError } from "../speech/wav.ts";

export type Question =
  | {
      readonly kind: "text";
      readonly response: Response;
      readonly task: Task;
      readonly rubric: Rubric;
      readonly model?: LinearModel;
    }
  | { readonly kind: "speech"; readonly response: SpokenResponse; readonly model?: LinearModel }
  | { readonly kind: "decode"; readonly bytes: Uint8Array; readonly mimeType: string };
export type Answer =
  | { readonly rated: MeasuredEvaluation }
  | { readonly decoded: Sound }
  | { readonly failure: string; readonly isAudio: boolean };

/** The machine rater in threads of its own: for many answers at once, and for callers that must not be held up. */
export interface RaterPool {
  /** Rates a text, with the writing model as shipped unless another is given. */
  rate(...[response, task, rubric, model]: [...Parameters<TextRater>, model?: LinearModel]): ReturnType<TextRater>;
  rateSpeech(response: SpokenResponse, model?: LinearModel): Promise<MeasuredEvaluation>;
  /** @throws AudioError */
  decodeSound(bytes: Uint8Array, mimeType: string): Promise<Sound>;
  close(): Promise<void>;
}

interface Asked {
  readonly question: Question;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A minute and a half: half an hour of sound takes ten seconds; what takes longer was made to. */
const mostMilliseconds = 90_000;
/** A thread that rates holds about 0.4 GB of dictionaries, most of it outside this. */
const heapMegabytes = 1024;

/**
 * Each thread answers one question at a time, so that a question that kills or blocks its thread fails alone: the thread is
 * replaced and the next question finds a new one. Threads start with the first question, and load their checkers with the first text.
 */
export function createRaterPool(size: number, limitMilliseconds = mostMilliseconds): RaterPool {
  const waiting: Asked[] = [];
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  let closed = false;
  const work = (): void => {
    while (waiting.length > 0 && !closed) {
      const thread = idle.pop() ?? (busy.size < size ? start() : undefined);
      if (thread === undefined) return;
      const asked = waiting.shift();
      if (asked !== undefined) ask(thread, asked);
    }
  };
  const rest = (thread: Worker): void => {
    const forget = (): void => {
      const at = idle.indexOf(thread);
      if (at !== -1) idle.splice(at, 1);
    };
    thread.once("error", forget).once("exit", forget);
    // A program that has nothing else to do may end.
    thread.unref();
    idle.push(thread);
  };
  const ask = (thread: Worker, { question, resolve, reject }: Asked): void => {
    thread.removeAllListeners().ref();
    busy.add(thread);
    const settle = (isSound: boolean): void => {
      clearTimeout(timer);
      thread.removeAllListeners();
      busy.delete(thread);
      if (isSound && !closed) rest(thread);
      else void thread.terminate();
      work();
    };
    const lose = (error: Error): void => {
      settle(false);
      reject(error);
    };
    const timer = setTimeout(
      () => lose(new AudioError(`takes longer than ${limitMilliseconds / 1000} seconds to read`)),
      limitMilliseconds,
    );
    thread.on("message", (answer: Answer) => {
      settle(true);
      resolve(answer);
    });
    thread.on("error", lose);
    thread.on("exit", (code) => lose(new Error(`a rating thread ended with status ${code}`)));
    thread.postMessage(question);
  };
  const answerTo = async (question: Question): Promise<Answer> => {
    if (closed) throw new Error("the pool is closed");
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      work();
    });
    if ("failure" in answer) throw answer.isAudio ? new AudioError(answer.failure) : new Error(answer.failure);
    return answer;
  };
  const rated = async (question: Question): Promise<MeasuredEvaluation> => {
    const answer = await answerTo(question);
    if (!("rated" in answer)) throw new Error("a rating thread answered another question");
    return answer.rated;
  };
  return {
    rate: (response, task, rubric, model) => rated({ kind: "text", response, task, rubric, ...(model && { model }) }),
    rateSpeech: (response, model) => rated({ kind: "speech", response, ...(model && { model }) }),
    decodeSound: async (bytes, mimeType) => {
      const answer = await answerTo({ kind: "decode", bytes, mimeType });
      if (!("decoded" in answer)) throw new Error("a rating thread answered another question");
      return answer.decoded;
    },
    close: async () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error("the pool is closed"));
      await Promise.all([...idle, ...busy].map((thread) => thread.terminate()));
    },
  };
}

/** The thread lies beside this file, in the sources as in a bundle. */
function start(): Worker {
  // Not `new URL("./thread.mjs", …)`: a bundler of a program that rates nothing would follow it to the thread's sources.
  const file = new URL(import.meta.url);
  file.pathname = file.pathname.replace(/[^/]+$/, "thread.mjs");
  return new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
}
