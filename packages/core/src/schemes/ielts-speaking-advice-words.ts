import type { IeltsCriterion } from "@bandwise/scoring/schemes/ielts-speaking";
import type { Advice } from "./advice.ts";

/** From this band on the advice for those beyond the beginnings fits. */
export const ieltsLaterFrom = 5.5;

export const ieltsSpeakingAdvice: Readonly<Record<IeltsCriterion, Advice>> = {
  fluency: {
    strength: "You keep going, and one thing follows from another.",
    early: "Answer every question with two sentences more than it needs: a reason and an example.",
    later:
      "Practise part 2 with a clock: one minute to note four words, two minutes to speak, linking each point to the next.",
  },
  vocabulary: {
    strength: "You have the words for many topics and choose them well.",
    early: "For each familiar topic, home, work, free time, learn ten words and say each in a sentence about yourself.",
    later:
      "Learn words with the words they go with, and practise saying a thing another way when the word does not come.",
  },
  grammar: {
    strength: "Your sentences are varied and mostly right.",
    early: "Say simple sentences correctly first; then join two with “because”, “when” or “who”.",
    later: "Record an answer, write it down and mark each slip; say it again with two longer sentences that are right.",
  },
  pronunciation: {
    strength: "You are easy to follow.",
    early: "Read a short text aloud after a speaker, sentence by sentence, and copy where the voice goes up and down.",
    later:
      "Mark the stressed word of each sentence before you read it aloud, and shadow a speaker for five minutes a day.",
  },
};
