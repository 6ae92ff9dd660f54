import { z } from "zod";
import { encodeWav, piecesOf } from "../speech/pieces.ts";
import type { AsrProvider, TranscribedWord, Transcript } from "../speech/transcript.ts";
import { type CallLimits, createCaller, usualLimits } from "./caller.ts";
import { fetchJson } from "./json-answer.ts";

export interface OpenAiTranscriptionSettings {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly key: string | null;
  readonly model: string;
  readonly limits?: CallLimits;
}

const name = "speech-to-text";
/** Ten minutes of WAV are 19 MB; these services take 25. */
const mostSeconds = 600;

const answer = z.object({
  text: z.string(),
  words: z
    .array(
      z.object({
        word: z.string(),
        start: z.number(),
        end: z.number(),
        // Not in the first service of this shape, but in several servers of open models.
        probability: z.number().nullish(),
      }),
    )
    .nullish(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), avg_logprob: z.number().nullish() })).nullish(),
});
type Answer = z.output<typeof answer>;

/**
 * Any server with OpenAI's `/v1/audio/transcriptions`: hosted ones, and open models on one's own machine (speaches, LocalAI,
 * whisper.cpp, vLLM). Words come with their times; how sure it was is told by word, or else by stretch of speech.
 */
export function createOpenAiTranscription(settings: OpenAiTranscriptionSettings): AsrProvider {
  const url = `${settings.url.replace(/\/+$/, "")}/audio/transcriptions`;
  const caller = createCaller(name, settings.limits ?? usualLimits);
  const ask = (samples: Float32Array, signal: AbortSignal, hint: string | undefined): Promise<Answer> => {
    const form = new FormData();
    form.set("file", new Blob([encodeWav(samples)], { type: "audio/wav" }), "answer.wav");
    form.set("model", settings.model);
    form.set("response_format", "verbose_json");
    form.append("timestamp_granularities[]", "word");
    form.append("timestamp_granularities[]", "segment");
    form.set("temperature", "0");
    if (hint !== undefined) form.set("prompt", hint);
    const headers = settings.key === null ? {} : { authorization: `Bearer ${settings.key}` };
    return fetchJson(name, url, { method: "POST", headers, body: form, signal }, answer);
  };
  return {
    ...{ id: "openai-transcription", version: settings.model },
    capabilities: { wordTimes: true, confidences: true, phoneScores: false },
    async transcribe({ samples }, { signal, hint }): Promise<Transcript> {
      const texts: string[] = [];
      const words: TranscribedWord[] = [];
      for (const piece of piecesOf(samples, mostSeconds)) {
        const heard = await caller.call(signal, (own) => ask(piece.samples, own, hint));
        texts.push(heard.text.trim());
        words.push(...wordsOf(heard, piece.startSeconds));
      }
      return {
        ...{ text: texts.join(" ").trim(), words },
        ...{ providerId: "openai-transcription", providerVersion: settings.model },
      };
    },
  };
}

function wordsOf({ words, segments }: Answer, offset: number): TranscribedWord[] {
  return (words ?? []).map(({ word, start, end, probability }) => {
    const middle = (start + end) / 2;
    // The mean log-probability of a stretch's tokens, as a probability.
    const stretch = segments?.find((segment) => segment.start <= middle && middle <= segment.end)?.avg_logprob;
    const said = probability ?? (typeof stretch === "number" ? Math.exp(stretch) : null);
    return {
      text: word.trim(),
      startSeconds: offset + start,
      endSeconds: offset + Math.max(start, end),
      confidence: said === null ? null : Math.max(0, Math.min(1, said)),
    };
  });
}
