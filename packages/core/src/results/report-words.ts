import { type ReportedLevel, securedLevel } from "@bandwise/scoring/cefr";
import { IELP, type IelpComposite, type IelpSection } from "@bandwise/scoring/schemes/ielp";
import type { MachineStanding } from "../schemes/schema.ts";
import { criterionShares, type IelpOutput, type IetSpeakingOutput, type Remarked } from "./rules.ts";

// The words and figures of a result, as its page and its document print them.

export const sectionNames: Readonly<Record<IelpSection, string>> = {
  reading: "Reading",
  listening: "Listening",
  writing: "Writing",
  speaking: "Speaking",
};

/** The sections in the order of a sitting. */
export const traceOrder: readonly IelpSection[] = ["reading", "listening", "writing", "speaking"];

export const compositeNames: Readonly<Record<IelpComposite, string>> = {
  literacy: "Literacy",
  comprehension: "Comprehension",
  conversation: "Conversation",
  production: "Production",
};

/** “Reading, Writing, Speaking”: the sections a composite is the mean of. */
export function compositeSections(composite: IelpComposite): string {
  return IELP.composites[composite].map((section) => sectionNames[section]).join(", ");
}

/** “vocabulary-in-context” → “Vocabulary in context”, “taskFulfilment” → “Task fulfilment”. */
export function inWords(id: string): string {
  if (id === "attitude-purpose") return "Attitude and purpose";
  const words = id
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/-/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The CEFR's name for users of a level; a double level goes by its secured half. */
export function userKind(level: ReportedLevel): string {
  switch (securedLevel(level)) {
    case "below A1":
      return "Below the scale";
    case "A1":
    case "A2":
      return "Basic user";
    case "B1":
    case "B2":
      return "Independent user";
    case "C1":
    case "C2":
      return "Proficient user";
  }
}

/** The scheme's words for a level, said to the candidate: “At C1 you can” + “understand demanding, longer texts, …”. */
export function meaningForYou(level: string, meaning: string): { lead: string; rest: string } {
  const toYou = meaning.replaceAll("themselves", "yourself");
  if (toYou.startsWith("Can ")) return { lead: `At ${level} you can`, rest: toYou.slice(4) };
  if (toYou.startsWith("Is ")) {
    const rest = toYou.slice(3).replace(" and is beginning", " and are beginning");
    return { lead: `At ${level} you`, rest: `are ${rest}` };
  }
  if (toYou.startsWith("Does not ")) {
    const rest = toYou.slice(9).replace("; may know", "; you may know");
    return { lead: "Below A1 you", rest: `do not ${rest}` };
  }
  return { lead: `${level}:`, rest: toYou };
}

const glyphs: Readonly<Record<string, string>> = {
  "1/2": "½",
  "1/3": "⅓",
  "2/3": "⅔",
  "1/4": "¼",
  "3/4": "¾",
  "1/5": "⅕",
  "2/5": "⅖",
  "3/5": "⅗",
  "4/5": "⅘",
  "1/6": "⅙",
  "5/6": "⅚",
};

/** A credit such as `1/2` as one sign where there is one. */
export function creditText(credit: string): string {
  return glyphs[credit] ?? credit;
}

/** `5.500` → `5.5`, `12.375` stays; at least `minimum` decimals remain. */
export function trimDecimals(decimal: string, minimum = 0): string {
  const [whole = "0", digits = ""] = decimal.split(".");
  const kept = digits.replace(/0+$/, "").padEnd(minimum, "0");
  return kept === "" ? whole : `${whole}.${kept}`;
}

/** An exact fraction for reading: `2891/80` → `36.1375`; one that does not end, such as `49/3`, stays a fraction. */
export function exactText(fraction: string): string {
  const [over = "0", under = "1"] = fraction.split("/");
  for (let decimals = 0; decimals <= 6; decimals += 1) {
    const shifted = BigInt(over) * 10n ** BigInt(decimals);
    if (shifted % BigInt(under) !== 0n) continue;
    const digits = String(shifted / BigInt(under)).padStart(decimals + 1, "0");
    return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  }
  return fraction;
}

/** “1st”, “7th”. */
export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th");
  return `${place}${ending}`;
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** “first” … “tenth”. */
export function ordinalWord(place: number): string {
  return ordinals[place - 1] ?? ordinal(place);
}

/** “above 6.00 and up to 8.00”: the bands a level spans on the scale, where row i of the table ends at band i + 1; null below it. */
export function bandSpan(level: string): { above: string; upTo: string } | null {
  const first = IELP.rows.findIndex(({ cefr }) => cefr === level);
  if (first < 0) return null;
  const rows = IELP.rows.filter(({ cefr }) => cefr === level).length;
  return { above: first.toFixed(2), upTo: (first + rows).toFixed(2) };
}

/** Where the ruler's pin stands. Below the scale no segment is held, not even the first: the pin stands just before it. */
export function pinOf(band: string, level: string): number {
  return level === "below A1" ? -0.001 : Number(band);
}

/** “(7.00 + 6.00 + 6.00 + 7.00) ÷ 4 = ”, to be followed by the band; where the mean had to be rounded it says so before. */
export function overallArithmetic(bands: readonly { band: string }[], overall: string): string {
  const tenths = bands.reduce((sum, { band }) => sum + Math.round(Number(band) * 10), 0);
  // Tenths ÷ 4 end after three decimals: the figure is exact.
  const exact = trimDecimals((tenths / 10 / bands.length).toFixed(3), 2);
  const division = `(${bands.map(({ band }) => band).join(" + ")}) ÷ ${bands.length} = `;
  return exact === overall ? division : `${division}${exact}, rounded to `;
}

/** Reading and listening by sub-skill, writing and speaking by criterion, in whole percent; strongest first. */
export function sharesOf(
  output: IelpOutput,
): Readonly<Record<IelpSection, readonly { name: string; percent: number }[]>> {
  const bySubSkill = (section: "reading" | "listening") =>
    output.subSkills[section]
      .map(({ subSkill, percent }) => ({ name: inWords(subSkill), percent: Math.round(Number(percent)) }))
      .sort((a, b) => b.percent - a.percent);
  const byCriterion = (section: "writing" | "speaking") =>
    criterionShares(output.trace, section).map(({ criterion, percent }) => ({ name: inWords(criterion), percent }));
  return {
    reading: bySubSkill("reading"),
    listening: bySubSkill("listening"),
    writing: byCriterion("writing"),
    speaking: byCriterion("speaking"),
  };
}

/** What stands under the headings of a report. */
export const reportWords = {
  subSkills:
    "Credit earned, as a share of the credit possible. A single sitting holds few items of each kind: read these as hints for study.",
  tasks: "A task’s score is the mean of its criteria, the overall score the mean of the tasks.",
  strengths: "Measured against the rest of this result, not against other people. One sitting is a small sample.",
  noStrength: "Nothing stands out from the rest: your parts are close.",
  noWeakness: "Nothing stands back from the rest. Where there is most to gain:",
  skillTrace: "Every step from the answers to the band, drawn to one scale.",
  machineSecond:
    "In writing, a machine rater that was checked against examiners here was the second marker of at least one task: its mark and the examiner’s were close, and both count.",
} as const;

/** “B1/B2 is a double level: …”; null of a level that stands alone. */
export function doubleLevelWords(level: string): string | null {
  const [secured, next] = level.split("/");
  return next === undefined ? null : `${level} is a double level: ${secured} is secured, ${next} has begun.`;
}

/** What the overall level of a spoken test means, in the scheme's words. */
export function spokenMeaning(output: IetSpeakingOutput, meaning: string): string {
  return output.independentUser ? `${meaning} From B1 on the framework speaks of an independent user.` : meaning;
}

/** Who gave the scores of a spoken test. */
export function spokenRaters(machine: MachineStanding): string {
  return machine === "none"
    ? "Examiners gave every score below."
    : "A machine measured what it could; where it could not, an examiner gave the score.";
}

/** “Fluency and coherence” → “Fluency”: the head of a narrow column. */
export function shortTitle(criterionTitle: string): string {
  return criterionTitle.split(/ (?:and |\()/)[0] ?? criterionTitle;
}

const replacedWords: Readonly<Record<Remarked["was"], string>> = {
  machine: "the machine’s marks",
  examiner: "the marks before",
  both: "the marks before, of an examiner and of a machine",
};

/** What replaced what, and why: “Speaking was marked anew on appeal: …”. */
export function remarkWords({ skill, tasks, was }: Remarked): string {
  const where = tasks === 1 ? "In one task" : `In ${tasks} tasks`;
  return `${sectionNames[skill]} was marked anew on appeal. ${where} a senior examiner’s marks, given without seeing any others, count instead of ${replacedWords[was]}, which are kept beside them.`;
}
