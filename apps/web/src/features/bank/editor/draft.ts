import { keyProblems } from "@bandwise/core/bank/key-rules";
import { gapIds } from "@bandwise/core/bank/marked-text";
import {
  type BankItem,
  bankItem,
  cefrLevels,
  type Interaction,
  type ItemKey,
  levelBands,
  type PartInteraction,
  type PartKey,
  type Skill,
  subSkills,
  topics,
} from "@bandwise/core/bank/schema";

/** Why one wrong answer is wrong: an option's id, a placing (`p1:c`), or a wrong answer as written. */
export interface WrongAnswer {
  readonly name: string;
  readonly why: string;
}

/** What the editor holds: an item that may still be incomplete, its wrong answers as rows, and the reason for the change. */
export interface Draft {
  readonly item: BankItem;
  readonly wrongAnswers: readonly WrongAnswer[];
  readonly reason: string;
}

export type Objective = Extract<BankItem, { skill: "reading" | "listening" }>;
export type InteractionType = Interaction["type"];

export const interactionTypes = [
  "choice",
  "multiple-response",
  "text-entry",
  "matching",
  "ordering",
  "gap-fill",
] as const satisfies readonly InteractionType[];

const letters = "abcdefghijklmnopqrstuvwxyz";
const emptyOptions = (count: number, prefix = "") =>
  Array.from({ length: count }, (_, index) => ({
    id: prefix === "" ? letters.charAt(index) : `${prefix}${index + 1}`,
    text: "",
  }));

/** The next free id of a list: letters for options, p1, p2 … for prompts. Ids stay with their texts when these move. */
export function freeId(taken: readonly { readonly id: string }[], prefix = ""): string {
  const ids = new Set(taken.map(({ id }) => id));
  const candidates = prefix === "" ? [...letters] : Array.from({ length: 40 }, (_, index) => `${prefix}${index + 1}`);
  return candidates.find((id) => !ids.has(id)) ?? `${prefix}${taken.length + 1}`;
}

export interface Answer {
  readonly interaction: Interaction;
  readonly key: ItemKey;
}
export interface PartAnswer {
  readonly interaction: PartInteraction;
  readonly key: PartKey;
}

export function blankAnswer(type: InteractionType, stem = ""): Answer {
  if (type !== "composite") return blankPart(type, stem);
  const { interaction, key } = blankPart("choice");
  return {
    interaction: { type, stem, parts: ["p1", "p2"].map((id) => ({ id, interaction })) },
    key: { type, parts: { p1: key, p2: key } },
  };
}

export function blankPart(type: PartInteraction["type"], stem = ""): PartAnswer {
  switch (type) {
    case "choice":
      return { interaction: { type, stem, options: emptyOptions(4) }, key: { type, correct: "" } };
    case "multiple-response":
      return { interaction: { type, stem, options: emptyOptions(5), choose: 2 }, key: { type, correct: [] } };
    case "text-entry":
      return { interaction: { type, stem, maxLength: 40 }, key: { type, accepted: [], spellingTolerance: 0 } };
    case "matching":
      return {
        interaction: { type, stem, prompts: emptyOptions(3, "p"), options: emptyOptions(4) },
        key: { type, correct: {} },
      };
    case "ordering":
      return { interaction: { type, stem, elements: emptyOptions(4) }, key: { type, correct: ["a", "b", "c", "d"] } };
    case "gap-fill":
      return { interaction: { type, stem, text: "", options: emptyOptions(4) }, key: { type, correct: {} } };
    case "inline-choice":
      return { interaction: { type, stem, text: "", gaps: [] }, key: { type, correct: {} } };
    case "cloze":
      return { interaction: { type, stem, text: "", gaps: [] }, key: { type, gaps: {} } };
    case "hottext":
      return { interaction: { type, stem, text: "", choose: 1 }, key: { type, correct: [] } };
  }
}

export function blankItem(
  skill: Skill,
  given: { level?: string | undefined; subSkill?: string | undefined } = {},
): BankItem {
  const common = { id: "", topic: topics[0], difficulty: 0, anchor: false };
  const rationale = { key: "", distractors: {} };
  const level = cefrLevels.find((one) => one === given.level) ?? "B1";
  const band = levelBands.find((one) => one === given.level) ?? "B";
  switch (skill) {
    case "reading":
      return {
        ...common,
        skill,
        level,
        subSkill: subSkills.reading.find((one) => one === given.subSkill) ?? "gist",
        content: {
          stimulus: { kind: "article", title: "", blocks: [{ type: "paragraph", text: "" }] },
          interaction: blankAnswer("choice").interaction,
        },
        key: blankAnswer("choice").key,
        rationale,
      };
    case "listening":
      return {
        ...common,
        skill,
        level,
        subSkill: subSkills.listening.find((one) => one === given.subSkill) ?? "gist",
        content: {
          stimulus: {
            kind: "conversation",
            setting: "",
            plays: 2,
            media: "",
            durationSeconds: 0,
            turns: [{ speaker: "", voice: "slt", text: "", pauseAfterMs: 500 }],
          },
          interaction: blankAnswer("choice").interaction,
        },
        key: blankAnswer("choice").key,
        rationale,
      };
    case "writing":
      return {
        ...common,
        skill,
        level: band,
        subSkill: subSkills.writing.find((one) => one === given.subSkill) ?? "message",
        content: {
          title: "",
          situation: "",
          reader: "",
          purpose: "",
          instruction: "",
          points: ["", "", ""],
          minWords: 80,
          maxWords: 100,
          suggestedMinutes: 7,
        },
        rationale: { markerNotes: "" },
      };
    case "speaking":
      return {
        ...common,
        skill,
        level: band,
        subSkill: subSkills.speaking.find((one) => one === given.subSkill) ?? "opinion",
        content: {
          title: "",
          prompt: "",
          points: ["", ""],
          prepareSeconds: 30,
          answerSeconds: 60,
          reRecord: true,
        },
        rationale: { markerNotes: "" },
      };
  }
}

