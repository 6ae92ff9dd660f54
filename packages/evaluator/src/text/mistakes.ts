import type { ErrorKind, Mistake } from "../rating.ts";
import type { GrammarChecker } from "./grammar.ts";
import type { Speller } from "./spelling.ts";
import type { Tokens, Word } from "./tokens.ts";

/** Beyond so many words a sentence of a learner has nearly always run on; style guides begin to warn at 30 to 40. */
const runOnWords = 50;

/** Every mistake found, in order of place. A transcript is spared those of spelling, punctuation and capitals: they are not the speaker's. */
export async function findMistakes(
  tokens: Tokens,
  kind: "text" | "transcript",
  checker: GrammarChecker,
  speller: Speller,
): Promise<Mistake[]> {
  const spelling = kind === "text" ? misspellings(tokens, speller) : [];
  const runOns = kind === "text" ? runOnSentences(tokens) : [];
  const found = [...spelling, ...(await checker.check(tokens.text)), ...patternMistakes(tokens)];
  return [...runOns, ...withoutOverlaps(found.filter((error) => kind === "text" || isSpoken(error.kind)))].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
}

/** One slip is one mistake: a misspelt word confuses the rules around it, and several rules may know the same slip. The first wins. */
function withoutOverlaps(found: readonly Mistake[]): Mistake[] {
  const kept: Mistake[] = [];
  for (const error of found)
    if (!kept.some(({ start, end }) => error.start < end && start < error.end)) kept.push(error);
  return kept;
}

const isSpoken = (kind: ErrorKind): boolean => kind === "grammar" || kind === "agreement" || kind === "word-choice";

function misspellings({ words }: Tokens, speller: Speller): Mistake[] {
  const suggestions = new Map<string, string | null>();
  return words.flatMap((word, at): Mistake[] => {
    const parts = word.text.split("-");
    const wrong = parts.find((part) => part !== "" && !speller.isWord(part));
    if (wrong === undefined || speller.isWord(word.text) || isName(word, words[at - 1])) return [];
    const known = suggestions.get(word.text);
    const suggestion = known !== undefined ? known : speller.suggest(wrong);
    suggestions.set(word.text, suggestion);
    const { start, end } = word;
    const capital = wrong.charAt(0).toUpperCase() + wrong.slice(1);
    if (speller.isWord(capital))
      return [
        { start, end, kind: "capitalisation", message: "This word is written with a capital.", suggestion: capital },
      ];
    const corrected = suggestion === null ? null : parts.map((part) => (part === wrong ? suggestion : part)).join("-");
    return [{ start, end, kind: "spelling", message: `${word.text} is not in the dictionary`, suggestion: corrected }];
  });
}

/** A capital in the middle of a sentence: a name, which no dictionary has to know. */
function isName({ text, plain }: Word, before: Word | undefined): boolean {
  return before !== undefined && text.charAt(0) !== plain.charAt(0) && text !== text.toUpperCase();
}

function runOnSentences({ sentences }: Tokens): Mistake[] {
  return sentences
    .filter(({ words }) => words.length > runOnWords)
    .map(({ words }) => ({
      start: words[0]?.start ?? 0,
      end: words.at(-1)?.end ?? 0,
      kind: "run-on" as const,
      message: `This sentence has ${words.length} words; it would read better as two or more.`,
      suggestion: null,
    }));
}

interface Pattern {
  readonly kind: ErrorKind;
  readonly pattern: RegExp;
  readonly message: string;
}

/** Words that end like a form of a verb and are none. */
const notForms =
  "always|perhaps|sometimes|besides|discuss|pass|miss|guess|access|process|focus|press|stress|dress|express|possess|address|cross|kiss|across|less|plus|yes|this|us|is|its|his|as|need|feed|proceed|succeed|exceed|bleed|speed|breed|embed|shed|wed|indeed|bring|sing|ring|swing|cling|sting|spring|string|thing|anything|nothing|something|everything|witness|harness|assess|impress|bless|toss|boss|fuss|towards|afterwards|nowadays|thus|progress|confess|oppress|suppress|depress|regardless|unless|perhaps|red|hundred|led|bed|king|during|being|morning|evening|building|feeling|business|mess|class|glass|loss|gas|bus|news|politics|mathematics|physics";

