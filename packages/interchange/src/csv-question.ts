import { type Cells, fromLines, isYes, numberOf, toLines } from "./csv-cells.ts";
import type { Row } from "./csv-columns.ts";
import type { Interaction, Key, Option } from "./item-model.ts";

/** A question with its key as cells; or why a row cannot hold it. */
export function questionRow(interaction: Interaction, key: Key): Row | string {
  if (interaction.type === "composite" || key.type === "composite") return "items in parts travel as QTI";
  if (key.points) return "mapped points travel as QTI";
  const { type, stem } = interaction;
  const common: Row = {
    ...{ type, stem },
    all_or_nothing: "allOrNothing" in key && key.allOrNothing ? "yes" : "",
  };
  const options = (list: readonly Option[]): string => toLines(list.map(({ id, text }) => [id, text]));
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
    case "inline-choice": {
      const own = interaction.gaps.flatMap(({ id, options: list }) =>
        list.map((option): [string, string] => [`${id}.${option.id}`, option.text]),
      );
      return { ...common, text: interaction.text, options: toLines(own), correct };
    }
    case "text-entry":
      if (key.type !== "text-entry") return "its key is of another type";
      return {
        ...{ ...common, max_length: String(interaction.maxLength), correct: key.accepted.join(" | ") },
        ...enteredCells([["", key]]),
      };
    case "cloze": {
      if (key.type !== "cloze") return "its key is of another type";
      const gaps = Object.entries(key.gaps);
      return {
        ...{ ...common, text: interaction.text },
        max_length: toLines(interaction.gaps.map(({ id, maxLength }) => [id, String(maxLength)])),
        correct: toLines(gaps.map(([gap, { accepted }]) => [gap, accepted.join(" | ")])),
        ...enteredCells(gaps),
      };
    }
  }
}

interface Entered {
  readonly spellingTolerance: number;
  readonly caseSensitive?: boolean | undefined;
  readonly numeric?: boolean | undefined;
}

/** How typed answers are compared: said once where all gaps are alike, else a line each. */
function enteredCells(gaps: readonly (readonly [gap: string, key: Entered])[]): Row {
  const cell = (said: (key: Entered) => string): string => {
    const all = new Set(gaps.map(([, key]) => said(key)));
    return all.size === 1 ? ([...all][0] ?? "") : toLines(gaps.map(([gap, key]) => [gap, said(key)]));
  };
  const yes = (is: boolean | undefined): string => (is ? "yes" : "");
  return {
    spelling_tolerance: cell(({ spellingTolerance }) => String(spellingTolerance)),
    case_sensitive: cell(({ caseSensitive }) => yes(caseSensitive)),
    numeric: cell(({ numeric }) => yes(numeric)),
  };
}

function listed(correct: string | readonly string[] | Readonly<Record<string, string>>): string {
  if (typeof correct === "string") return correct;
  return isList(correct) ? correct.join(", ") : toLines(Object.entries(correct));
}

const isList = (value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] =>
  Array.isArray(value);

export function readInteraction(cells: Cells): Record<string, unknown> {
  const common = { type: cells.text("type"), stem: cells.text("stem") };
  const options = (column: "options" | "prompts"): Option[] =>
    fromLines(cells.text(column)).map(([id, text]) => ({ id, text }));
  const choose = (): number | string => numberOf(cells.text("choose") || String(idsIn(cells.text("correct")).length));
  switch (common.type) {
    case "choice":
      return { ...common, options: options("options") };
    case "multiple-response":
      return { ...common, options: options("options"), choose: choose() };
    case "ordering":
      return { ...common, elements: options("options") };
    case "matching":
      return { ...common, prompts: options("prompts"), options: options("options") };
    case "gap-fill":
      return { ...common, text: cells.text("text"), options: options("options") };
    case "hottext":
      return { ...common, text: cells.text("text"), choose: choose() };
    case "inline-choice": {
      const gaps = new Map<string, Option[]>();
      for (const { id, text } of options("options")) {
        const [gap = "", option = ""] = id.split(".");
        gaps.set(gap, [...(gaps.get(gap) ?? []), { id: option, text }]);
      }
      return { ...common, text: cells.text("text"), gaps: [...gaps].map(([id, own]) => ({ id, options: own })) };
    }
    case "text-entry":
      return { ...common, maxLength: numberOf(cells.text("max_length") || "40") };
    case "cloze": {
      const gaps = fromLines(cells.text("max_length")).map(([id, length]) => ({ id, maxLength: numberOf(length) }));
      return { ...common, text: cells.text("text"), gaps };
    }
    default:
      return common;
  }
}

function idsIn(cell: string): string[] {
  return cell.split(/[,;\s]+/).filter((id) => id !== "");
}

export function readKey(cells: Cells): Record<string, unknown> {
  const type = cells.text("type");
  const correct = cells.text("correct");
  const wholly = () => (cells.yes("all_or_nothing") ? { allOrNothing: true } : {});
  switch (type) {
    case "choice":
      return { type, correct };
    case "multiple-response":
    case "ordering":
    case "hottext":
      return { type, correct: idsIn(correct), ...wholly() };
    case "matching":
    case "gap-fill":
    case "inline-choice":
      return { type, correct: Object.fromEntries(fromLines(correct)), ...wholly() };
    case "text-entry":
      return { type, ...readEntered(cells, "", correct) };
    case "cloze": {
      const gaps = fromLines(correct).map(([gap, words]) => [gap, readEntered(cells, gap, words)]);
      return { type, gaps: Object.fromEntries(gaps), ...wholly() };
    }
    default:
      return { type };
  }
}

/** The key of one place to write in. */
function readEntered(cells: Cells, gap: string, words: string): Record<string, unknown> {
  const said = (column: "spelling_tolerance" | "case_sensitive" | "numeric"): string => {
    const cell = cells.text(column);
    return cell.includes(")") ? (new Map(fromLines(cell)).get(gap) ?? "") : cell;
  };
  return {
    accepted: words
      .split("|")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
    spellingTolerance: numberOf(said("spelling_tolerance") || "0"),
    ...(isYes(said("case_sensitive")) ? { caseSensitive: true } : {}),
    ...(isYes(said("numeric")) ? { numeric: true } : {}),
  };
}
