import { beforeAll, describe, expect, it } from "vitest";
import { speakingModel } from "../models/speaking.ts";
import { loadCheckers } from "../offline-rater.ts";
import type { CriterionRating, Rating } from "../rating.ts";
import type { Checkers } from "../text/features.ts";
import { rateSpeech, speakingCriteria } from "./rate.ts";
import { sampleRate } from "./resample.ts";
import type { TranscribedWord, Transcript } from "./transcript.ts";

let checkers: Checkers;
beforeAll(async () => {
  checkers = await loadCheckers();
}, 60_000);

// Written for these tests.
const plain =
  "I like my town because it is small and quiet. There is a park and I go there with my friend. We play football and we talk. " +
  "In the summer it is hot and we swim in the river. I think it is a good place to live.";
const rich =
  "What I appreciate most about my hometown is its remarkable sense of community. Although it has changed considerably since " +
  "my childhood, neighbours still look after each other. If I had the opportunity to move abroad, I would probably hesitate, " +
  "because the surrounding countryside, which attracts plenty of visitors, means a great deal to me.";
const wrong =
  "I am like my town because he is small. There are a park and I goes there with my friend. We plays football every days and she " +
  "talk much. In the summer it are hot and we was swimming. I thinks it is a good place for to live.";

interface Delivery {
  readonly syllableSeconds: number;
  readonly pauseSeconds: number;
  readonly run: number;
}
const steady: Delivery = { syllableSeconds: 0.22, pauseSeconds: 0.5, run: 8 };

/** A made voice, half a minute of it: vowels in runs with pauses between them. */
function voice({ syllableSeconds, pauseSeconds, run }: Delivery, level = 0.2, seconds = 30): Float32Array {
  const samples: number[] = [];
  while (samples.length < seconds * sampleRate) {
    for (let syllable = 0; syllable < run; syllable += 1) {
      const count = Math.round(syllableSeconds * sampleRate);
      for (let at = 0; at < count; at += 1) {
        const swell = Math.sin((Math.PI * at) / count) ** 2;
        let value = 0;
        for (let harmonic = 1; harmonic <= 8; harmonic += 1)
          value += Math.sin((2 * Math.PI * 140 * harmonic * at) / sampleRate) / harmonic;
        samples.push(level * swell * value);
      }
    }
    for (let at = 0; at < pauseSeconds * sampleRate; at += 1) samples.push(0);
  }
  return Float32Array.from(samples);
}

function transcriptOf(text: string, extra: Partial<TranscribedWord> = {}, seconds = 30): Transcript {
  const spoken = text.split(/\s+/);
  const words = spoken.map((word, at) => ({
    text: word.replace(/[.,]/g, ""),
    startSeconds: (at * seconds) / spoken.length,
    endSeconds: ((at + 0.8) * seconds) / spoken.length,
    confidence: null,
    ...extra,
  }));
  return { text, words, providerId: "a-recogniser", providerVersion: "1" };
}

async function rate(transcript: Transcript | null, samples = voice(steady), task = {}): Promise<Rating> {
  const sound = { samples, durationSeconds: samples.length / sampleRate, brokenOff: false };
  return (await rateSpeech({ sound, transcript, task }, checkers)).evaluation.rating;
}
const of = (rating: Rating, id: string): CriterionRating => {
  const found = rating.criteria.find(({ criterion }) => criterion === id);
  if (!found) throw new Error(`${id} is missing`);
  return found;
};
const scoreOf = (rating: Rating, id: string): number => of(rating, id).score ?? Number.NaN;

