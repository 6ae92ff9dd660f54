import { keyProblems } from "@bandwise/core/bank/key-rules";
import {
  allLevels,
  type BankItem,
  bankItem,
  cefrLevels,
  levelBands,
  type Skill,
  type StimulusBlock,
  subSkills,
  topics,
} from "@bandwise/core/bank/schema";
import { openTypes } from "@bandwise/core/bank/speaking-schema";
import { issueWords } from "@bandwise/core/kernel/issue-words";
import { blankAnswer, isStale, tidyKey } from "./answer-drafts.ts";
import { blankOpen } from "./blank-open.ts";

/** Why one wrong answer is wrong: an option's id, a placing (`p1:c`), or a wrong answer as written; in a composite after its part. */
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
export function blankItem(
  skill: Skill,
  given: { level?: string | undefined; subSkill?: string | undefined; type?: string | undefined } = {},
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
    case "speaking": {
      const subSkill = subSkills.speaking.find((one) => one === given.subSkill) ?? "opinion";
      const speaking = { ...common, skill, subSkill, rationale: { markerNotes: "" } };
      const open = openTypes.find((one) => one === given.type);
      if (open) return { ...speaking, level: allLevels, content: blankOpen(open) };
      return {
        ...speaking,
        level: band,
        content: {
          title: "",
          prompt: "",
          points: ["", ""],
          prepareSeconds: 30,
          answerSeconds: 60,
          reRecord: true,
        },
      };
    }
  }
}

export function draftOf(item: BankItem): Draft {
  const wrongAnswers =
    item.skill === "reading" || item.skill === "listening"
      ? Object.entries(item.rationale.distractors).map(([name, why]) => ({ name, why }))
      : [];
  return { item, wrongAnswers, reason: "" };
}

/** The item as it would be saved. What a second hand signed stays only while content and key are what was signed. */
export function finished({ item, wrongAnswers }: Draft, signed: BankItem | null): BankItem {
  const { review, difficultyReason, fairness, ...rest } = item;
  const extra = {
    ...(difficultyReason?.trim() && { difficultyReason }),
    ...(fairness?.trim() && { fairness }),
    ...(review && signed && sameTask(item, signed) && { review }),
  };
  if (rest.skill === "writing") return { ...rest, ...extra };
  if (rest.skill === "speaking") return { ...rest, ...extra };
  const distractors = Object.fromEntries(
    wrongAnswers
      .filter(
        ({ name, why }) =>
          name.trim() !== "" && why.trim() !== "" && !isStale(rest.content.interaction, rest.key, name),
      )
      .map(({ name, why }) => [name.trim(), why]),
  );
  const key = tidyKey(rest.content.interaction, rest.key);
  const rationale = { ...rest.rationale, distractors };
  if (rest.skill === "listening") {
    const { blocks, ...stimulus } = rest.content.stimulus;
    const shown = blocks && blocks.length > 0 ? { blocks: blocks.map(tidyBlock) } : {};
    return { ...rest, ...extra, content: { ...rest.content, stimulus: { ...stimulus, ...shown } }, key, rationale };
  }
  const { title, ...stimulus } = rest.content.stimulus;
  const blocks = stimulus.blocks.map(tidyBlock);
  const content = { ...rest.content, stimulus: { ...stimulus, blocks, ...(title?.trim() && { title }) } };
  return { ...rest, ...extra, content, key, rationale };
}

/** Cells are typed with spaces around their parting line. */
function tidyBlock(block: StimulusBlock): StimulusBlock {
  return block.type === "table" ? { ...block, rows: block.rows.map((row) => row.map((cell) => cell.trim())) } : block;
}

function sameTask(a: BankItem, b: BankItem): boolean {
  const task = (item: BankItem) => JSON.stringify([item.content, "key" in item ? item.key : null]);
  return task(a) === task(b);
}

/** Field → rule broken, by the very schema and rules the server will use. Empty when the item can be saved. */
export function problemsOf(item: BankItem): Readonly<Record<string, string>> {
  const parsed = bankItem.safeParse(item, { error: issueWords });
  if (parsed.success) return keyProblems(parsed.data);
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const unmarked = issue.path[0] === "key" && issue.path.at(-1) === "correct" && valueAt(item, issue.path) === "";
    problems[issue.path.join(".") || "item"] ??= unmarked ? "needs a key: mark what is right" : issue.message;
  }
  return problems;
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => Reflect.get(Object(value), name), item);
}
