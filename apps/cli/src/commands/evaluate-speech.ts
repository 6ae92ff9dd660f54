import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { syllablesIn, wordsOf } from "@bandwise/core/bank/text-measures";
import { pearson } from "@bandwise/evaluator/agreement";
import { measureSpeech, type SpeechMeasures } from "@bandwise/evaluator/speech/measures";
import { AudioError, readWav } from "@bandwise/evaluator/speech/wav";
import { type Command, type Io, UsageError } from "../command.ts";
import { printable } from "../printable.ts";

interface Utterance {
  readonly id: string;
  readonly measures: SpeechMeasures;
  /** Syllables of the text that was read, by spelling; null where no text is there. */
  readonly syllablesRead: number | null;
}

interface Agreement {
  readonly n: number;
  readonly pearson: number | null;
  readonly meanError: number;
  readonly meanAbsoluteError: number;
}

/** Exit statuses: 0 done, 1 some recordings cannot be read, 2 there is nothing to read or it was called wrongly. */
export const command: Command = {
  usage:
    "evaluate speech DIR [--json]   (WAV files in DIR or DIR/wav; texts that were read in DIR/utterances.tsv: id, text)",
  async run(args, io) {
    const json = args.includes("--json");
    const [folder, ...rest] = args.filter((arg) => arg !== "--json");
    if (folder === undefined || rest.length > 0 || folder.startsWith("-")) throw new UsageError("takes one DIR");
    if (!(await stat(folder).catch(() => null))?.isDirectory()) {
      io.err(`bandwise evaluate speech: there is no folder ${printable(folder)}\n`);
      return 2;
    }
    const files = await wavFiles(folder);
    if (files.length === 0) {
      io.err(`bandwise evaluate speech: ${folder} holds no WAV file\n`);
      return 2;
    }
    const texts = await textsOf(folder);
    const utterances: Utterance[] = [];
    let bad = 0;
    for (const file of files) {
      const id = basename(file).replace(/\.wav$/i, "");
      try {
        const measures = measureSpeech(readWav(await readFile(file)));
        const text = texts.get(id);
        const read = text === undefined ? null : wordsOf(text).reduce((sum, word) => sum + syllablesIn(word), 0);
        utterances.push({ id, measures, syllablesRead: read });
      } catch (error) {
        if (!(error instanceof AudioError)) throw error;
        bad += 1;
        io.err(`${file}: ${error.message}\n`);
      }
    }
    await print(utterances, json, io);
    return bad === 0 ? 0 : 1;
  },
};

async function wavFiles(folder: string): Promise<string[]> {
  const found = await Promise.all(
    [folder, join(folder, "wav")].map(async (place) => {
      const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && /\.wav$/i.test(entry.name))
        .map(({ name }) => join(place, name));
    }),
  );
  return found.flat().sort();
}

/** Columns are found by their names in the first line; without the file nothing is held against anything. */
async function textsOf(folder: string): Promise<Map<string, string>> {
  const table = await readFile(join(folder, "utterances.tsv"), "utf8").catch(() => "");
  const [head = "", ...lines] = table.split(/\r?\n/);
  const columns = head.split("\t").map((name) => name.trim().toLowerCase());
  const [id, text] = [columns.indexOf("id"), columns.indexOf("text")];
  if (id === -1 || text === -1) return new Map();
  return new Map(
    lines
      .map((line) => line.split("\t"))
      .flatMap((cells) => (cells[id] && cells[text] ? [[cells[id], cells[text]]] : [])),
  );
}

function agreementOf(utterances: readonly Utterance[]): Agreement | null {
  const pairs = utterances.flatMap(({ measures, syllablesRead }) =>
    syllablesRead === null ? [] : [{ found: measures.syllables, read: syllablesRead }],
  );
  if (pairs.length === 0) return null;
  const errors = pairs.map(({ found, read }) => found - read);
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    n: pairs.length,
    pearson: pearson(
      pairs.map(({ found }) => found),
      pairs.map(({ read }) => read),
    ),
    meanError: meanOf(errors),
    meanAbsoluteError: meanOf(errors.map(Math.abs)),
  };
}

async function print(utterances: readonly Utterance[], json: boolean, io: Io): Promise<void> {
  const agreement = agreementOf(utterances);
  if (json) {
    await io.out(`${JSON.stringify({ utterances, syllables: agreement }, null, 2)}\n`);
    return;
  }
  const figure = (value: number | null, unit: string): string =>
    value === null ? `– ${unit}` : `${value.toFixed(2)} ${unit}`;
  for (const { id, measures, syllablesRead } of utterances) {
    const { syllables, articulationRate, speechRate, pauses, phonationRatio } = measures;
    const against = syllablesRead === null ? "" : ` (${syllablesRead} read)`;
    const rates = `${figure(articulationRate, "articulated/s")}, ${figure(speechRate, "spoken/s")}`;
    await io.out(
      `${id}  ${syllables} syllables${against}, ${rates}, ${pauses.length} pauses, phonation ${figure(phonationRatio, "of the time")}\n`,
    );
  }
  if (agreement === null) return;
  const { n, pearson: r, meanError, meanAbsoluteError } = agreement;
  await io.out(`\nsyllables found against syllables read, ${n} utterances: r ${r === null ? "–" : r.toFixed(3)}, `);
  await io.out(`mean error ${meanError.toFixed(2)}, mean absolute error ${meanAbsoluteError.toFixed(2)}\n`);
}
