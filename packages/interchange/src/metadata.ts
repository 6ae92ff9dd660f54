import type { ItemMetadata } from "./item-model.ts";
import { childNamed, childrenNamed, descendantsNamed, textOf, type XmlElement } from "./xml.ts";

/**
 * What an item is about, told in LOM: one classification per fact, its taxon path's source naming the fact. The sources below
 * are our own vocabulary (docs/qti.md); from others we take what can only mean one thing: a CEFR level, the name of a skill,
 * sub-skill or topic of the bank, LOM's five steps of difficulty.
 */
export const sources = {
  level: "CEFR",
  skill: "bandwise:skill",
  subSkill: "bandwise:sub-skill",
  topic: "bandwise:topic",
  difficulty: "bandwise:difficulty",
  anchor: "bandwise:anchor",
} as const;

/** The words the bank knows: handed in, since this package knows nothing of the bank. */
export interface Vocabulary {
  readonly skills: readonly string[];
  readonly subSkills: Readonly<Record<string, readonly string[]>>;
  readonly topics: readonly string[];
}

/** LOM's steps as logits: the middle of the bank, and one and two steps to either side. */
const steps: Readonly<Record<string, number>> = {
  "very easy": -2,
  easy: -1,
  medium: 0,
  difficult: 1,
  "very difficult": 2,
};

export function lomStep(difficulty: number): string {
  return Object.entries(steps).reduce((a, b) => (Math.abs(b[1] - difficulty) < Math.abs(a[1] - difficulty) ? b : a))[0];
}

/** Facts of the first `lom` found in an element, and of those that follow where the first are silent. */
export function readMetadata(element: XmlElement, vocabulary: Vocabulary): ItemMetadata {
  const all = descendantsNamed(element, "lom").map((lom) => readLom(lom, vocabulary));
  return Object.assign({}, ...all.reverse());
}

function readLom(lom: XmlElement, vocabulary: Vocabulary): ItemMetadata {
  const taxa = descendantsNamed(lom, "taxonPath").map((path) => {
    const source = childNamed(path, "source");
    const taxon = childrenNamed(path, "taxon").at(-1);
    const entry = taxon && (childNamed(taxon, "entry") ?? childNamed(taxon, "id"));
    return { source: source ? textOf(source) : "", entry: entry ? textOf(entry) : "" };
  });
  const from = (source: string): string | undefined => taxa.find((taxon) => taxon.source === source)?.entry;
  const words = [
    ...taxa.map(({ entry }) => entry),
    ...descendantsNamed(lom, "keyword", "context", "learningContext").map(textOf),
  ];
  const slugs = words.map((word) => word.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"));
  const known = (list: readonly string[]): string | undefined => list.find((word) => slugs.includes(word));
  const skill = from(sources.skill) ?? known(vocabulary.skills);
  const level =
    taxa.find(({ source, entry }) => source === sources.level && /^([ABC][12]?)$/.test(entry))?.entry ??
    words.map((word) => /\b([ABC][12])\b/.exec(word)?.[1]).find((found) => found !== undefined);
  const subSkill = from(sources.subSkill) ?? known(skill === undefined ? [] : (vocabulary.subSkills[skill] ?? []));
  const topic = from(sources.topic) ?? known(vocabulary.topics);
  const [step] = descendantsNamed(lom, "difficulty").map(
    (difficulty) => steps[textOf(childNamed(difficulty, "value") ?? difficulty).toLowerCase()],
  );
  const logits = Number(from(sources.difficulty));
  const difficulty = from(sources.difficulty) !== undefined && Number.isFinite(logits) ? logits : step;
  const anchor = from(sources.anchor);
  return {
    ...(skill === undefined ? {} : { skill }),
    ...(level === undefined ? {} : { level }),
    ...(subSkill === undefined ? {} : { subSkill }),
    ...(topic === undefined ? {} : { topic }),
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(anchor === undefined ? {} : { anchor: anchor === "true" }),
  };
}
