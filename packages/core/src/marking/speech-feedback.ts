import type { MachineCriterion, MachineEvidence } from "./speech-schema.ts";

/**
 * What a speaker is told of a machine rating: what was good, what to work on and how. Everything rests on something that was
 * measured; of what was not measured nothing is said.
 */

interface Measured {
  /** What was heard; places of evidence point into it. */
  readonly text: string | null;
  readonly criteria: readonly MachineCriterion[];
  readonly evidence: readonly MachineEvidence[];
}

export interface Feedback {
  readonly strengths: readonly string[];
  readonly advice: readonly { readonly title: string; readonly words: string }[];
}

/** Per measured feature: what is good where it lifts a score, and what helps where it lowers one. */
const words: Readonly<Record<string, { readonly good: string; readonly help?: string }>> = {
  speechRate: {
    good: "You speak at a natural pace.",
    help: "You speak slowly. Talk to yourself about your day for two minutes, every day, without stopping to search for words.",
  },
  articulationRate: { good: "Your syllables come quickly and evenly." },
  phonationRatio: {
    good: "You fill your time with speech.",
    help: "Much of your time is silence. Say the same story three times in a row, each time with fewer pauses.",
  },
  pausesPerMinute: { good: "You pause seldom." },
  meanPauseSeconds: {
    good: "Your pauses are short.",
    help: "Your pauses are long. Keep a few phrases ready that win time: “Let me think”, “What I mean is”.",
  },
  meanLengthOfRun: {
    good: "You say long stretches in one go.",
    help: "You stop after few words. Learn phrases whole, not words one by one, and read a short text aloud every day.",
  },
  pausesInside: {
    good: "You pause where a sentence pauses.",
    help: "You pause in the middle of sentences. Plan to the next full stop before you begin to speak.",
  },
  fillersPerMinute: { good: "You need few fillers.", help: "Let a short silence stand where you now say “um”." },
  repairsPerMinute: {
    good: "You seldom begin again.",
    help: "Go on where you notice a slip, unless it hides what you mean.",
  },
  types: { good: "You use many different words." },
  mtld: {
    good: "Your vocabulary is varied.",
    help: "The same words come back often. Take one topic a week and learn ten words for it, each in a sentence of yours.",
  },
  rareTypes: {
    good: "You use precise, less common words.",
    help: "You keep to the commonest words. When you read, note words you understand but never say, and use three of them a day.",
  },
  formulas: { good: "You use fixed phrases as they are used." },
  grammar: {
    good: "Your grammar is accurate.",
    help: "Listen to your recording at the places marked, say the sentence right, and record it again.",
  },
  agreement: {
    good: "Verbs and their subjects agree.",
    help: "Verbs and subjects do not always agree: “she has”, “they have”. Five minutes of such pairs a day, aloud.",
  },
  cleanStretches: { good: "Most of what you say is free of mistakes." },
  structures: { good: "You use many kinds of sentences." },
  subordination: {
    good: "You join ideas into longer sentences.",
    help: "Your sentences are short. Join two of them with because, although, which or when.",
  },
  clauseLength: { good: "Your sentences carry detail." },
  wordConfidence: {
    good: "Your words are easy to understand.",
    help: "Some of your words are hard to make out. Imitate a short recording sentence by sentence, and record yourself beside it.",
  },
  unsureWords: {
    good: "Hardly a word of yours is unclear.",
    help: "Practise the words listed as hard to make out: slowly first, then in their sentence.",
  },
  phoneAccuracy: {
    good: "Your sounds are clear.",
    help: "Some sounds are not clear yet. Imitate a speaker you like, a sentence at a time, and compare.",
  },
  weakPhones: {
    good: "Few of your sounds are weak.",
    help: "Work on the sounds listed as weak, in pairs of similar words.",
  },
};

/** Points of the scale below which a feature's share in a score is not worth a word. */
const leastEffect = 0.75;
const mostOfEach = 3;

/** Over all tasks that were rated: the features that lifted and lowered the scores most. */
export function feedbackOf(tasks: readonly Measured[]): Feedback {
  const effects = new Map<string, number>();
  for (const { feature, effect } of tasks.flatMap(({ criteria }) => criteria.flatMap((one) => one.contributions)))
    effects.set(feature, (effects.get(feature) ?? 0) + effect / tasks.length);
  const byEffect = [...effects].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const strengths = byEffect
    .flatMap(([feature, effect]) => (effect >= leastEffect && words[feature] ? [words[feature].good] : []))
    .slice(0, mostOfEach);
  const advice = byEffect
    .toReversed()
    .flatMap(([feature, effect]) => {
      const help = words[feature]?.help;
      return effect <= -leastEffect && help ? [{ title: titleOf(feature, tasks), words: help }] : [];
    })
    .slice(0, mostOfEach);
  const sounds = unclearWords(tasks);
  if (sounds.length > 0)
    advice.push({ title: "Words to say again", words: `Hard to make out were: ${sounds.join(", ")}.` });
  return { strengths, advice };
}

const titles: Readonly<Record<string, string>> = {
  fluency: "Daily speaking",
  pronunciation: "Imitation",
  grammar: "Structures",
  vocabulary: "Words",
};

function titleOf(feature: string, tasks: readonly Measured[]): string {
  const holds = ({ contributions }: MachineCriterion) => contributions.some((one) => one.feature === feature);
  const criterion = tasks.flatMap(({ criteria }) => criteria).find(holds)?.criterion;
  return titles[criterion ?? ""] ?? "Speaking";
}

function unclearWords(tasks: readonly Measured[]): string[] {
  const unclear = tasks.flatMap(({ evidence, text }) =>
    evidence.flatMap(({ kind, start, end }) =>
      kind === "unclear-word" && text ? [text.slice(start, end).toLowerCase()] : [],
    ),
  );
  return [...new Set(unclear)].slice(0, 8);
}
