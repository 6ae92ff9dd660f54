import { type Fact, withFacts } from "./differences.ts";
import { inlineText } from "./html-blocks.ts";
import type { Finding, Interaction, ItemMetadata } from "./item-model.ts";
import { partId } from "./our-response.ts";
import type { ItemReading } from "./read-item.ts";
import { descendantsNamed, type XmlElement } from "./xml.ts";

/** What is taken where a file does not say what an item is about. */
export interface ImportDefaults {
  readonly level: string;
  readonly band: string;
  readonly topic: string;
  /** By skill. */
  readonly subSkill: Readonly<Record<string, string>>;
}

/** An item in the shape of the bank's files, unchecked: `key` is missing where a person has to write it. */
export interface ItemDraft {
  readonly item: Readonly<Record<string, unknown>>;
  /** Those of the reading and of making the draft. */
  readonly findings: readonly Finding[];
  /** What the file did not say and the defaults filled in. */
  readonly assumed: readonly string[];
}

/** Facts a bank's export noted beside an item, and whether the item's file is still the one they were noted for. */
export interface OwnFacts {
  readonly facts: readonly Fact[];
  readonly intact: boolean;
}

const toBeWritten = "To be written.";

/**
 * The bank's form of an item that was read; null where its findings already keep it out.
 *
 * @param own what the bank that wrote the file said beside it; taken where the file is as it was written
 */
export function draftItem(
  reading: ItemReading,
  defaults: ImportDefaults,
  own: OwnFacts | null = null,
): ItemDraft | null {
  const draft = draftAlone(reading, defaults);
  if (draft === null || own === null) return draft;
  if (own.intact) return { item: withFacts(draft.item, own.facts) as ItemDraft["item"], findings: [], assumed: [] };
  // Changed since: what the file says counts, and the bank's own facts only where it cannot say anything.
  const outside = own.facts.filter(({ place }) => !/^\/(content|key)(\/|$)/.test(place));
  const finding: Finding = {
    level: "warning",
    path: "",
    message: "was changed since it was exported: the file's content and scoring were taken, not those noted beside it",
  };
  return {
    ...draft,
    item: withFacts(draft.item, outside) as ItemDraft["item"],
    findings: [...draft.findings, finding],
  };
}

function draftAlone(reading: ItemReading, defaults: ImportDefaults): ItemDraft | null {
  const { body } = reading;
  if (body === null || reading.findings.some(({ level }) => level === "rejected")) return null;
  const findings: Finding[] = [...reading.findings];
  const warn = (path: string, message: string): void => void findings.push({ level: "warning", path, message });
  const skill = reading.metadata.skill ?? skillOf(reading);
  const { facts, assumed } = metadataOf(reading.metadata, skill, defaults);
  const common = { id: slugOf(reading.identifier), ...facts };
  if (body.task) {
    return { item: { ...common, ...taskContent(reading, body.task, skill, warn) }, findings, assumed };
  }
  const interaction = interactionOf(reading);
  const content =
    skill === "listening" || body.audio
      ? { stimulus: listening(reading, warn), interaction }
      : { stimulus: { kind: "text", blocks: body.stimulus }, interaction };
  return {
    item: {
      ...common,
      content,
      ...(reading.scoring === null ? {} : { key: reading.scoring.key }),
      rationale: { key: reading.notes.join(" ") || toBeWritten, distractors: {} },
    },
    findings,
    assumed,
  };
}

/** `r-b1-04` from `r-b1-04`, `q2-multiple` from `Q2_multiple`: the bank's names are lower-case letters, digits and hyphens. */
export function slugOf(identifier: string): string {
  const plain = identifier
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return (plain.length < 3 ? `item-${plain}` : plain).slice(0, 40).replace(/-+$/, "");
}

function skillOf({ body }: ItemReading): string {
  if (body?.audio) return "listening";
  if (body?.task) return body.task.name === "extendedTextInteraction" ? "writing" : "speaking";
  return "reading";
}

