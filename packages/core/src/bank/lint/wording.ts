import type { BankItem } from "../schema.ts";
import { normalised } from "../text-measures.ts";
import { isObjective, optionLists, questionTexts, taskTextOf } from "./parts.ts";
import { groupBy, type Problem } from "./rule.ts";

/** What an item talks about: nothing that may hurt, nothing that another item says already. */

/**
 * Themes that stay out of every item (content specification, "Not in any item"), by words that can hardly mean anything
 * else: a word such as "bar", "race" or "party" is left to the reviewer, who reads it in its sentence.
 */
const sensitiveThemes: Readonly<Record<string, RegExp>> = {
  "war or weapons":
    /\b(?:wars?|warfare|warship\w*|soldiers?|troops|bomb(?:s|ed|ing)?|guns?|gunshots?|rifles?|missiles?|weapons?|invasion|invaded|battlefields?|genocide|terroris\w+)\b/i,
  violence:
    /\b(?:murder\w*|stabb(?:ed|ing)|violen(?:t|ce)|assault(?:ed|s)?|kidnap\w*|hostages?|tortur\w+|beaten up|rob(?:bed|bery|beries)|abus(?:e|ed|ive))\b/i,
  death:
    /\b(?:die[ds]?|dying|dead|deaths?|funerals?|corpses?|suicid\w+|graves?|graveyards?|cemeter(?:y|ies)|killed|kills|killing)\b/i,
  "disease in detail":
    /\b(?:cancers?|tumou?rs?|strokes?|heart attacks?|hiv|aids|pandemics?|epidemics?|covid\w*|vomit\w*|diarrhoea|amputat\w+|miscarriage)\b/i,
  sex: /\b(?:sex|sexual\w*|naked|nude|erotic|pregnan(?:t|cy)|abortions?)\b/i,
  drugs:
    /\b(?:cocaine|heroin|cannabis|marijuana|opium|drug (?:dealer|addict|abuse)\w*|overdos\w+|cigarettes?|smok(?:ers?|ing)|vap(?:e|ing)|tobacco)\b/i,
  alcohol: /\b(?:alcohol\w*|beers?|wines?|whisky|vodka|cocktails?|drunk|drunken|pubs?|breweries|brewery|champagne)\b/i,
  gambling: /\b(?:gambl\w+|casinos?|lotter(?:y|ies)|betting|poker|roulette)\b/i,
  religion:
    /\b(?:god|gods|church(?:es)?|mosques?|synagogues?|temples?|pray(?:er|ers|ing|ed)|priests?|imams?|rabbis?|bible|quran|koran|christmas|easter|ramadan|diwali|hanukkah|christian\w*|muslims?|islam\w*|jew(?:s|ish)|hindu\w*|buddhis\w+|atheis\w+)\b/i,
  "party politics":
    /\b(?:elections?|electoral|political part(?:y|ies)|prime ministers?|presidential|parliamentary|left-wing|right-wing|communis\w+|socialis(?:t|m)s?|fascis\w+|republicans?|democrats?|referendums?)\b/i,
  "a brand":
    /\b(?:google|facebook|instagram|whatsapp|youtube|tiktok|twitter|amazon|microsoft|netflix|spotify|starbucks|mcdonald\W?s|coca-cola|ikea|nike|adidas|iphones?|samsung|uber|airbnb|tesla|wikipedia|disney|lego)\b/i,
};

function wordingOf(item: BankItem): string[] {
  if (!isObjective(item)) return taskTextOf(item);
  const { stimulus } = item.content;
  const title = "title" in stimulus && stimulus.title ? [stimulus.title] : [];
  return [
    ...title,
    ...taskTextOf(item),
    ...questionTexts(item),
    ...optionLists(item).flatMap((list) => list.map((o) => o.text)),
  ];
}

export function noSensitiveTheme(item: BankItem): string[] {
  const wording = wordingOf(item).join("\n");
  return Object.entries(sensitiveThemes).flatMap(([theme, pattern]) => {
    const word = pattern.exec(wording)?.[0];
    return word === undefined ? [] : [`"${word}" belongs to a theme that stays out of every item: ${theme}`];
  });
}

export function fairnessNoted(item: BankItem): string[] {
  return item.fairness === undefined ? ["no note says why the item favours and hurts nobody"] : [];
}

/**
 * Cosine of two items' content words, each weighted by how rare it is in the bank. In the starter bank no two
 * items lie above .25; a story told again with other names and in another order lies above .5.
 */
const NEAR_DUPLICATE = 0.4;
/** A word that more than this share of the items use tells no two of them apart. */
const COMMON_WORD_SHARE = 0.1;
/** Below so many items no word's rarity means anything. */
const FEWEST_ITEMS_COMPARED = 20;

/** Items that say the same in other words than `no-shared-stimulus` looks for: a leaked one would give the other away. */
export function noNearDuplicates(items: readonly BankItem[]): Problem[] {
  return [...groupBy(items, (item) => item.skill).values()].flatMap(nearDuplicatesWithin);
}

function nearDuplicatesWithin(items: readonly BankItem[]): Problem[] {
  if (items.length < FEWEST_ITEMS_COMPARED) return [];
  const bags = items.map((item) => countWords(wordingOf(item)));
  const holders = new Map<string, number[]>();
  for (const [at, bag] of bags.entries()) {
    for (const word of bag.keys()) {
      const known = holders.get(word);
      if (known) known.push(at);
      else holders.set(word, [at]);
    }
  }
  const rarity = (word: string): number => {
    const share = (holders.get(word)?.length ?? items.length) / items.length;
    return share > Math.max(COMMON_WORD_SHARE, 2 / items.length) ? 0 : -Math.log(share);
  };
  const vectors = bags.map((bag) => unitVector(bag, rarity));
  return vectors.flatMap((vector, at) => {
    const likeness = new Map<number, number>();
    for (const [word, weight] of vector)
      for (const other of holders.get(word) ?? [])
        if (other < at) likeness.set(other, (likeness.get(other) ?? 0) + weight * (vectors[other]?.get(word) ?? 0));
    return [...likeness]
      .filter(([, cosine]) => cosine >= NEAR_DUPLICATE)
      .map(([other, cosine]) => ({
        itemId: items[at]?.id ?? "",
        message: `says nearly what ${items[other]?.id} says (likeness ${cosine.toFixed(2)})`,
      }));
  });
}

function countWords(passages: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of normalised(passages.join(" ")).split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function unitVector(bag: ReadonlyMap<string, number>, rarity: (word: string) => number): Map<string, number> {
  const weights = [...bag].map(([word, count]): [string, number] => [word, (1 + Math.log(count)) * rarity(word)]);
  const length = Math.hypot(...weights.map(([, weight]) => weight));
  return new Map(weights.filter(([, weight]) => weight > 0).map(([word, weight]) => [word, weight / length]));
}
