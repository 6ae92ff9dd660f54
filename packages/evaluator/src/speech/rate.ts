import type { LinearModel } from "../model.ts";
import { intelligibility, speakingModel } from "../models/speaking.ts";
import { flagsOf, type MeasuredEvaluation, voidReason } from "../offline-rater.ts";
import type { CriterionRating, FeatureVector, Flag, Rubric, Task } from "../rating.ts";
import { scoreCriterion, sha256, unmeasured } from "../score.ts";
import { analyseText, type Checkers, type TextAnalysis } from "../text/features.ts";
import { speechVersionOf } from "../version.ts";
import { type CaptureQuality, captureQuality } from "./capture.ts";
import type { Sound } from "./decode.ts";
import { measureSpeech, type SpeechMeasures } from "./measures.ts";
import { sampleRate } from "./resample.ts";
import { speechSigns, spokenFeatures } from "./spoken.ts";
import { placeWords, type Transcript } from "./transcript.ts";

export const speakingCriteria = ["fluency", "pronunciation", "grammar", "vocabulary"] as const;
const speechRubric: Rubric = { criteria: speakingCriteria, lowest: 0, highest: 100 };

/** Less speech than this says too little about anyone's. */
const leastPhonationSeconds = 5;
/** With this much speech and more a score is as sure as the model says. */
const fullPhonationSeconds = 90;

export interface SpokenResponse {
  readonly sound: Sound;
  /** Null: no speech-to-text; then only fluency can be measured. */
  readonly transcript: Transcript | null;
  readonly task: Task;
}

/** Rates a spoken answer on 0 to 100; what cannot be measured is null with its reason. The same input gives the same rating. */
export async function rateSpeech(
  response: SpokenResponse,
  checkers: Checkers,
  model: LinearModel = speakingModel,
): Promise<MeasuredEvaluation> {
  const begun = performance.now();
  const { sound, transcript, task } = response;
  const capture = captureQuality(sound.samples);
  const measures = measureSpeech({ sampleRate, samples: sound.samples });
  const analysis =
    transcript === null ? null : await analyseText({ kind: "transcript", text: transcript.text }, task, checkers);
  const placed = transcript === null ? [] : placeWords(transcript);
  const features: FeatureVector = {
    ...soundFeatures(measures),
    ...spokenFeatures(placed, measures, transcript, analysis),
    ...analysis?.features,
    ...analysis?.profile,
  };
  const flags = speechFlags(sound, capture, measures, analysis);
  const heard = { capture, measures, transcript, analysis, features, flags };
  return {
    evaluation: {
      rating: {
        rater: speechVersionOf(model),
        inputHash: hashOfInput(response),
        criteria: speakingCriteria.map((id) => rateCriterion(model, id, heard)),
        evidence: speechSigns(placed, measures, analysis),
        flags,
      },
      durationMilliseconds: performance.now() - begun,
    },
    features,
  };
}

function hashOfInput({ sound, transcript, task }: SpokenResponse): string {
  const { buffer, byteOffset, byteLength } = sound.samples;
  return sha256([
    sha256(Buffer.from(buffer, byteOffset, byteLength).toString("base64")),
    transcript,
    [task.prompt ?? null, task.points ?? null, task.minWords ?? null, task.maxWords ?? null],
  ]);
}

/** What the sound alone says. Pitch, level and noise are no features: they belong to a voice and a microphone. */
function soundFeatures(measures: SpeechMeasures): FeatureVector {
  const { speechRate, articulationRate, phonationRatio, pausesPerMinute, meanPauseSeconds, meanLengthOfRun } = measures;
  return {
    ...{ speechRate, articulationRate, phonationRatio, pausesPerMinute, meanLengthOfRun },
    // Who never paused has no length of pauses; that is no lack of measurement.
    meanPauseSeconds: meanPauseSeconds ?? (measures.spokenSeconds > 0 ? shortestMeanPause : null),
  };
}
const shortestMeanPause = 0.25;

interface Heard {
  readonly capture: CaptureQuality;
  readonly measures: SpeechMeasures;
  readonly transcript: Transcript | null;
  readonly analysis: TextAnalysis | null;
  readonly features: FeatureVector;
  readonly flags: readonly Flag[];
}

function speechFlags(
  sound: Sound,
  capture: CaptureQuality,
  measures: SpeechMeasures,
  analysis: TextAnalysis | null,
): Flag[] {
  const found: Flag[] = [];
  if (capture.problems.includes("silent") || measures.syllables === 0) found.push("silence");
  if (capture.problems.includes("noisy")) found.push("noise");
  if (capture.problems.includes("clipped")) found.push("clipping");
  if (sound.brokenOff) found.push("broken-off");
  if (analysis !== null) found.push(...flagsOf(analysis));
  if (measures.phonationSeconds < leastPhonationSeconds && !found.includes("too-short")) found.push("too-short");
  return found;
}

function rateCriterion(model: LinearModel, id: string, heard: Heard): CriterionRating {
  const reason = whyNot(id, heard);
  if (reason !== null) return unmeasured(id, reason);
  // A calibrated model has learned pronunciation from whatever its recogniser gives; the one as shipped knows sounds alone.
  const own =
    id !== "pronunciation" || model.basis === "calibrated-model" || typeof heard.features.phoneAccuracy === "number";
  const criterion = own ? model.criteria[id] : intelligibility;
  if (criterion === undefined) return unmeasured(id, `the model ${model.id} does not measure this criterion`);
  return scoreCriterion({
    model: own ? model : { ...model, basis: "heuristic", norms: { ...speakingModel.norms, ...model.norms } },
    ...{ criterion, id, features: heard.features, rubric: speechRubric },
    amount: heard.measures.phonationSeconds / fullPhonationSeconds,
  });
}

/** Why this criterion cannot be measured here; null where it can. */
function whyNot(id: string, { transcript, features, flags }: Heard): string | null {
  if (flags.includes("silence")) return "no speech can be heard";
  if (flags.includes("too-short")) return "too little was said";
  // Where the room is as loud as the speaker, pauses and sounds are the room's.
  if (flags.includes("noise") && (id === "fluency" || id === "pronunciation")) return "the recording is too noisy";
  if (flags.includes("clipping") && id === "pronunciation") return "the recording is distorted by too high a level";
  if (transcript === null) return id === "fluency" ? null : "there is no speech-to-text";
  const reason = voidReason(flags, id);
  if (reason !== null) return reason;
  if (id === "pronunciation" && features.phoneAccuracy === null && features.wordConfidence === null)
    return "the speech-to-text gives neither scores of sounds nor confidences";
  return null;
}
