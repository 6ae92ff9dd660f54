import { z } from "zod";
import { encodeWav, piecesOf } from "../speech/pieces.ts";
import type { AsrProvider, TranscribedWord, Transcript } from "../speech/transcript.ts";
import { type CallLimits, createCaller, usualLimits } from "./caller.ts";
import { fetchJson } from "./json-answer.ts";
import { ProviderError } from "./provider-error.ts";

export interface AzurePronunciationSettings {
  /** `https://REGION.stt.speech.microsoft.com`. */
  readonly url: string;
  readonly key: string;
  /** A locale such as en-US or en-GB. */
  readonly locale: string;
  readonly limits?: CallLimits;
}

const name = "pronunciation assessment";
/** Its short-audio service assesses at most 30 seconds at a time. */
const mostSeconds = 28;
/** Times come in units of 100 nanoseconds. */
const ticksPerSecond = 1e7;

const ticks = z.number().nonnegative();
// Scores stand beside the word, or in an object of their own, by version of the service.
const scored = z.object({
  AccuracyScore: z.number().nullish(),
  PronunciationAssessment: z.object({ AccuracyScore: z.number().nullish() }).nullish(),
});
const answer = z.object({
  RecognitionStatus: z.string(),
  NBest: z
    .array(
      z.object({
        Confidence: z.number().nullish(),
        Display: z.string(),
        Words: z
          .array(
            scored.extend({
              ...{ Word: z.string(), Offset: ticks, Duration: ticks, Confidence: z.number().nullish() },
              Phonemes: z.array(scored.extend({ Phoneme: z.string() })).nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
type Answer = z.output<typeof answer>;

/** Azure's speech service with pronunciation assessment: words with times and scores of their sounds. */
export function createAzurePronunciation(settings: AzurePronunciationSettings): AsrProvider {
  const { locale, key } = settings;
  const path = "/speech/recognition/conversation/cognitiveservices/v1";
  const url = `${settings.url.replace(/\/+$/, "")}${path}?language=${encodeURIComponent(locale)}&format=detailed`;
  const caller = createCaller(name, settings.limits ?? usualLimits);
  const ask = (samples: Float32Array, signal: AbortSignal, hint: string | undefined): Promise<Answer> => {
    const wanted = {
      ReferenceText: hint ?? "",
      GradingSystem: "HundredMark",
      Granularity: "Phoneme",
      Dimension: "Comprehensive",
    };
    const headers = {
      ...{ "ocp-apim-subscription-key": key, accept: "application/json" },
      "content-type": "audio/wav; codecs=audio/pcm; samplerate=16000",
      "pronunciation-assessment": Buffer.from(JSON.stringify(wanted)).toString("base64"),
    };
    return fetchJson(name, url, { method: "POST", headers, body: encodeWav(samples), signal }, answer);
  };
  return {
    ...{ id: "azure-pronunciation", version: locale },
    capabilities: { wordTimes: true, confidences: true, phoneScores: true },
    async transcribe({ samples }, { signal, hint }): Promise<Transcript> {
      const pieces = piecesOf(samples, mostSeconds);
      const texts: string[] = [];
      const words: TranscribedWord[] = [];
      for (const piece of pieces) {
        // Of a text read aloud in several pieces nobody knows which words belong to which.
        const own = pieces.length === 1 ? hint : undefined;
        const heard = best(await caller.call(signal, (limited) => ask(piece.samples, limited, own)));
        if (heard === null) continue;
        texts.push(heard.Display.trim());
        words.push(...wordsOf(heard, piece.startSeconds));
      }
      const text = texts.join(" ").trim();
      return { ...{ text, words }, ...{ providerId: "azure-pronunciation", providerVersion: locale } };
    },
  };
}

type Best = NonNullable<Answer["NBest"]>[number];

/** Null where it heard no speech. */
function best({ RecognitionStatus: status, NBest: found }: Answer): Best | null {
  if (status === "NoMatch" || status === "InitialSilenceTimeout") return null;
  if (status !== "Success") throw new ProviderError(`${name}: ended with ${status}`, true);
  return found?.[0] ?? null;
}

function wordsOf({ Words: words, Confidence: whole }: Best, offset: number): TranscribedWord[] {
  return (words ?? []).map((word) => {
    const accuracy = scoreOf(word);
    const phones = (word.Phonemes ?? []).flatMap((phone) => {
      const score = scoreOf(phone);
      return score === null ? [] : [{ phone: phone.Phoneme, accuracy: score }];
    });
    return {
      text: word.Word,
      startSeconds: offset + word.Offset / ticksPerSecond,
      endSeconds: offset + (word.Offset + word.Duration) / ticksPerSecond,
      confidence: word.Confidence ?? whole ?? null,
      ...(accuracy !== null && { accuracy }),
      ...(phones.length > 0 && { phones }),
    };
  });
}

function scoreOf(of: z.output<typeof scored>): number | null {
  return of.AccuracyScore ?? of.PronunciationAssessment?.AccuracyScore ?? null;
}
