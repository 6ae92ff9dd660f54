import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readCsv } from "@bandwise/interchange/csv-read";
import { openPackage } from "@bandwise/interchange/read-package";
import { Refusal } from "@bandwise/interchange/refusal";
import {
  deepTree,
  entityBomb,
  hostileZips,
  outsideEntity,
  rawZip,
  wideTree,
} from "@bandwise/interchange/testing/hostile";
import { openZip } from "@bandwise/interchange/zip";

/**
 * What files made to do harm cost: each is read in a process of its own, which reports how far its memory rose above what it
 * held with the file made and the libraries loaded. Nothing here is kept on disk.
 */

const xmlFiles: Readonly<Record<string, Buffer>> = {
  "an entity bomb": entityBomb,
  "an entity from outside": outsideEntity,
  "a 200,000-deep tree": deepTree,
  "500,000 elements beside each other": wideTree,
};
const vocabulary = { skills: [], subSkills: {}, topics: [] };
const honest = rawZip([
  { name: "item.xml", content: Buffer.from("<assessmentItem identifier='x'><itemBody/></assessmentItem>") },
]);

const files: Readonly<Record<string, () => Buffer>> = {
  "an honest package": () => honest,
  ...Object.fromEntries(Object.entries(hostileZips).map(([name, { make }]) => [name, make])),
  ...Object.fromEntries(Object.entries(xmlFiles).map(([name, xml]) => [name, () => xml])),
  "a table of formulas": () => Buffer.from('id,type,stem,correct\nx-1,choice,"=HYPERLINK(""http://example.org"")",a\n'),
};

async function verdictOn(name: string, bytes: Buffer): Promise<string> {
  if (name === "a table of formulas") {
    const [row] = readCsv(bytes, "t.csv");
    return row ? "read as text" : "nothing read";
  }
  try {
    const isXml = bytes[0] === 0x3c;
    const single = { names: ["item.xml"], has: (file: string) => file === "item.xml", read: async () => bytes };
    const files = isXml ? single : await openZip(bytes, "p.zip");
    const opened = await openPackage(files, vocabulary);
    const refusals: string[] = [];
    for (const file of opened.candidates) {
      const packaged = await opened.read(file);
      if (packaged && "refusal" in packaged) refusals.push(`${packaged.file}: ${packaged.refusal}`);
    }
    return refusals[0] ?? "read";
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

async function measure(name: string): Promise<void> {
  const make = files[name];
  if (!make) throw new Error(`no file called ${name}`);
  await verdictOn("an honest package", honest);
  const bytes = make();
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 1);
  const started = performance.now();
  const verdict = await verdictOn(name, bytes);
  const milliseconds = performance.now() - started;
  clearInterval(watch);
  // Where nothing gave the timer a turn, the process's own high-water mark tells; it includes making the file.
  peak = Math.max(peak, process.memoryUsage.rss());
  process.stdout.write(
    JSON.stringify({
      verdict,
      size: bytes.byteLength,
      milliseconds,
      rise: peak - before,
      whole: process.resourceUsage().maxRSS * 1024,
    }),
  );
}

const [asked] = process.argv.slice(2);
if (asked !== undefined) await measure(asked);
else {
  console.log("file                                 size   time    memory rose  whole process  verdict");
  for (const name of Object.keys(files)) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--expose-gc", "--import", "tsx", fileURLToPath(import.meta.url), name],
      { encoding: "utf8" },
    );
    if (stdout === "") throw new Error(stderr);
    const { verdict, size, milliseconds, rise, whole } = JSON.parse(stdout) as {
      verdict: string;
      size: number;
      milliseconds: number;
      rise: number;
      whole: number;
    };
    const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
    console.log(
      [
        name.padEnd(34),
        `${Math.ceil(size / 1000)} kB`.padStart(8),
        `${milliseconds.toFixed(0)} ms`.padStart(7),
        megabytes(rise).padStart(13),
        megabytes(whole).padStart(14),
        ` ${verdict.slice(0, 90)}`,
      ].join(" "),
    );
  }
}
