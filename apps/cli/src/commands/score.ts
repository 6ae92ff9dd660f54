import { createReadStream } from "node:fs";
import { ScoringError } from "@bandwise/scoring/error";
import { type Command, type Io, UsageError } from "../command.ts";
import { printable } from "../printable.ts";
import { readFailure } from "../read-failure.ts";
import { scoreRecord } from "../score-record.ts";

/** Exit statuses: 0 all lines scored, 1 some of several lines bad, 2 the only line bad, nothing to read, or called wrongly. */
export const command: Command = {
  usage: "score FILE   (JSON Lines; - reads standard input)",
  async run(args, io) {
    const [file, ...rest] = args;
    if (file === undefined || rest.length > 0) throw new UsageError("needs one FILE");
    if (file.startsWith("-") && file !== "-") throw new UsageError(`there is no option ${printable(file)}`);
    try {
      return await scoreAll(file === "-" ? io.input : createReadStream(file), io);
    } catch (error) {
      const reason = readFailure(error);
      if (reason === null) throw error;
      io.err(`bandwise score: cannot read ${printable(file)}: ${reason}\n`);
      return 2;
    }
  },
};

async function scoreAll(input: AsyncIterable<Uint8Array>, io: Io): Promise<number> {
  let lineNumber = 0;
  let records = 0;
  let bad = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  const decode = (bytes: Uint8Array): string => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw new ScoringError("record", "is not JSON: it is not UTF-8");
    }
  };

  const scoreLine = (bytes: Uint8Array): string => {
    lineNumber += 1;
    records += 1;
    try {
      const text = decode(bytes).replace(lineNumber === 1 ? /^\uFEFF/ : "", "");
      if (/^[ \t\r]*$/.test(text)) {
        records -= 1;
        return "";
      }
      return `${scoreRecord(text)}\n`;
    } catch (error) {
      if (!(error instanceof ScoringError)) throw error;
      bad += 1;
      io.err(`line ${lineNumber}: ${printable(error.field)}: ${printable(error.rule)}\n`);
      return "";
    }
  };

  for await (const lines of linesPerChunk(input)) {
    const text = lines.map(scoreLine).join("");
    if (text !== "") await io.out(text);
  }
  if (records === 0) {
    io.err("line 1: record: is missing: the input is empty\n");
    return 2;
  }
  if (bad === 0) return 0;
  return records === 1 ? 2 : 1;
}

const NEW_LINE = 0x0a;

/** The lines each chunk completes, so that a caller who writes line by line is answered line by line. */
async function* linesPerChunk(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Uint8Array[]> {
  let pending: Uint8Array[] = [];
  for await (const chunk of input) {
    const lines: Uint8Array[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, start)) {
      const tail = chunk.subarray(start, end);
      lines.push(pending.length === 0 ? tail : Buffer.concat([...pending, tail]));
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    yield lines;
  }
  if (pending.length > 0) yield [Buffer.concat(pending)];
}
