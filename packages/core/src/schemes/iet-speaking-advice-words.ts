import type { IetCriterion } from "@bandwise/scoring/schemes/iet-speaking";
import type { Advice } from "./advice.ts";

export const ietSpeakingAdvice: Readonly<Record<IetCriterion, Advice>> = {
  fluency: {
    strength: "You speak on, and what you say hangs together.",
    early: "Speak for one minute a day about one picture, and do not stop when a word is missing: say it another way.",
    later: "Plan three points in ten seconds, then speak for a minute with a beginning and an end.",
  },
  pronunciation: {
    strength: "Your words are heard as you mean them.",
    early:
      "Take ten words you use every day, listen to each in a dictionary with sound, and record yourself beside it.",
    later:
      "Listen to your own recording for the ends of words and the stressed syllable: that is where words are misheard.",
  },
  grammar: {
    strength: "Your sentences are well made.",
    early: "Practise one tense a week with true sentences about yourself, aloud.",
    later: "Use one conditional and one relative clause in every answer, and check them on your recording.",
  },
  vocabulary: {
    strength: "You use many and fitting words.",
    early: "Describe what you see on your way each day, and look up the three words you missed.",
    later: "Give an opinion on one headline a day without using the same adjective or verb twice.",
  },
};
