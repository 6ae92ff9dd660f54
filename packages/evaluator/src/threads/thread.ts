import { parentPort } from "node:worker_threads";
import { writingModel } from "../models/writing.ts";
import { loadCheckers, type TextRater, textRater } from "../offline-rater.ts";
import { decodeSound } from "../speech/decode.ts";
import { rateSpeech } from "../speech/rate.ts";
import { AudioError } from "../speech/wav.ts";
import type { Checkers } from "../text/features.ts";
import type { Answer, Question } from "./pool.ts";

const port = parentPort;
if (port === null) throw new Error("thread.ts runs in a worker thread only");

let loaded: Promise<Checkers> | null = null;
const checkers = (): Promise<Checkers> => {
  loaded ??= loadCheckers();
  return loaded;
};

async function answerTo(question: Question): Promise<Answer> {
  if (question.kind === "decode") return { decoded: await decodeSound(question.bytes, question.mimeType) };
  if (question.kind === "speech")
    return { rated: await rateSpeech(question.response, await checkers(), question.model) };
  const rate: TextRater = textRater(question.model ?? writingModel, await checkers());
  return { rated: await rate(question.response, question.task, question.rubric) };
}

port.on("message", async (question: Question) => {
  try {
    const answer = await answerTo(question);
    // A long recording is handed over, not copied.
    port.postMessage(answer, "decoded" in answer ? [answer.decoded.samples.buffer as ArrayBuffer] : []);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    port.postMessage({ failure, isAudio: error instanceof AudioError } satisfies Answer);
  }
});
