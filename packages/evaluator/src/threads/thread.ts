import { parentPort } from "node:worker_threads";
import { writingModel } from "../models/writing.ts";
import { loadCheckers, textRater } from "../offline-rater.ts";
import type { Answer, Question } from "./pool.ts";

const port = parentPort;
if (port === null) throw new Error("thread.ts runs in a worker thread only");
const rate = textRater(writingModel, await loadCheckers());

port.on("message", async ({ id, response, task, rubric }: Question) => {
  let answer: Answer;
  try {
    answer = { id, result: await rate(response, task, rubric) };
  } catch (error) {
    answer = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});
