import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assembleForm } from "../src/assembly.ts";
import { violations } from "../src/form-check.ts";
import { createPool, type Pool, type PoolItem } from "../src/pool.ts";
import { ielpForm, makeBank } from "./bank.ts";
import { ms, print, quantile } from "./print.ts";
import { SideBySide } from "./side-by-side.ts";

const forms = 10_000;
/** No more forms are made after this, the comparisons left out. */
const secondsMax = 100;
/** Milliseconds a form may take. */
const promised = new Map([
  [480, 8],
  [1_000, 8],
  [100_000, 5],
  [1_000_000, 15],
]);
/** The solver sees the same pools as the engine, at so many moments of the run. */
const compared = 6;
/** Items changed one by one to see what keeping the index up to date costs. */
const refreshedItems = 1_000;

/** One bank of about so many items: what forms cost, how evenly they wear it, and how a solver fares with the same. */
export function benchSize(size: number): void {
  const items = makeBank(size);
  const before = heapMiB();
  const start = performance.now();
  const pool = createPool(items);
  const built = performance.now() - start;
  const memory = heapMiB() - before;
  const bank = new Map<string, PoolItem>(items.map((item) => [item.id, item]));
  const times: number[] = [];
  const recording: number[] = [];
  const sideBySide = new SideBySide(size);
  let processor = 0;
  let spent = 0;
  let broken = 0;
  while (times.length < forms && spent < secondsMax * 1000) {
    const form = times.length;
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const assembly = assembleForm({ blueprint: ielpForm, pool, met: [], seed: `candidate ${form}` });
    const took = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    processor += (user + system) / 1000;
    times.push(took);
    if (!assembly.ok) throw new Error(assembly.obstacles.map(({ sentence }) => sentence).join("; "));
    if (violations(ielpForm, bank, [], assembly.sections).length > 0) broken += 1;
    if (form % Math.floor(forms / compared) === 777) sideBySide.compare(pool, assembly.sections, took);
    const counted = performance.now();
    pool.recordAllotment(assembly.sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
    recording.push(performance.now() - counted);
    spent += performance.now() - counted + took;
  }
  const made = times.length;
  const shortened = made < forms ? `, stopped after ${secondsMax} s` : "";
  console.log(`\n${items.length.toLocaleString("en")} items, ${made.toLocaleString("en")} forms${shortened}`);
  const limit = promised.get(size);
  const median = quantile(times, 0.5);
  const verdict = limit ? ` (promised ${limit} ms) ${median <= limit ? "ok" : "TOO SLOW"}` : "";
  print("a form", `median ${ms(median)}, p99 ${ms(quantile(times, 0.99))}${verdict}`);
  print("processor time of a form", `mean ${ms(processor / made)}`);
  print("forms that break a constraint", String(broken));
  printWear(pool, made);
  sideBySide.print();
  print("index", `built in ${ms(built)}, ${memory.toFixed(0)} MiB, ${ms(quantile(recording, 0.5))} to count a form`);
  print("an item read anew", `${(refresh(pool, items) * 1000).toFixed(0)} µs`);
}

/** What the heap holds once it is swept. */
function heapMiB(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** What a process pays for a change of the bank: each item is put in anew. @returns milliseconds an item. */
function refresh(pool: Pool, items: readonly PoolItem[]): number {
  const step = Math.max(1, Math.floor(items.length / refreshedItems));
  const changed = items.filter((_, index) => index % step === 0);
  const start = performance.now();
  for (const item of changed) pool.upsert({ ...item, exposure: pool.find(item.id)?.exposure ?? 0 });
  return (performance.now() - start) / changed.length;
}

function printWear(pool: Pool, made: number): void {
  const least = unavoidable(pool, made);
  const plain = [...pool.entries()].filter(({ kind }) => !kind.anchor);
  const most = plain.reduce((highest, { exposure }) => Math.max(highest, exposure), 0);
  const overlap = sharedPairs(
    [...pool.entries()].map(({ exposure }) => exposure),
    made,
  );
  const above = ((most / least.most - 1) * 100).toFixed(1);
  // One allotment cannot be halved.
  const verdict = most <= Math.max(least.most * 1.1, least.most + 1) ? "ok" : "TOO HIGH";
  print("maximum exposure", `${most}, unavoidable ${least.most} (${above} % above) ${verdict}`);
  print("mean overlap of two forms", `${overlap.toFixed(4)} items, unavoidable ${least.overlap.toFixed(4)}`);
}

/** What no way of choosing could avoid: the exposure of the most used item, and the items that two forms share. */
function unavoidable(pool: Pool, made: number): { most: number; overlap: number } {
  let most = 0;
  let overlap = 0;
  for (const { skill, slots, anchors = 0 } of ielpForm.sections) {
    for (const { level, tag, count } of slots) {
      for (const anchor of [false, true]) {
        const cell = pool.cell(skill, level, tag, "scored", anchor);
        if (!cell || cell.count === 0) continue;
        // Anchors fall on every level alike; the rest of a level's picks are plain.
        const picks = anchor ? (made * anchors) / slots.length : made * (count - anchors / slots.length);
        if (!anchor) most = Math.max(most, Math.ceil(picks / cell.count - 1e-9));
        const evenly = Array.from({ length: cell.count }, (_, index) => Math.floor((picks + index) / cell.count));
        overlap += sharedPairs(evenly, made);
      }
    }
  }
  return { most, overlap };
}

/** Mean number of items that two of the forms have in common. */
function sharedPairs(exposures: readonly number[], made: number): number {
  return exposures.reduce((sum, exposure) => sum + exposure * (exposure - 1), 0) / (made * (made - 1));
}
