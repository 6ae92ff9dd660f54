import { createReadStream } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Agreement } from "@bandwise/evaluator/agreement";
import { writingModel } from "@bandwise/evaluator/models/writing";
import type { CriterionRating, Rating, Rubric, Task } from "@bandwise/evaluator/rating";
import { createRaterPool, type RaterPool } from "@bandwise/evaluator/threads";
import { versionOf } from "@bandwise/evaluator/version";
import { type Command, type Io, UsageError } from "../command.ts";
import { agreementByColumn, humanScale, type RatedEssay, tryCalibration } from "../essay-agreement.ts";
import { type Essay, EssaysError, readEssays, type ScoreColumn } from "../essays-csv.ts";
import { printable } from "../printable.ts";
import { readFailure } from "../read-failure.ts";

const criteria = Object.keys(writingModel.criteria);
const rubric: Rubric = { criteria, lowest: 0, highest: 10 };
/** A shorter prompt is the name of a task, not its wording: nothing can be held against it. */
const wordsOfATask = 8;

/** Exit statuses: 0 done, 2 the table cannot be read, calibrated or the command was called wrongly. */
export const command: Command = {
  usage:
    "evaluate essays FILE.csv [--json] [--calibrate] [--seed TEXT] [--share 0.7] [--threads N]   (columns text, and id, prompt, candidate, human scores by criterion; - reads standard input)",
  async run(args, io) {
    const options = readOptions(args);
    const input = options.file === "-" ? io.input : createReadStream(options.file);
    const pool = createRaterPool(options.threads);
    try {
      await evaluateAll(input, options, pool, io);
      return 0;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      io.err(`bandwise evaluate essays: ${printable(options.file)}: ${printable(reason)}\n`);
      return 2;
    } finally {
      await pool.close();
    }
  },
};

interface Options {
  readonly file: string;
  readonly json: boolean;
  readonly calibrate: boolean;
  readonly seed: string;
  readonly share: number;
  readonly threads: number;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        calibrate: { type: "boolean", default: false },
        seed: { type: "string", default: "1" },
        share: { type: "string", default: "0.7" },
        threads: { type: "string", default: String(Math.min(4, availableParallelism())) },
      },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError("needs one FILE");
    const share = Number(values.share);
    if (!(share > 0 && share < 1)) throw new UsageError("--share lies between 0 and 1");
    const threads = Number(values.threads);
    if (!Number.isInteger(threads) || threads < 1 || threads > 64)
      throw new UsageError("--threads is a whole number from 1 to 64");
    return { file, json: values.json, calibrate: values.calibrate, seed: values.seed, share, threads };
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message.split("\n", 1)[0] ?? "bad option");
    throw error;
  }
}

function reasonOf(error: unknown): string | null {
  if (error instanceof EssaysError || error instanceof RangeError) return error.message;
  return readFailure(error);
}

async function evaluateAll(input: AsyncIterable<Uint8Array>, options: Options, pool: RaterPool, io: Io): Promise<void> {
  const { json } = options;
  let columns: readonly ScoreColumn[] = [];
  const essays = readEssays(input, criteria, (found) => {
    columns = found;
  });
  const kept: RatedEssay[] = [];
  if (json)
    await io.out(
      `{"rater":${JSON.stringify(versionOf(writingModel))},"scale":{"lowest":0,"highest":10},"predictions":[`,
    );
  for await (const { essay, rating, features } of rateInOrder(essays, options, pool)) {
    await io.out(json ? `${kept.length === 0 ? "" : ","}\n${jsonOf(essay, rating)}` : `${lineOf(essay, rating)}\n`);
    const machine = columns.map(({ name, criterion }) => [name, scoreOf(rating, criterion)]);
    const { id, candidate, prompt, scores } = essay;
    kept.push({
      ...{ id, candidate, prompt, human: scores },
      machine: Object.fromEntries(machine),
      features: options.calibrate ? features : null,
    });
  }
  const scored = columns.length > 0;
  if (options.calibrate && !scored) throw new EssaysError("line 1: --calibrate needs columns of human scores");
  const scale = humanScale(kept);
  const agreement = scored ? agreementByColumn(kept, columns, scale) : null;
  const trial = options.calibrate ? tryCalibration(kept, columns, scale, options) : null;
  if (json) {
    await io.out(`\n],"essays":${kept.length},"humanScale":${JSON.stringify(scored ? scale : null)}`);
    await io.out(`,"agreement":${JSON.stringify(agreement)},"calibration":${JSON.stringify(trial)}}\n`);
    return;
  }
  if (agreement !== null) await io.out(tableOf("as shipped", agreement));
  for (const [name, { byPrompt }] of Object.entries(agreement ?? {}))
    if (/^overall$/i.test(name) && Object.keys(byPrompt).length > 0)
      await io.out(tableOf(`${name} by unseen prompt`, byPrompt));
  if (trial === null) return;
  const { learnedFrom, testedOn, seed } = trial;
  await io.out(tableOf(`as shipped, on the ${testedOn} held out (seed ${seed})`, trial.shipped));
  await io.out(tableOf(`calibrated on ${learnedFrom} others`, trial.calibrated));
  for (const [name, { failures }] of Object.entries(trial.gate))
    await io.out(`gate, ${name}: ${failures.length === 0 ? "passed" : failures.join("; ")}\n`);
}

