/**
 * `pnpm bench evaluator [ESSAYS]`: essays of 400 words a second in two threads, with the memory on the way; and how much faster
 * than it was spoken a recording is decoded and a minute of speech is measured. 10000 shows whether memory stays flat; 400 are the default.
 */
import { readFileSync } from "node:fs";
import { writingModel } from "../src/models/writing.ts";
import { decodeSound } from "../src/speech/decode.ts";
import { measureSpeech } from "../src/speech/measures.ts";
import { createRaterPool } from "../src/threads/pool.ts";
import { madeEssays } from "./essays.ts";

const threads = 2;
const words = 400;
const essays = Number(process.argv[2] ?? 400);
const rubric = { criteria: Object.keys(writingModel.criteria), lowest: 0, highest: 10 };
const print = (name: string, value: string): void => console.log(`  ${name.padEnd(44)} ${value}`);
const megabytes = (): number => process.memoryUsage().rss / 1e6;

const pool = createRaterPool(threads);
// Both threads load their dictionaries before the clock starts.
const warm = [...madeEssays(threads * 5, words, 99)];
await Promise.all(warm.map((text) => pool.rate({ kind: "text", text }, {}, rubric)));
const marks = [100, 1000, 5000, 10_000].filter((mark) => mark <= essays);
const memory: string[] = [];
const begun = performance.now();
const used = process.cpuUsage();
let done = 0;
/** As the command does it: each thread has one at work and one waiting, so that none idles and ten thousand never lie in memory. */
const underWay = new Set<Promise<void>>();
for (const text of madeEssays(essays, words)) {
  const rated = pool.rate({ kind: "text", text }, {}, rubric).then(() => {
    done += 1;
    underWay.delete(rated);
    if (marks.includes(done)) memory.push(`${megabytes().toFixed(0)} at ${done}`);
  });
  underWay.add(rated);
  if (underWay.size >= threads * 2) await Promise.race(underWay);
}
await Promise.all(underWay);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const processor = (user + system) / 1e6;
await pool.close();
console.log(`${essays} essays of ${words} words, ${threads} threads`);
print("essays a second by the clock", (essays / seconds).toFixed(1));
print("processor time per essay", `${((1000 * processor) / essays).toFixed(1)} ms`);
print("essays a second if both cores were free", ((essays * threads) / processor).toFixed(1));
print("resident memory, MB, after so many essays", memory.join(", "));

const sampleRate = 16_000;
const minute = Float32Array.from({ length: 60 * sampleRate }, (_, at) => {
  const time = at / sampleRate;
  return (
    0.2 *
    Math.sin(2 * Math.PI * 4 * time) ** 2 *
    (Math.sin(2 * Math.PI * 150 * time) + Math.sin(2 * Math.PI * 600 * time))
  );
});
measureSpeech({ sampleRate, samples: minute });
const before = process.cpuUsage();
measureSpeech({ sampleRate, samples: minute });
const spent = process.cpuUsage(before);
console.log("one minute of speech");
print("times faster than it was spoken", (60 / ((spent.user + spent.system) / 1e6)).toFixed(0));

const recording = new Uint8Array(readFileSync(new URL("../fixtures/voice.webm", import.meta.url)));
const rounds = 40;
await decodeSound(recording, "audio/webm");
const start = process.cpuUsage();
let decoded = 0;
for (let round = 0; round < rounds; round += 1) decoded += (await decodeSound(recording, "audio/webm")).durationSeconds;
const cost = process.cpuUsage(start);
console.log(`${decoded.toFixed(0)} seconds of Opus in recordings of ${(decoded / rounds).toFixed(1)}`);
print("times faster decoded than it was spoken", (decoded / ((cost.user + cost.system) / 1e6)).toFixed(0));
