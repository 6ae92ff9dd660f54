import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";

/** One row of a table of essays, and the line it began on. */
export interface Essay {
  readonly line: number;
  readonly id: string;
  readonly candidate: string;
  readonly prompt: string | null;
  readonly text: string;
  /** Human scores by the column's name; null where the cell is empty. */
  readonly scores: Readonly<Record<string, number | null>>;
}

/** A column of human scores and the criterion of the rater that it is held against. */
export interface ScoreColumn {
  readonly name: string;
  readonly criterion: string;
}

/** A table that cannot be read: one sentence that names line, column and rule. */
export class EssaysError extends Error {}

const names = {
  id: ["id", "text_id", "essay_id", "text_id_kaggle"],
  candidate: ["candidate", "candidate_id", "student", "student_id"],
  prompt: ["prompt", "prompt_name", "task"],
  text: ["text", "full_text", "essay", "response"],
} as const;
/** What other rubrics call what the rater measures. */
const aliases: Readonly<Record<string, string>> = {
  cohesion: "coherence",
  organization: "coherence",
  organisation: "coherence",
  mechanics: "conventions",
  lexis: "vocabulary",
  total: "overall",
  score: "overall",
  taskfulfilment: "taskFulfilment",
};
const mostRows = 1_000_000;

/**
 * Reads a CSV of essays row by row: `text` is needed, `id`, `prompt` and `candidate` are welcome, and any column named as a
 * criterion holds human scores. Calls `onColumns` once, before the first row.
 *
 * @throws EssaysError
 */
export async function* readEssays(
  input: AsyncIterable<Uint8Array>,
  criteria: readonly string[],
  onColumns: (columns: readonly ScoreColumn[]) => void,
): AsyncGenerator<Essay> {
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count_less: true,
    max_record_size: 1_000_000,
  });
  let found: Columns | null = null;
  const ids = new Set<string>();
  // A failure of the input destroys the parser with it, and so ends the loop below.
  pipeline(Readable.from(textOf(input), { objectMode: false }), parser, () => undefined);
  try {
    let line = 1;
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (found === null) {
        found = columnsOf(record, criteria);
        onColumns(found.scores.map(({ name, criterion }) => ({ name, criterion })));
      } else {
        const essay = essayOf(record, found, line, ids.size + 1);
        if (ids.has(essay.id)) throw new EssaysError(`line ${line}: id: ${JSON.stringify(essay.id)} stands twice`);
        if (ids.size >= mostRows) throw new EssaysError(`line ${line}: there are more than ${mostRows} essays`);
        ids.add(essay.id);
        yield essay;
      }
      line = info.lines + 1;
    }
  } catch (error) {
    if (error instanceof CsvError) throw new EssaysError(`is not CSV: ${error.message}`);
    throw error;
  }
  if (ids.size === 0) throw new EssaysError("line 1: the table holds no essay");
}

/** A letter that is read as another one would count as a mistake of its writer. */
async function* textOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new EssaysError("is not UTF-8 text; save it as CSV UTF-8");
    }
  };
  for await (const bytes of input) yield decode(bytes);
  yield decode();
}

interface Columns {
  readonly id: number;
  readonly candidate: number;
  readonly prompt: number;
  readonly text: number;
  readonly scores: readonly (ScoreColumn & { readonly at: number })[];
}

function columnsOf(header: readonly string[], criteria: readonly string[]): Columns {
  const plain = header.map((name) => name.trim().toLowerCase());
  const at = (known: readonly string[]): number => plain.findIndex((name) => known.includes(name));
  const text = at(names.text);
  if (text === -1) throw new EssaysError(`line 1: there is no column ${names.text.join(" or ")}`);
  const scores = plain.flatMap((name, index) => {
    const criterion = criteria.find((known) => known.toLowerCase() === name) ?? aliases[name];
    return criterion === undefined ? [] : [{ name: header[index]?.trim() ?? name, criterion, at: index }];
  });
  const read = [...Object.values(names).flat(), ...scores.map(({ at: index }) => plain[index])];
  const twice = plain.find((name, index) => read.includes(name) && plain.indexOf(name) < index);
  if (twice !== undefined) throw new EssaysError(`line 1: ${twice}: this column is there twice`);
  return { id: at(names.id), candidate: at(names.candidate), prompt: at(names.prompt), text, scores };
}

function essayOf(record: readonly string[], columns: Columns, line: number, count: number): Essay {
  const cell = (at: number): string => (at === -1 ? "" : (record[at] ?? "").trim());
  const id = cell(columns.id) || String(count);
  const scores = columns.scores.map(({ name, at }) => {
    const value = cell(at);
    const score = Number(value);
    if (value !== "" && !Number.isFinite(score))
      throw new EssaysError(`line ${line}: ${name}: ${JSON.stringify(value.slice(0, 40))} is not a number`);
    return [name, value === "" ? null : score] as const;
  });
  return {
    ...{ line, id, candidate: cell(columns.candidate) || id, prompt: cell(columns.prompt) || null },
    ...{ text: record[columns.text] ?? "", scores: Object.fromEntries(scores) },
  };
}
