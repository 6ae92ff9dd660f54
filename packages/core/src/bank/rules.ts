import type { Slot } from "@bandwise/psychometrics/assembly";
import { type BankItem, cefrLevels, levelBands, type Skill } from "./schema.ts";

/** The part of a programme's blueprint that says which items a form holds. */
export interface FormSection {
  readonly skill: Skill;
  readonly slots: readonly {
    readonly level: string;
    readonly count: number;
    readonly interactive?: number | undefined;
  }[];
  readonly anchors?: number | undefined;
}

export const interactiveTag = "interactive";

/** A slot that asks for some interactive tasks is two slots: so many interactive, the rest not. */
export function assemblySlots(section: FormSection): Slot[] {
  return section.slots.flatMap(({ level, count, interactive = 0 }) =>
    [
      { level, tag: "", count: count - interactive },
      { level, tag: interactiveTag, count: interactive },
    ].filter((slot) => slot.count > 0),
  );
}

const statusMoves = {
  draft: ["in_review", "active", "retired"],
  in_review: ["draft", "pretest", "active", "retired"],
  pretest: ["active", "retired"],
  active: ["resting", "retired"],
  resting: ["active", "retired"],
  retired: [],
} as const satisfies Record<string, readonly string[]>;
export type ItemStatus = keyof typeof statusMoves;

export function canMoveItem(from: ItemStatus, to: ItemStatus): boolean {
  const moves: readonly string[] = statusMoves[from];
  return moves.includes(to);
}

/** The item's kind of answer, for filters: an interaction type, or `writing` / `speaking`. */
export function itemType(item: BankItem): string {
  return item.skill === "writing" || item.skill === "speaking" ? item.skill : item.content.interaction.type;
}