/** Slips that are typical of learners and that Harper leaves: our own, each with what to do instead. */
const patterns: readonly Pattern[] = [
  {
    kind: "grammar",
    pattern: new RegExp(
      `\\b(?:can|could|will|would|should|must|may|might|can't|won't|wouldn't|shouldn't|couldn't) (?:not |also |always |never )?(?!(?:${notForms})\\b)[a-z]{2,}(?:(?<!s)s|ed|ing)\\b`,
      "gi",
    ),
    message: "After a modal verb comes the plain form of the verb.",
  },
  {
    kind: "grammar",
    pattern: new RegExp(
      `\\b(?:don't|doesn't|didn't|do not|does not|did not) (?:even |really |also )?(?!(?:${notForms})\\b)[a-z]{2,}(?:(?<!s)s|ed|ing)\\b`,
      "gi",
    ),
    message: "After do, does and did comes the plain form of the verb.",
  },
  {
    kind: "grammar",
    pattern: /\b(?:can|could|will|would|should|must|may|might) to (?!(?:and|or)\b)[a-z]+/gi,
    message: "No to after a modal verb.",
  },
  {
    kind: "agreement",
    pattern: /\b(?:he|she|it) (?:don't|haven't|have|do not|were)\b(?! been (?:to )?if)/gi,
    message: "Verb and subject do not agree.",
  },
  {
    kind: "agreement",
    pattern: /\b(?:they|we|you) (?:was|is|has|doesn't|wasn't|isn't|hasn't)\b/gi,
    message: "Verb and subject do not agree.",
  },
  {
    kind: "agreement",
    pattern:
      /\b(?:people|children|students|teachers|parents|friends|kids|many|some people|my parents|my friends) (?:is|was|has|does|doesn't|isn't|wasn't|hasn't)\b/gi,
    message: "Verb and subject do not agree.",
  },
  {
    kind: "agreement",
    pattern:
      /\b(?:many|several|these|those|few|various|two|three|four|five|six|seven|eight|nine|ten) (?:thing|student|person|friend|teacher|parent|kid|child|day|year|month|week|hour|minute|time|way|reason|example|problem|school|job|class|place|country|activity|opportunity|skill|idea|goal|book|game|family|subject|sport|club|man|woman|animal|word|question|option|choice|experience|opinion|mistake)\b(?!-)/gi,
    message: "The noun should be plural here.",
  },
  {
    kind: "agreement",
    pattern:
      /\b(?:a|an|another|every|each|one) (?:things|students|friends|teachers|parents|kids|children|days|years|months|weeks|hours|minutes|ways|reasons|examples|problems|schools|jobs|places|countries|activities|opportunities|skills|ideas|goals|books|games|sports|clubs|men|women|persons)\b/gi,
    message: "The noun should be singular here.",
  },
  {
    kind: "grammar",
    pattern:
      /\b(?:am|are|is|was|were) (?:agree|disagree|depend|belong|consist|go|come|want|need|have|think|believe|like|know)\b/gi,
    message: "No form of be before this verb.",
  },
  {
    kind: "grammar",
    pattern:
      /\b(?:more|most) (?:better|easier|bigger|faster|happier|harder|stronger|cheaper|smarter|older|younger|best|easiest|happiest|hardest)\b/gi,
    message: "The comparison is made twice.",
  },
  {
    kind: "word-choice",
    pattern:
      /\b(?:informations|advices|homeworks|furnitures|knowledges|equipments|researches|childrens|peoples|mens|womens|persons|stuffs|moneys|musics|works hards|feedbacks|vocabularies)\b/gi,
    message: "This noun has no such plural.",
  },
  {
    kind: "grammar",
    pattern:
      /\b(?:to|To) (?:went|was|were|had|did|made|took|got|gave|came|saw|said|found|knew|became|began|told|thought)\b/g,
    message: "After to comes the plain form of the verb.",
  },
  {
    kind: "grammar",
    pattern:
      /\b(?:want|wants|need|needs|like|likes|try|tries|decide|decided|wanted|needed) (?!to\b)(?:go|be|do|make|have|get|learn|see|help|become|know|study|play|buy|work|take|give|say)\b/gi,
    message: "This verb takes to before the next verb.",
  },
  {
    kind: "grammar",
    pattern:
      /\b(?:in|at|on) (?:last|next|this|every) (?:week|month|year|summer|winter|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/gi,
    message: "No preposition before this expression of time.",
  },
  {
    kind: "word-choice",
    pattern: /\b(?:should|could|would|must|might) of\b/gi,
    message: "This should be have, not of.",
  },
  { kind: "punctuation", pattern: /\w [,.;!?](?=\s|$)/g, message: "No space before this mark." },
  { kind: "punctuation", pattern: /\p{L}{2,}[,;!?]\p{L}{2,}/gu, message: "A space is missing after this mark." },
  { kind: "punctuation", pattern: /\p{Ll}{2,}\.\p{L}\p{Ll}+(?=\s)/gu, message: "A space is missing after this mark." },
];

/** One word written as two. `Every one of them` is right as it is. */
const wordsApart =
  /\b(?:any (?:body|how|where)|every (?:body|one(?! of)|where)|some (?:body|how|one(?! of)|where)|no (?:thing|where)|with out|in stead|my self|your self|him self|her self|it self|our selves|them selves|how ever|there fore|further more|mean while|never the less|none the less|not with standing|hence forth|mis (?:understand|understood|use|used)|over (?:load|night)|short comings?|straight forward|wide spread|world wide|worth while|lap top|desk top)\b/gi;

function patternMistakes({ text }: Tokens): Mistake[] {
  const straight = text.replaceAll("’", "'");
  const places = (pattern: RegExp) =>
    Array.from(straight.matchAll(pattern), ({ 0: found, index: start }) => ({
      found,
      start,
      end: start + found.length,
    }));
  return [
    ...patterns.flatMap(({ kind, pattern, message }) =>
      places(pattern).map(({ start, end }) => ({ start, end, kind, message, suggestion: null })),
    ),
    ...places(wordsApart).map(({ found, start, end }) => ({
      ...{ start, end, kind: "grammar" as const },
      message: "This is written as one word.",
      suggestion: found.replaceAll(" ", ""),
    })),
  ];
}
