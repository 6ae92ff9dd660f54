import { type Cells, plainLines, yesNo } from "./csv-cells.ts";
import type { Row } from "./csv-columns.ts";
import { interviewText, readPart1, readPart2, readPart3 } from "./csv-interview.ts";
import { passageText, readPassage } from "./csv-passage.ts";
import { readTurns, turnsText } from "./csv-turns.ts";
import type { Monologue, SpokenContent } from "./item-model.ts";
import type { ExportItem } from "./write-item.ts";

/** Tasks that people or the machine mark: their cells, and the content that cells make. */

type Content<Skill extends ExportItem["skill"]> = Extract<ExportItem, { skill: Skill }>["content"];

export function writingRow(content: Content<"writing">): Row {
  const { title, situation, reader, purpose, instruction, points, minWords, maxWords, suggestedMinutes } = content;
  return {
    ...{ title, situation, reader, purpose, instruction, points: points.join("\n") },
    ...{ min_words: String(minWords), max_words: String(maxWords), minutes: String(suggestedMinutes) },
  };
}

export function readWriting(cells: Cells): Record<string, unknown> {
  return {
    title: cells.text("title"),
    situation: cells.text("situation"),
    reader: cells.text("reader"),
    purpose: cells.text("purpose"),
    instruction: cells.text("instruction"),
    points: plainLines(cells.text("points")),
    minWords: cells.number("min_words"),
    maxWords: cells.number("max_words"),
    suggestedMinutes: cells.number("minutes"),
  };
}

export function speakingRow(content: SpokenContent): Row {
  const { type = "", title } = content;
  switch (content.type) {
    case undefined:
    case "task":
      return {
        ...{ type, ...monologueRow(content), ...pictureRow(content) },
        turns: content.turn ? turnsText([content.turn]) : "",
      };
    case "introduction":
    case "opinion":
      return { type, ...monologueRow(content), ...practiceRow(content) };
    case "picture":
      return { type, ...monologueRow(content), ...pictureRow(content), ...practiceRow(content) };
    case "dialogue": {
      const { prompt, prepareSeconds, turns, whenShort } = content;
      return {
        ...{ type, title, prompt, prepare_seconds: String(prepareSeconds), turns: turnsText(turns) },
        ...(whenShort && { short_below_seconds: String(whenShort.belowSeconds), short_prompt: whenShort.prompt }),
        ...practiceRow(content),
      };
    }
    case "interview":
      return { type, title, ...interviewText(content) };
  }
}

const practiceRow = ({ practice }: { readonly practice?: true | undefined }): Row => ({
  practice: practice ? "yes" : "",
});

function monologueRow({ title, prompt, points, prepareSeconds, answerSeconds, reRecord }: Monologue): Row {
  return {
    ...{ title, prompt, points: points.join("\n"), re_record: yesNo(reRecord) },
    ...{ prepare_seconds: String(prepareSeconds), answer_seconds: String(answerSeconds) },
  };
}

function pictureRow({ picture }: { readonly picture?: { media: string; alternative: string } | undefined }): Row {
  return picture ? { picture: passageText([{ type: "image", ...picture }]) } : {};
}

export function readSpeaking(cells: Cells): Record<string, unknown> {
  const type = cells.text("type");
  const common = { ...cells.given("type", "type"), title: cells.text("title") };
  const practice = () => (cells.yes("practice") ? { practice: true } : {});
  switch (type) {
    case "":
    case "task": {
      const turns = readTurns(cells.text("turns"));
      if (turns.length > 1) cells.refuse("turns", "such a task has one recorded turn at most; a dialogue has more");
      return { ...common, ...readMonologue(cells), ...readPicture(cells), ...(turns[0] && { turn: turns[0] }) };
    }
    case "introduction":
    case "opinion":
      return { ...common, ...readMonologue(cells), ...practice() };
    case "picture":
      return { ...common, ...readMonologue(cells), ...readPicture(cells), ...practice() };
    case "dialogue": {
      const belowSeconds = cells.number("short_below_seconds");
      const prompt = cells.text("short_prompt");
      return {
        ...common,
        prompt: cells.text("prompt"),
        prepareSeconds: cells.number("prepare_seconds"),
        turns: readTurns(cells.text("turns")),
        ...(belowSeconds === "" && prompt === "" ? {} : { whenShort: { belowSeconds, prompt } }),
        ...practice(),
      };
    }
    case "interview":
      return {
        ...common,
        part1: readPart1(cells.text("part_1"), (message) => cells.refuse("part_1", message)),
        part2: readPart2(cells.text("part_2"), (message) => cells.refuse("part_2", message)),
        part3: readPart3(cells.text("part_3"), (message) => cells.refuse("part_3", message)),
      };
    default:
      return common;
  }
}

function readMonologue(cells: Cells): Record<string, unknown> {
  return {
    prompt: cells.text("prompt"),
    points: plainLines(cells.text("points")),
    prepareSeconds: cells.number("prepare_seconds"),
    answerSeconds: cells.number("answer_seconds"),
    reRecord: cells.yes("re_record"),
  };
}

/** As in a passage: `![what it shows](file)`. */
function readPicture(cells: Cells): Record<string, unknown> {
  const cell = cells.text("picture");
  if (cell === "") return {};
  const [block, ...others] = readPassage(cell);
  if (block?.type !== "image" || others.length > 0 || block.caption !== undefined) {
    cells.refuse("picture", "is written as ![what it shows](file)");
    return {};
  }
  return { picture: { media: block.media, alternative: block.alternative } };
}