/** Everything a person may look for: stimulus, stem, options, prompt. Plain words, one line. */
export function searchTextOf(item: BankItem): string {
  const parts: string[] = [item.id];
  const collect = (value: unknown): void => {
    if (typeof value === "string") parts.push(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
  };
  collect(item.content);
  return parts.join(" ").toLowerCase().replaceAll(/\s+/g, " ");
}

/**
 * Refuses content whose key does not fit its interaction: the one check between an editor's slip and a wrong score.
 *
 * @returns field → rule broken; empty when sound.
 */
export function keyProblems(item: BankItem): Record<string, string> {
  if (item.skill === "writing" || item.skill === "speaking") return {};
  const { content, key } = item;
  const { interaction } = content;
  if (interaction.type !== key.type) return { key: `must be of type ${interaction.type}` };
  const idsOf = (options: readonly { id: string }[]): string[] => options.map((option) => option.id);
  const problems: Record<string, string> = {};
  const requireAll = (field: string, ids: readonly string[], known: readonly string[]): void => {
    const unknown = ids.filter((id) => !known.includes(id));
    if (unknown.length > 0) problems[field] = `names ${unknown.join(", ")}, which is not there`;
    if (new Set(ids).size !== ids.length) problems[field] = "names something twice";
  };
  const requireUnique = (field: string, options: readonly { id: string }[]): void => {
    if (new Set(idsOf(options)).size !== options.length) problems[field] = "has two entries with one id";
  };
  switch (interaction.type) {
    case "choice":
      requireUnique("content.interaction.options", interaction.options);
      if (key.type === "choice") requireAll("key.correct", [key.correct], idsOf(interaction.options));
      break;
    case "multiple-response":
      requireUnique("content.interaction.options", interaction.options);
      if (key.type === "multiple-response") {
        requireAll("key.correct", key.correct, idsOf(interaction.options));
        if (key.correct.length !== interaction.choose)
          problems["key.correct"] = `must name ${interaction.choose} options`;
      }
      break;
    case "matching":
      requireUnique("content.interaction.prompts", interaction.prompts);
      requireUnique("content.interaction.options", interaction.options);
      if (key.type === "matching") {
        requireSame(problems, Object.keys(key.correct), idsOf(interaction.prompts));
        for (const id of Object.values(key.correct)) {
          if (!idsOf(interaction.options).includes(id)) problems["key.correct"] = `names ${id}, which is not an option`;
        }
      }
      break;
    case "ordering":
      requireUnique("content.interaction.elements", interaction.elements);
      if (key.type === "ordering") requireSame(problems, key.correct, idsOf(interaction.elements));
      break;
    case "gap-fill":
      requireUnique("content.interaction.options", interaction.options);
      if (key.type === "gap-fill") {
        requireSame(problems, Object.keys(key.correct), gapIds(interaction.text));
        for (const id of Object.values(key.correct)) {
          if (!idsOf(interaction.options).includes(id)) problems["key.correct"] = `names ${id}, which is not an option`;
        }
      }
      break;
    case "text-entry":
      break;
  }
  return problems;
}

function requireSame(problems: Record<string, string>, named: readonly string[], needed: readonly string[]): void {
  if (new Set(named).size !== named.length || [...named].sort().join() !== [...needed].sort().join()) {
    problems["key.correct"] = `must name exactly ${needed.join(", ")}`;
  }
}

/** The ids in a gap-fill text, in order: `[[1]] … [[2]]` → 1, 2. */
export function gapIds(text: string): string[] {
  return [...text.matchAll(/\[\[([a-z0-9-]+)\]\]/g)].map((match) => match[1] ?? "");
}

/** Active items of one skill, level and sub-skill, and how often they were allotted. */
export interface BankCell {
  readonly skill: Skill;
  readonly level: string;
  readonly subSkill: string;
  readonly active: number;
  readonly allotted: number;
}

/** What each level asks for most (the level specifications of the content rules): these cells must not run dry. */
const askedFor: Readonly<Record<Skill, Readonly<Record<string, readonly string[]>>>> = {
  reading: {
    A1: ["gist", "detail"],
    A2: ["detail", "inference", "attitude-purpose"],
    B1: ["gist", "detail", "reference", "attitude-purpose"],
    B2: ["inference", "vocabulary-in-context", "attitude-purpose"],
    C1: ["inference", "attitude-purpose", "organisation"],
    C2: ["inference", "attitude-purpose", "organisation"],
  },
  listening: {
    A1: ["gist", "detail", "specific-information"],
    A2: ["detail", "specific-information", "inference", "attitude-purpose"],
    B1: ["gist", "detail", "attitude-purpose"],
    B2: ["inference", "attitude-purpose"],
    C1: ["inference", "attitude-purpose"],
    C2: ["inference", "attitude-purpose", "function"],
  },
  writing: {
    A: ["message"],
    B: ["transaction", "description"],
    C: ["argument", "exposition"],
  },
  speaking: {
    A: ["personal", "description"],
    B: ["narration", "comparison", "opinion"],
    C: ["opinion", "negotiation"],
  },
};
const askedForMinimum = 2;

/** Fewer active items than this and the cell is thin. Zero where the level does not ask for the sub-skill. */
export function cellMinimum(skill: Skill, level: string, subSkill: string): number {
  return askedFor[skill][level]?.includes(subSkill) ? askedForMinimum : 0;
}

export function levelsOf(skill: Skill): readonly string[] {
  return skill === "reading" || skill === "listening" ? cefrLevels : levelBands;
}

const beginnings: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "audio/mpeg": [
    [0x49, 0x44, 0x33],
    [0xff, 0xfb],
    [0xff, 0xf3],
    [0xff, 0xf2],
  ],
  "image/png": [[0x89, 0x50, 0x4e, 0x47]],
  "image/jpeg": [[0xff, 0xd8, 0xff]],
};

/** Why a file may not enter the bank, or null: its first bytes must fit its type, and a drawing must be a picture alone. */
export function mediaProblem(content: Uint8Array, mimeType: string): string | null {
  if (mimeType !== "image/svg+xml") {
    const fits = beginnings[mimeType]?.some((bytes) => bytes.every((byte, index) => content[index] === byte));
    return fits ? null : `does not hold ${mimeType}`;
  }
  const text = new TextDecoder().decode(content);
  if (!/<svg[\s>]/i.test(text)) return "does not hold a drawing";
  return /<(script|foreignObject|iframe|!ENTITY)|\son[a-z]+\s*=|javascript:|(href|src)\s*=\s*["']\s*(https?:|\/\/)/i.test(
    text,
  )
    ? "holds script or loads something from outside: a drawing must be a picture alone"
    : null;
}

/** The media files an item names. */
export function mediaNames(item: BankItem): { field: string; name: string }[] {
  if (item.skill === "listening") return [{ field: "content.stimulus.media", name: item.content.stimulus.media }];
  if (item.skill !== "speaking") return [];
  const { turn, picture } = item.content;
  return [
    ...(turn ? [{ field: "content.turn.media", name: turn.media }] : []),
    ...(picture ? [{ field: "content.picture.media", name: picture.media }] : []),
  ];
}