export function draftOf(item: BankItem): Draft {
  const wrongAnswers =
    item.skill === "reading" || item.skill === "listening"
      ? Object.entries(item.rationale.distractors).map(([name, why]) => ({ name, why }))
      : [];
  return { item, wrongAnswers, reason: "" };
}

export function isLettered(type: InteractionType): type is "choice" | "multiple-response" {
  return type === "choice" || type === "multiple-response";
}

/** The item as it would be saved. What a second hand signed stays only while content and key are what was signed. */
export function finished({ item, wrongAnswers }: Draft, signed: BankItem | null): BankItem {
  const { review, difficultyReason, ...rest } = item;
  const extra = {
    ...(difficultyReason?.trim() && { difficultyReason }),
    ...(review && signed && sameTask(item, signed) && { review }),
  };
  if (rest.skill === "writing") return { ...rest, ...extra };
  if (rest.skill === "speaking") return { ...rest, ...extra };
  const distractors = Object.fromEntries(
    wrongAnswers
      .filter(
        ({ name, why }) =>
          name.trim() !== "" && why.trim() !== "" && !isRight(rest.content.interaction, rest.key, name),
      )
      .map(({ name, why }) => [name.trim(), why]),
  );
  const key = tidyKey(rest.content.interaction, rest.key);
  const rationale = { ...rest.rationale, distractors };
  if (rest.skill === "listening") return { ...rest, ...extra, key, rationale };
  const { title, ...stimulus } = rest.content.stimulus;
  // Cells are typed with spaces around their parting line.
  const blocks = stimulus.blocks.map((block) =>
    block.type === "table" ? { ...block, rows: block.rows.map((row) => row.map((cell) => cell.trim())) } : block,
  );
  const content = { ...rest.content, stimulus: { ...stimulus, blocks, ...(title?.trim() && { title }) } };
  return { ...rest, ...extra, content, key, rationale };
}

function sameTask(a: BankItem, b: BankItem): boolean {
  const task = (item: BankItem) => JSON.stringify([item.content, "key" in item ? item.key : null]);
  return task(a) === task(b);
}

/** A reason for an option that is now right, or is gone, is not kept. */
function isRight(interaction: Interaction, key: ItemKey, name: string): boolean {
  if (interaction.type !== "choice" && interaction.type !== "multiple-response") return false;
  const right = key.type === "choice" ? [key.correct] : key.type === "multiple-response" ? key.correct : [];
  return right.includes(name) || !interaction.options.some(({ id }) => id === name);
}

/** Placings of prompts or gaps that are no longer there drop out of the key. */
function tidyKey(interaction: Interaction, key: ItemKey): ItemKey {
  const keep = (correct: Record<string, string>, places: readonly string[]) =>
    Object.fromEntries(places.flatMap((place) => (correct[place] ? [[place, correct[place]]] : [])));
  if (key.type === "matching" && interaction.type === "matching") {
    return {
      ...key,
      correct: keep(
        key.correct,
        interaction.prompts.map(({ id }) => id),
      ),
    };
  }
  if (key.type === "gap-fill" && interaction.type === "gap-fill") {
    return { ...key, correct: keep(key.correct, gapIds(interaction.text)) };
  }
  if (key.type === "text-entry")
    return { ...key, accepted: key.accepted.map((one) => one.trim()).filter((one) => one !== "") };
  return key;
}

/** Field → rule broken, by the very schema and rules the server will use. Empty when the item can be saved. */
export function problemsOf(item: BankItem): Readonly<Record<string, string>> {
  const parsed = bankItem.safeParse(item);
  if (parsed.success) return keyProblems(parsed.data);
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    problems[issue.path.join(".") || "item"] ??= ruleBroken(issue);
  }
  return problems;
}

function ruleBroken(issue: {
  code?: string;
  message: string;
  minimum?: unknown;
  maximum?: unknown;
  origin?: string;
}): string {
  if (issue.code === "invalid_type") return "is missing";
  if (issue.code === "invalid_value" || issue.code === "invalid_union") return "is not one of the choices";
  if (issue.code === "too_small" && issue.origin === "string") return "is missing";
  if (issue.code === "too_small" && issue.origin === "array") return `needs ${String(issue.minimum)} at least`;
  if (issue.code === "too_big" && issue.origin === "array") return `takes ${String(issue.maximum)} at most`;
  if (issue.code === "too_small")
    return `must be ${issue.minimum === 0 ? "more than 0" : `${String(issue.minimum)} or more`}`;
  if (issue.code === "too_big") return `must be ${String(issue.maximum)} or less`;
  if (issue.code === "invalid_format")
    return issue.message.startsWith("must") ? issue.message : "must be lower-case letters, digits and hyphens";
  return issue.message;
}
