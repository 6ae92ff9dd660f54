import type { FormBlueprint, SectionBlueprint, Slot } from "@bandwise/psychometrics/blueprint";
import type { PoolItem } from "@bandwise/psychometrics/pool";
import { plainText, textPieces } from "./marked-text.ts";
import { allLevels, type BankItem, cefrLevels, levelBands, type Skill, type StimulusBlock } from "./schema.ts";
import type { OpenContent } from "./speaking-schema.ts";

/** See `formSlot`. */
type FormSlot =
  | { readonly level: string; readonly count: number; readonly interactive?: number | undefined }
  | { readonly type: string; readonly count: number };

/** The part of a programme's blueprint that says which items a form holds. */
export interface FormSection extends Pick<SectionBlueprint, "anchors" | "subSkills" | "topicMax" | "sets" | "targets"> {
  readonly skill: Skill;
  readonly slots: readonly FormSlot[];
  /** Tasks tried out on top of the scored ones, each with its own time. */
  readonly pretest?: { readonly count: number; readonly secondsEach: number } | undefined;
}

export const interactiveTag = "interactive";

/** What the assembly engine is asked for. */
export function assemblyBlueprint(sections: readonly FormSection[]): FormBlueprint {
  return {
    sections: sections.map((section) => ({
      ...section,
      slots: section.slots.flatMap(slotDemand),
      pretest: section.pretest?.count,
    })),
  };
}

/**
 * What a slot takes, by level and tag. One that asks for some interactive tasks is two slots: so many interactive, the rest
 * not. The tag of an open task is its type; see `itemTag` for what an item carries.
 */
export function slotDemand(slot: FormSlot): Slot[] {
  if ("type" in slot) return [{ level: allLevels, tag: slot.type, count: slot.count }];
  const { level, count, interactive = 0 } = slot;
  return [
    { level, tag: "", count: count - interactive },
    { level, tag: interactiveTag, count: interactive },
  ].filter((slot) => slot.count > 0);
}

/**
 * How many items the blueprint's slots could take for scoring. A snapshot of its skills holds more: tasks put to everybody, for one,
 * stand in no form that asks for levels.
 */
export function countDrawable(
  { sections }: FormBlueprint,
  items: readonly Pick<PoolItem, "skill" | "level" | "tag" | "use">[],
): number {
  const place = (skill: string, level: string, tag: string): string => `${skill}\n${level}\n${tag}`;
  const asked = new Set(
    sections.flatMap(({ skill, slots }) => slots.map(({ level, tag }) => place(skill, level, tag))),
  );
  return items.filter(({ skill, level, tag, use }) => use === "scored" && asked.has(place(skill, level, tag))).length;
}

/** The item’s kind of answer, for filters: an interaction type, `writing` / `speaking`, or the kind of an open task. */
export function itemType(item: BankItem): string {
  if (item.level === allLevels) return item.content.type;
  return item.skill === "writing" || item.skill === "speaking" ? item.skill : item.content.interaction.type;
}

/** Everything a person may look for: stimulus, stem, options, prompt. Plain words, one line. */
export function searchTextOf(item: BankItem): string {
  const parts: string[] = [item.id];
  const collect = (value: unknown): void => {
    if (typeof value === "string") parts.push(...textPieces(plainText(value)).map((piece) => piece.text));
    else if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
  };
  collect(item.content);
  return parts.join(" ").toLowerCase().replaceAll(/\s+/g, " ");
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
  if (skill === "speaking") return [...levelBands, allLevels];
  return skill === "writing" ? levelBands : cefrLevels;
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

/** A media file an item names, with its length where the item states one. */
interface NamedMedia {
  readonly field: string;
  readonly name: string;
  readonly durationSeconds?: number;
}

export function mediaNames(item: BankItem): NamedMedia[] {
  switch (item.skill) {
    case "reading":
      return pictureNames(item.content.stimulus.blocks);
    case "listening":
      return [
        {
          field: "content.stimulus.media",
          name: item.content.stimulus.media,
          durationSeconds: item.content.stimulus.durationSeconds,
        },
        ...pictureNames(item.content.stimulus.blocks ?? []),
      ];
    case "writing":
      return [];
    case "speaking": {
      if (item.level === allLevels) return openMedia(item.content);
      const { turn, picture } = item.content;
      return [
        ...(turn ? [{ field: "content.turn.media", name: turn.media, durationSeconds: turn.durationSeconds }] : []),
        ...(picture ? [{ field: "content.picture.media", name: picture.media }] : []),
      ];
    }
  }
}

function pictureNames(blocks: readonly StimulusBlock[]): NamedMedia[] {
  return blocks.flatMap((block, index) =>
    block.type === "image" ? [{ field: `content.stimulus.blocks.${index}.media`, name: block.media }] : [],
  );
}

function openMedia(content: OpenContent): NamedMedia[] {
  switch (content.type) {
    case "picture":
      return [{ field: "content.picture.media", name: content.picture.media }];
    case "dialogue":
      return content.turns.map(({ media, durationSeconds }, index) => ({
        field: `content.turns.${index}.media`,
        name: media,
        durationSeconds,
      }));
    case "interview":
    case "introduction":
    case "opinion":
      return [];
  }
}
