import type { ItemStatus } from "@bandwise/core/bank/life-cycle-rules";
import type { Skill } from "@bandwise/core/bank/schema";
import type { BadgeTone } from "@/ui/badge.tsx";

/** The bank's own words as people read them; whatever has no entry is its own name with spaces. */
const special: Readonly<Record<string, string>> = {
  "attitude-purpose": "Attitude, purpose",
  "family-friends": "Family, friends",
  "media-technology": "Media, technology",
  "specific-information": "Names, numbers",
  "vocabulary-in-context": "Vocabulary",
  choice: "Multiple choice",
  composite: "Several parts",
  hottext: "Words in a text",
  "gap-fill": "Gaps, one list",
  "inline-choice": "Gaps, a list each",
  cloze: "Gaps to write in",
  writing: "Writing",
  speaking: "Speaking",
  picture: "Picture description",
  in_review: "In review",
  all: "All levels",
};

export function nameOf(id: string): string {
  return special[id] ?? sentence(id.replaceAll(/[-_]/g, " "));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Column heads of the heat map: all of them fit beside each other on a phone. */
const short: Readonly<Record<string, string>> = {
  detail: "Det.",
  inference: "Inf.",
  reference: "Ref.",
  "vocabulary-in-context": "Voc.",
  "attitude-purpose": "Att.",
  organisation: "Org.",
  "specific-information": "Names",
  function: "Func.",
  message: "Mess.",
  transaction: "Trans.",
  description: "Descr.",
  narration: "Narr.",
  exposition: "Expos.",
  argument: "Argum.",
  personal: "Pers.",
  comparison: "Comp.",
  negotiation: "Negot.",
  opinion: "Opin.",
  all: "Any",
};

export function shortNameOf(id: string): string {
  return short[id] ?? nameOf(id);
}

export const statusTones: Readonly<Record<ItemStatus, BadgeTone>> = {
  draft: "accent",
  in_review: "warn",
  pretest: "accent",
  active: "ok",
  resting: "plain",
  retired: "bad",
};

export const skillNames: Readonly<Record<Skill, string>> = {
  reading: "Reading",
  listening: "Listening",
  writing: "Writing",
  speaking: "Speaking",
};

/** Logits with their sign: −0.50, +1.25. */
export function difficultyText(value: number): string {
  return signed(value, 2);
}

/** A figure with a true minus, and a plus where it is above zero; what is shown as zero has neither. */
export function signed(value: number, digits: number): string {
  const figure = Math.abs(value).toFixed(digits);
  if (Number(figure) === 0) return figure;
  return `${value < 0 ? "−" : "+"}${figure}`;
}
