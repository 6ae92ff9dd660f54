/**
 * `pnpm bench assembly [SIZE …]`: what assembly costs and how well it serves, from 1,000 to 1,000,000 items, beside the
 * same problem given to an integer-programming solver; then many small random problems held against the checker.
 */
import { type AssembledSection, assembleForm } from "../src/assembly.ts";
import { violations } from "../src/form-check.ts";
import { type FormCost, formCost } from "../src/form-cost.ts";
import { createPool, type Pool, type PoolItem } from "../src/pool.ts";
import { ielpForm, makeBank } from "./bank.ts";
import { runRandomInstances } from "./random-instances.ts";
import { solve } from "./solver.ts";

const forms = 10_000;
const sizes = [1_000, 10_000, 100_000, 1_000_000];
/** Milliseconds a form may take. */
const promised = new Map([
  [100_000, 5],
  [1_000_000, 15],
]);
const randomInstances = 100_000;
const solverSeconds = 30;
/** The solver sees the same pools as the engine, at so many moments of the run. */
const compared = 6;
/** Given whole, the problem is hopeless for a solver long before this. */
const wholeUpTo = 10_000;

const print = (name: string, value: string): void => console.log(`  ${name.padEnd(34)} ${value}`);
const ms = (value: number): string => `${value.toFixed(2)} ms`;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function compareCosts(a: FormCost, b: FormCost): number {
  return a.overShare - b.overShare || a.spread - b.spread || a.target - b.target || a.exposure - b.exposure;
}

/** What no way of choosing could avoid: the exposure of the most used item, and the items that two forms share. */
function unavoidable(pool: Pool): { most: number; overlap: number } {
  let most = 0;
  let overlap = 0;
  for (const { skill, slots, anchors = 0 } of ielpForm.sections) {
    for (const { level, tag, count } of slots) {
      for (const anchor of [false, true]) {
        const cell = pool.cell(skill, level, tag, "scored", anchor);
        if (!cell || cell.count === 0) continue;
        // Anchors fall on every level alike; the rest of a level's picks are plain.
        const picks = anchor ? (forms * anchors) / slots.length : forms * (count - anchors / slots.length);
        if (!anchor) most = Math.max(most, Math.ceil(picks / cell.count - 1e-9));
        overlap += sharedPairs(
          Array.from({ length: cell.count }, (_, index) => Math.floor((picks + index) / cell.count)),
        );
      }
    }
  }
  return { most, overlap };
}

/** Mean number of items that two of the forms have in common. */
function sharedPairs(exposures: readonly number[]): number {
  return exposures.reduce((sum, exposure) => sum + exposure * (exposure - 1), 0) / (forms * (forms - 1));
}

interface Comparison {
  readonly ours: FormCost;
  readonly oursMs: number;
  readonly theirs: FormCost | null;
  readonly reducedSeconds: number;
  readonly wholeSeconds: number | null;
  readonly wholeStatus: string;
}

function compare(pool: Pool, size: number, sections: readonly AssembledSection[], oursMs: number): Comparison {
  const request = { blueprint: ielpForm, pool, met: [] };
  const reduced = solve(pool, ielpForm, { reduced: true, secondsMax: solverSeconds });
  const whole = size <= wholeUpTo ? solve(pool, ielpForm, { reduced: false, secondsMax: solverSeconds }) : null;
  return {
    ours: formCost(request, sections),
    oursMs,
    theirs:
      reduced.picks &&
      formCost(
        request,
        reduced.picks.map((ids) => ({ picks: ids.map((id) => ({ id })) })),
      ),
    reducedSeconds: reduced.seconds,
    wholeSeconds: whole?.seconds ?? null,
    wholeStatus: whole?.status ?? "",
  };
}