interface Rated {
  readonly essay: Essay;
  readonly rating: Rating;
  readonly features: RatedEssay["features"];
}

/** Two essays wait for each thread, so that none idles and ten thousand never lie in memory; answers come in the file's order. */
async function* rateInOrder(
  essays: AsyncIterable<Essay>,
  { threads }: Options,
  pool: RaterPool,
): AsyncGenerator<Rated> {
  const underWay: Promise<Rated>[] = [];
  for await (const essay of essays) {
    const rated = pool
      .rate({ kind: "text", text: essay.text }, taskOf(essay), rubric)
      .then(({ evaluation, features }) => ({ essay, rating: evaluation.rating, features }));
    // Whoever awaits it later is told; until then a failure must not count as unhandled.
    rated.catch(() => undefined);
    underWay.push(rated);
    if (underWay.length > threads * 2) {
      const first = underWay.shift();
      if (first !== undefined) yield await first;
    }
  }
  for (const rated of underWay) yield await rated;
}

function taskOf({ prompt }: Essay): Task {
  return prompt !== null && prompt.split(/\s+/).length >= wordsOfATask ? { prompt } : {};
}

function scoreOf({ criteria: rated }: Rating, criterion: string): number | null {
  return rated.find((found) => found.criterion === criterion)?.score ?? null;
}

function jsonOf({ id, prompt }: Essay, { inputHash, criteria: rated, evidence, flags }: Rating): string {
  return JSON.stringify({ id, prompt, inputHash, flags, criteria: rated, evidence });
}

function lineOf({ id }: Essay, rating: Rating): string {
  const overall = rating.criteria.find(({ criterion }) => criterion === "overall");
  if (overall === undefined || overall.score === null) return `${id}  –  ${overall?.reason ?? "not measured"}`;
  const [low, high] = overall.interval ?? [0, 0];
  return `${id}  ${overall.score.toFixed(2)} [${low.toFixed(1)}–${high.toFixed(1)}]  ${strongest(overall)}${rating.flags.map((flag) => `  (${flag})`).join("")}`;
}

/** The three features that moved a score most, with what they added or took. */
function strongest({ contributions }: CriterionRating): string {
  return [...contributions]
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, 3)
    .map(({ feature, effect }) => `${feature} ${effect < 0 ? "−" : "+"}${Math.abs(effect).toFixed(2)}`)
    .join(", ");
}

function tableOf(title: string, rows: Readonly<Record<string, Agreement>>): string {
  const width = Math.max(title.length, ...Object.keys(rows).map((name) => name.length));
  const cell = (value: number | null): string => (value === null ? "–" : value.toFixed(3)).padStart(9);
  const head = `${title.padEnd(width)}      n Spearman  Pearson      QWK     RMSE\n`;
  const lines = Object.entries(rows).map(
    ([name, { n, spearman, pearson, qwk, rmse }]) =>
      `${name.padEnd(width)} ${String(n).padStart(6)}${cell(spearman)}${cell(pearson)}${cell(qwk)}${cell(rmse)}\n`,
  );
  return `\n${head}${lines.join("")}`;
}