function metadataOf(
  metadata: ItemMetadata,
  skill: string,
  defaults: ImportDefaults,
): { facts: Record<string, unknown>; assumed: string[] } {
  const banded = skill === "writing" || skill === "speaking";
  const assumed: string[] = [];
  const or = <T>(name: string, value: T | undefined, fallback: T): T => {
    if (value === undefined) assumed.push(`${name} ${String(fallback)}`);
    return value ?? fallback;
  };
  const level = or("level", metadata.level, banded ? defaults.band : defaults.level);
  return {
    facts: {
      skill,
      // Tasks are written for a band of two levels, items for one level.
      level: banded ? level.slice(0, 1) : level.length === 1 ? `${level}1` : level,
      subSkill: or("sub-skill", metadata.subSkill, defaults.subSkill[skill] ?? ""),
      topic: or("topic", metadata.topic, defaults.topic),
      difficulty: or("difficulty", metadata.difficulty, 0),
      anchor: metadata.anchor ?? false,
    },
    assumed,
  };
}

function interactionOf({ body }: ItemReading): Interaction {
  const parts = body?.parts ?? [];
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.interaction;
  return {
    type: "composite",
    stem: body?.stem ?? "",
    parts: parts.map(({ interaction }, index) => ({ id: partId(index), interaction })),
  };
}

type Warn = (path: string, message: string) => void;

function listening({ body, media, title }: ItemReading, warn: Warn): Record<string, unknown> {
  const audio = body?.audio;
  const path = audio?.path ?? "";
  const sound = media.find(({ name }) => name.endsWith(".mp3"));
  const plays = Number(audio?.attributes.maxPlays);
  warn(path, "a recording comes without transcript: to be written, and its length to be measured");
  return {
    kind: "recording",
    setting: title || "Listen to the recording.",
    plays: plays === 1 ? 1 : 2,
    media: sound?.name ?? "",
    durationSeconds: 1,
    ...(body && body.stimulus.length > 0 ? { blocks: body.stimulus } : {}),
    turns: [{ speaker: "Recording", voice: "slt", text: toBeWritten, pauseAfterMs: 0 }],
  };
}

/** A task people mark: the prompt is the instruction, what stands above it the situation. What QTI has no place for is to be written. */
function taskContent(reading: ItemReading, task: XmlElement, skill: string, warn: Warn): Record<string, unknown> {
  const quiet = { note: () => undefined, media: (href: string) => href };
  const prompt = descendantsNamed(task, "prompt")[0];
  const instruction = prompt ? inlineText(prompt.children, quiet, false) : "";
  const blocks = reading.body?.stimulus ?? [];
  const lists = blocks.flatMap((block) => (block.type === "list" ? [block.items] : []));
  const lines = blocks.flatMap((block) => (block.type === "paragraph" || block.type === "heading" ? [block.text] : []));
  const title = reading.title || toBeWritten;
  const rationale = { markerNotes: reading.notes.join(" ") || toBeWritten };
  const points = lists.find(({ length }) => (skill === "writing" ? length === 3 : length >= 2 && length <= 4));
  if (blocks.some(({ type }) => type === "table" || (type === "image" && skill === "writing"))) {
    warn(task.path, "tables and pictures of a task are kept in the original file only");
  }
  warn(
    task.path,
    `${skill === "writing" ? "reader, purpose, number of words" : "times to prepare and answer"}${points ? "" : ", points to cover"}: not said in the file, to be written`,
  );
  if (skill === "writing") {
    return {
      content: {
        title,
        situation: lines.join(" ") || toBeWritten,
        reader: toBeWritten,
        purpose: toBeWritten,
        instruction: instruction || lines.at(-1) || toBeWritten,
        points: points ?? [toBeWritten, toBeWritten, toBeWritten],
        minWords: 80,
        maxWords: 120,
        suggestedMinutes: 20,
      },
      rationale,
    };
  }
  return {
    content: {
      title,
      prompt: [...lines, instruction].filter((line) => line !== "").join(" ") || toBeWritten,
      points: points ?? [toBeWritten, toBeWritten],
      prepareSeconds: 30,
      answerSeconds: 60,
      reRecord: false,
      ...pictureOf(blocks),
    },
    rationale,
  };
}

function pictureOf(blocks: NonNullable<ItemReading["body"]>["stimulus"]): Record<string, unknown> {
  const [image] = blocks.flatMap((block) => (block.type === "image" ? [block] : []));
  return image ? { picture: { media: image.media, alternative: image.alternative } } : {};
}

/** One line for a report: what the defaults said. */
export function assumedText(assumed: readonly string[]): string {
  return `not said in the file: ${assumed.join(", ")} assumed`;
}