function benchSize(size: number): void {
  const items = makeBank(size);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const pool = createPool(items);
  const built = performance.now() - start;
  globalThis.gc?.();
  const memory = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const bank = new Map<string, PoolItem>(items.map((item) => [item.id, item]));
  const times: number[] = [];
  const recording: number[] = [];
  const comparisons: Comparison[] = [];
  let broken = 0;
  for (let form = 0; form < forms; form += 1) {
    const begun = performance.now();
    const assembly = assembleForm({ blueprint: ielpForm, pool, met: [], seed: `candidate ${form}` });
    const took = performance.now() - begun;
    times.push(took);
    if (!assembly.ok) throw new Error(assembly.obstacles.map(({ sentence }) => sentence).join("; "));
    if (violations(ielpForm, bank, [], assembly.sections).length > 0) broken += 1;
    if (size <= 100_000 && form % Math.floor(forms / compared) === 777) {
      comparisons.push(compare(pool, size, assembly.sections, took));
    }
    const counted = performance.now();
    pool.recordAllotment(assembly.sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
    recording.push(performance.now() - counted);
  }
  // What a process pays for a change of the bank: the item is put in anew.
  const refreshed = items.slice(0, 1_000);
  const refreshing = performance.now();
  for (const item of refreshed) pool.upsert({ ...item, exposure: pool.find(item.id)?.exposure ?? 0 });
  const refresh = (performance.now() - refreshing) / refreshed.length;
  const plain = [...pool.entries()].filter(({ kind }) => !kind.anchor);
  const most = plain.reduce((highest, { exposure }) => Math.max(highest, exposure), 0);
  const overlap = sharedPairs([...pool.entries()].map(({ exposure }) => exposure));
  const least = unavoidable(pool);
  console.log(`\n${size.toLocaleString("en")} items, ${forms.toLocaleString("en")} forms`);
  const limit = promised.get(size);
  const median = quantile(times, 0.5);
  print(
    "a form",
    `median ${ms(median)}, p99 ${ms(quantile(times, 0.99))}${limit ? ` (promised ${limit} ms) ${median <= limit ? "ok" : "TOO SLOW"}` : ""}`,
  );
  print(
    "index",
    `built in ${ms(built)}, ${memory.toFixed(0)} MiB, ${ms(quantile(recording, 0.5))} to count a form, ${(refresh * 1000).toFixed(0)} µs to read an item anew`,
  );
  print("forms that break a constraint", String(broken));
  print(
    "maximum exposure",
    `${most}, unavoidable ${least.most} (${((most / least.most - 1) * 100).toFixed(1)} % above) ${most <= least.most * 1.1 ? "ok" : "TOO HIGH"}`,
  );
  print("mean overlap of two forms", `${overlap.toFixed(4)} items, unavoidable ${least.overlap.toFixed(4)}`);
  if (comparisons.length > 0) printComparisons(comparisons);
}

function printComparisons(all: readonly Comparison[]): void {
  const judged = all.flatMap(({ ours, theirs }) => (theirs ? [compareCosts(ours, theirs)] : []));
  const reduced = quantile(
    all.map(({ reducedSeconds }) => reducedSeconds),
    0.5,
  );
  const own = quantile(
    all.map(({ oursMs }) => oursMs),
    0.5,
  );
  const whole = all.flatMap(({ wholeSeconds }) => wholeSeconds ?? []);
  print("HiGHS, reduced", `median ${reduced.toFixed(2)} s, ${Math.round((reduced * 1000) / own)} times ours`);
  if (whole.length > 0) {
    const unfinished = all.filter(({ wholeStatus }) => wholeStatus !== "Optimal").length;
    print(
      "HiGHS, whole",
      `median ${quantile(whole, 0.5).toFixed(2)} s, ${unfinished} of ${whole.length} unfinished after ${solverSeconds} s`,
    );
  }
  const count = (test: (difference: number) => boolean): number => judged.filter(test).length;
  print(
    "ours against its optimum",
    `${count((d) => d < 0)} better, ${count((d) => d === 0)} equal, ${count((d) => d > 0)} worse`,
  );
  for (const { ours, theirs } of all) {
    if (theirs && compareCosts(ours, theirs) !== 0)
      print("", `ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`);
  }
}

const asked = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
for (const size of asked.length > 0 ? asked : sizes) benchSize(size);
const { formsMade, refusals, broken } = runRandomInstances(randomInstances);
console.log(`\n${randomInstances.toLocaleString("en")} random problems`);
print("forms, refusals", `${formsMade.toLocaleString("en")}, ${refusals.toLocaleString("en")}`);
print("forms that break a constraint", String(broken));
if (broken > 0) process.exitCode = 1;
