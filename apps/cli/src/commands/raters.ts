import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { createRatingTable, MarkError, type RatingTable } from "@bandwise/psychometrics/rating-table";
import { type Command, UsageError } from "../command.ts";
import { type AskedScale, CsvProblem, type MarksFile, readMarks, scaleFor } from "../marks-csv.ts";
import { printable } from "../printable.ts";
import { reportOn, type StepsOf } from "../raters-report.ts";
import { ratersText } from "../raters-text.ts";
import { readFailure } from "../read-failure.ts";

/** Exit statuses: 0 the report was printed, 2 the table cannot be read, breaks a rule, or the call was wrong. */
export const command: Command = {
  usage:
    "raters FILE [--min N] [--max N] [--step N] [--steps scale|criterion] [--json]   (CSV with script, rater, criterion, score; - reads standard input)",
  async run(args, io) {
    const { file, asked, stepsOf, json } = readArguments(args);
    let bytes: Uint8Array;
    try {
      bytes = await readAll(file === "-" ? io.input : createReadStream(file));
    } catch (error) {
      const reason = readFailure(error);
      if (reason === null) throw error;
      io.err(`bandwise raters: cannot read ${printable(file)}: ${reason}\n`);
      return 2;
    }
    let table: RatingTable;
    try {
      table = tableOf(readMarks(bytes), asked);
    } catch (error) {
      if (!(error instanceof CsvProblem)) throw error;
      io.err(`${printable(error.message)}\n`);
      return 2;
    }
    const report = reportOn(table, stepsOf);
    const missing = (["min", "max", "step"] as const).filter((name) => asked[name] === undefined);
    const { min, max, step } = table.scale;
    const taken = `the scale ${min} to ${max} by ${step} was read off the scores; say --min, --max and --step if it is longer or finer`;
    const told = missing.length === 0 ? report : { ...report, warnings: [taken, ...report.warnings] };
    await io.out(json ? `${JSON.stringify(told, null, 2)}\n` : ratersText(told));
    return 0;
  },
};

function readArguments(args: readonly string[]): { file: string; asked: AskedScale; stepsOf: StepsOf; json: boolean } {
  const { values, positionals } = parse(args);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("takes one FILE");
  const asked: { -readonly [K in keyof AskedScale]: AskedScale[K] } = {};
  for (const name of ["min", "max", "step"] as const) {
    const text = values[name];
    if (text === undefined) continue;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) throw new UsageError(`--${name} takes a number, not ${printable(text)}`);
    asked[name] = value;
  }
  if (asked.step !== undefined && asked.step <= 0) throw new UsageError("--step is above 0");
  if (asked.min !== undefined && asked.max !== undefined && asked.max <= asked.min)
    throw new UsageError("--max is above --min");
  const stepsOf = values.steps ?? "scale";
  if (stepsOf !== "scale" && stepsOf !== "criterion") throw new UsageError("--steps is scale or criterion");
  return { file, asked, stepsOf, json: values.json ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        min: { type: "string" },
        max: { type: "string" },
        step: { type: "string" },
        steps: { type: "string" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    // Its messages run over several lines; the first sentence says what is wrong.
    throw new UsageError(
      printable((error instanceof Error ? error.message : String(error)).split(/[.\n]/, 1)[0] ?? ""),
    );
  }
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function tableOf({ marks, lines }: MarksFile, asked: AskedScale): RatingTable {
  const scale = scaleFor(
    marks.map(({ score }) => score),
    asked,
  );
  try {
    return createRatingTable(marks, scale);
  } catch (error) {
    if (error instanceof MarkError) throw new CsvProblem(lines[error.index] ?? 1, error.field, error.rule);
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