describe("the speech rater", () => {
  it("gives the same bytes for the same input", async () => {
    const first = JSON.stringify(await rate(transcriptOf(rich)));
    await rate(transcriptOf(plain));
    expect(JSON.stringify(await rate(transcriptOf(rich)))).toBe(first);
    // The first one loads the checkers' dictionaries: seconds on a busy machine.
  }, 30_000);

  it("measures fluency alone where there is no transcript, and says why the rest is missing", async () => {
    const rating = await rate(null);
    expect(rating.criteria.map(({ criterion }) => criterion)).toEqual([...speakingCriteria]);
    expect(of(rating, "fluency")).toMatchObject({ basis: "heuristic", reason: null });
    for (const id of ["pronunciation", "grammar", "vocabulary"])
      expect(of(rating, id)).toMatchObject({ score: null, reason: "there is no speech-to-text", basis: "none" });
  });

  it("rates pronunciation from scores of sounds, else from confidences, else not at all", async () => {
    const silent = await rate(transcriptOf(rich));
    expect(of(silent, "pronunciation")).toMatchObject({ score: null, reason: expect.stringContaining("confidences") });
    const [unsure, sure] = [
      await rate(transcriptOf(rich, { confidence: 0.5 })),
      await rate(transcriptOf(rich, { confidence: 0.95 })),
    ];
    expect(scoreOf(sure, "pronunciation")).toBeGreaterThan(scoreOf(unsure, "pronunciation"));
    const [weak, strong] = [
      await rate(transcriptOf(rich, { accuracy: 55 })),
      await rate(transcriptOf(rich, { accuracy: 96 })),
    ];
    expect(scoreOf(strong, "pronunciation")).toBeGreaterThan(scoreOf(weak, "pronunciation"));
    expect(of(strong, "pronunciation").contributions.map(({ feature }) => feature)).toEqual([
      "phoneAccuracy",
      "weakPhones",
    ]);
  });

  it("puts rich speech above plain, and sound grammar above broken", async () => {
    const [low, high, broken] = [
      await rate(transcriptOf(plain)),
      await rate(transcriptOf(rich)),
      await rate(transcriptOf(wrong)),
    ];
    expect(scoreOf(high, "vocabulary")).toBeGreaterThan(scoreOf(low, "vocabulary") + 10);
    expect(scoreOf(high, "grammar")).toBeGreaterThan(scoreOf(low, "grammar"));
    expect(scoreOf(low, "grammar")).toBeGreaterThan(scoreOf(broken, "grammar") + 5);
  });

  it("puts fluent delivery above slow, broken and hesitant delivery", async () => {
    const base = scoreOf(await rate(null), "fluency");
    for (const worse of [
      { ...steady, syllableSeconds: 0.4 },
      { ...steady, pauseSeconds: 2 },
      { ...steady, run: 3 },
    ])
      expect(scoreOf(await rate(null, voice(worse)), "fluency")).toBeLessThan(base);
    const hesitant = plain.replaceAll(/ (and|is|it|in) /gi, " um $1 uh ");
    const [smooth, filled] = [await rate(transcriptOf(plain)), await rate(transcriptOf(hesitant))];
    expect(scoreOf(filled, "fluency")).toBeLessThan(scoreOf(smooth, "fluency"));
    expect(filled.evidence.some(({ kind, startSeconds }) => kind === "filler" && startSeconds !== undefined)).toBe(
      true,
    );
  });

  it("hears the same whatever the microphone's level", async () => {
    const [loud, quiet] = [await rate(null, voice(steady, 0.3)), await rate(null, voice(steady, 0.03))];
    expect(scoreOf(quiet, "fluency")).toBe(scoreOf(loud, "fluency"));
  });

  it("takes each score apart: base and effects add up to it", async () => {
    for (const { score, base, contributions, interval } of (await rate(transcriptOf(rich, { confidence: 0.9 })))
      .criteria) {
      const sum = contributions.reduce((total, { effect }) => total + effect, base);
      expect(score).toBeCloseTo(Math.max(0, Math.min(100, sum)), 1);
      expect(interval?.[0]).toBeLessThanOrEqual(score ?? -1);
      expect(interval?.[1]).toBeGreaterThanOrEqual(score ?? 101);
    }
  });

  it("shows mistakes, pauses and unclear words at their place in the recording", async () => {
    const rating = await rate(transcriptOf(wrong, { confidence: 0.4 }), voice({ ...steady, pauseSeconds: 2 }));
    const mistake = rating.evidence.find(({ kind }) => kind === "agreement" || kind === "grammar");
    expect(mistake?.startSeconds).toBeGreaterThanOrEqual(0);
    expect(mistake?.endSeconds).toBeGreaterThan(mistake?.startSeconds ?? 99);
    expect(rating.evidence.filter(({ kind }) => kind === "long-pause").length).toBeGreaterThan(3);
    expect(rating.evidence.filter(({ kind }) => kind === "unclear-word").length).toBeGreaterThan(10);
  });

  it("scores nothing of silence, of too little, of another language or of the task read out", async () => {
    const silent = await rate(transcriptOf(rich), new Float32Array(sampleRate * 20));
    expect(silent.flags).toContain("silence");
    expect(silent.criteria.every(({ score }) => score === null)).toBe(true);
    const short = await rate(null, voice(steady, 0.2, 3));
    expect(short.flags).toContain("too-short");
    expect(of(short, "fluency")).toMatchObject({ score: null, reason: "too little was said" });
    const german =
      "Ich wohne seit vielen Jahren in einer kleinen Stadt und gehe jeden Morgen mit meinem Hund durch den Wald spazieren";
    const foreign = await rate(transcriptOf(german));
    expect(foreign.flags).toContain("off-language");
    expect(foreign.criteria.every(({ score }) => score === null)).toBe(true);
    expect((await rate(transcriptOf(rich), voice(steady), { prompt: rich })).flags).toContain("copied-prompt");
  });

  it("scores neither fluency nor pronunciation of a recording drowned in noise, nor pronunciation of a clipped one", async () => {
    let state = 5;
    const noisy = voice(steady).map((value) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return value + (state / 0x3fffffff - 1) * 0.2;
    });
    const drowned = await rate(transcriptOf(rich, { confidence: 0.9 }), noisy);
    expect(drowned.flags).toContain("noise");
    expect([of(drowned, "fluency").score, of(drowned, "pronunciation").score]).toEqual([null, null]);
    expect(scoreOf(drowned, "grammar")).toBeGreaterThan(0);
    const clipped = await rate(
      transcriptOf(rich, { confidence: 0.9 }),
      voice(steady).map((value) => Math.max(-1, Math.min(1, value * 20))),
    );
    expect(clipped.flags).toContain("clipping");
    expect(of(clipped, "pronunciation").score).toBeNull();
  });

  it("weighs nothing of the microphone's or the voice's", () => {
    const weighed = Object.values(speakingModel.criteria).flatMap(({ weights }) => Object.keys(weights));
    expect(weighed.filter((name) => /pitch|level|noise|clip/i.test(name))).toEqual([]);
    for (const name of weighed) expect(speakingModel.norms[name], name).toBeDefined();
  });
});
