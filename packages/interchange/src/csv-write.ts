import { stringify } from "csv-stringify/sync";
import { fromCell, toCell, toLines } from "./csv-cells.ts";
import { passageText } from "./csv-passage.ts";
import { csvColumns, itemOf, type Row } from "./csv-read.ts";
import { differences } from "./differences.ts";
import type { Option } from "./item-model.ts";
import type { ExportItem } from "./write-item.ts";

/** What the columns want, as an example row each for people to overwrite. */
export const csvTemplate: string = writeRows([
  {
    ...{
      id: "my-item-01",
      level: "B1",
      sub_skill: "detail",
      topic: "travel",
      difficulty: "0",
      anchor: "no",
      kind: "notice",
    },
    ...{
      title: "Bus 14",
      passage: "# Changes from May\n\nBus 14 no longer stops at the *station*.\n\n- Use stop B\n- Ask the driver",
    },
    ...{ type: "choice", stem: "What has changed?", options: "a) The price\nb) A stop\nc) The driver", correct: "b" },
    ...{
      rationale: "The bus no longer stops at the station.",
      distractors: "a) No price is named.\nc) Only the stop changes.",
    },
  },
  {
    ...{
      id: "my-item-02",
      level: "A2",
      sub_skill: "detail",
      topic: "work",
      difficulty: "-0.5",
      anchor: "no",
      kind: "form",
    },
    ...{
      passage: "The office opens at nine.",
      type: "cloze",
      stem: "Complete the sentence.",
      text: "The office [[1]] at [[2]].",
    },
    ...{
      max_length: "1) 20\n2) 10",
      correct: "1) opens\n2) nine | 9",
      spelling_tolerance: "0",
      rationale: "It opens at nine.",
    },
  },
]);

export function writeCsv(items: Iterable<ExportItem>): {
  readonly csv: string;
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
} {
  const rows: Row[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  for (const item of items) {
    const row = rowOf(item);
    if (typeof row === "string") leftOut.push({ id: item.id, reason: row });
    else rows.push(row);
  }
  return { csv: writeRows(rows), leftOut };
}

function writeRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => csvColumns.map((column) => toCell(row[column] ?? "")));
  // Spreadsheets know UTF-8 by its byte order mark.
  return stringify([[...csvColumns], ...cells], { bom: true, record_delimiter: "windows" });
}

/** The item's row, or why it has none. */
function rowOf(item: ExportItem): Row | string {
  if (item.skill !== "reading") return `${item.skill} items travel as QTI`;
  const row = rowOfReading(item);
  if (typeof row === "string") return row;
  const [lost] = differences(itemOf(asRead(row)), JSON.parse(JSON.stringify({ ...item, review: undefined })));
  return lost === undefined ? row : `${lost.place} would not come back the same`;
}

/** The row as it will be read. */
function asRead(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, text]) => [column, fromCell(toCell(text)).trim()]));
}

type ReadingItem = Extract<ExportItem, { skill: "reading" }>;

function rowOfReading(item: ReadingItem): Row | string {
  const { stimulus, interaction } = item.content;
  const { key, rationale } = item;
  if (interaction.type === "composite" || key.type === "composite") return "items in parts travel as QTI";
  if (key.points) return "mapped points travel as QTI";
  const options = (list: readonly Option[]): string => toLines(list.map(({ id, text }) => [id, text]));
  const { type, stem } = interaction;
  const common: Row = {
    ...{
      id: item.id,
      level: item.level,
      sub_skill: item.subSkill,
      topic: item.topic,
      difficulty: String(item.difficulty),
    },
    ...{
      difficulty_reason: item.difficultyReason ?? "",
      anchor: item.anchor ? "yes" : "no",
      fairness: item.fairness ?? "",
    },
    ...{
      kind: stimulus.kind,
      title: stimulus.title ?? "",
      passage: passageText(stimulus.blocks),
      type,
      stem,
    },
    all_or_nothing: "allOrNothing" in key && key.allOrNothing ? "yes" : "",
    rationale: rationale.key,
    distractors: toLines(Object.entries(rationale.distractors)),
  };
  const correct = "correct" in key ? listed(key.correct) : "";
  switch (interaction.type) {
    case "choice":
      return { ...common, options: options(interaction.options), correct };
    case "multiple-response":
      return { ...common, options: options(interaction.options), choose: String(interaction.choose), correct };
    case "ordering":
      return { ...common, options: options(interaction.elements), correct };
    case "matching":
      return { ...common, prompts: options(interaction.prompts), options: options(interaction.options), correct };
    case "gap-fill":
      return { ...common, text: interaction.text, options: options(interaction.options), correct };
    case "hottext":
      return { ...common, text: interaction.text, choose: String(interaction.choose), correct };
    case "inline-choice":
      return {
        ...common,
        text: interaction.text,
        options: toLines(
          interaction.gaps.flatMap((gap) =>
            gap.options.map(({ id, text }): [string, string] => [`${gap.id}.${id}`, text]),
          ),
        ),
        correct,
      };
    case "text-entry":
      return key.type === "text-entry"
        ? { ...common, max_length: String(interaction.maxLength), correct: key.accepted.join(" | "), ...entered(key) }
        : "its key is of another type";
    case "cloze": {
      if (key.type !== "cloze") return "its key is of another type";
      const [first] = Object.values(key.gaps);
      return {
        ...common,
        text: interaction.text,
        max_length: toLines(interaction.gaps.map(({ id, maxLength }) => [id, String(maxLength)])),
        correct: toLines(Object.entries(key.gaps).map(([gap, { accepted }]) => [gap, accepted.join(" | ")])),
        ...(first ? entered(first) : {}),
      };
    }
  }
}

interface Entered {
  readonly spellingTolerance: number;
  readonly caseSensitive?: boolean | undefined;
  readonly numeric?: boolean | undefined;
}

function entered({ spellingTolerance, caseSensitive, numeric }: Entered): Row {
  return {
    spelling_tolerance: String(spellingTolerance),
    case_sensitive: caseSensitive ? "yes" : "",
    numeric: numeric ? "yes" : "",
  };
}

function listed(correct: string | readonly string[] | Readonly<Record<string, string>>): string {
  if (typeof correct === "string") return correct;
  if (isList(correct)) return correct.join(", ");
  return toLines(Object.entries(correct));
}

const isList = (value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] =>
  Array.isArray(value);
