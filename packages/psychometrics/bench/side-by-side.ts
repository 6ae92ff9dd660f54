import type { AssembledSection } from "../src/assembly.ts";
import { type FormCost, formCost } from "../src/form-cost.ts";
import type { Pool } from "../src/pool.ts";
import { ielpForm } from "./bank.ts";
import { print, quantile } from "./print.ts";
import { solve } from "./solver.ts";

const secondsMax = { reduced: 30, whole: 20 };
/** Given whole, the problem is hopeless for a solver long before this. */
const wholeUpTo = 10_000;
/** So many pools are also given whole. */
const wholeTimes = 2;
/** Faster than the solver's reduced problem by this, where banks are large. */
const promisedRatio = 50;
const promisedFrom = 10_000;

/** The engine's form and the solver's from the same pool. */
interface Pair {
  readonly ours: FormCost;
  readonly oursMs: number;
  readonly theirs: FormCost | null;
  readonly seconds: number;
  readonly status: string;
}

/** The same pools given to the engine and to HiGHS. */
export class SideBySide {
  readonly #size: number;
  readonly #pairs: Pair[] = [];
  readonly #whole: { seconds: number; status: string }[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  compare(pool: Pool, sections: readonly AssembledSection[], oursMs: number): void {
    const request = { blueprint: ielpForm, pool, met: [] };
    const { picks, seconds, status } = solve(pool, ielpForm, { reduced: true, secondsMax: secondsMax.reduced });
    const theirs = picks?.map((ids) => ({ picks: ids.map((id) => ({ id })) }));
    this.#pairs.push({
      ours: formCost(request, sections),
      oursMs,
      theirs: theirs ? formCost(request, theirs) : null,
      seconds,
      status,
    });
    if (this.#size <= wholeUpTo && this.#whole.length < wholeTimes) {
      this.#whole.push(solve(pool, ielpForm, { reduced: false, secondsMax: secondsMax.whole }));
    }
  }

  print(): void {
    if (this.#pairs.length === 0) return;
    const seconds = quantile(
      this.#pairs.map((pair) => pair.seconds),
      0.5,
    );
    const own = quantile(
      this.#pairs.map(({ oursMs }) => oursMs),
      0.5,
    );
    const ratio = (seconds * 1000) / own;
    const promise =
      this.#size < promisedFrom ? "" : ` (promised ${promisedRatio}) ${ratio >= promisedRatio ? "ok" : "TOO SLOW"}`;
    print(
      "HiGHS, reduced",
      `median ${seconds.toFixed(2)} s, ${Math.round(ratio)} times ours on the same pools${promise}`,
    );
    for (const { seconds: taken, status } of this.#whole) print("HiGHS, whole", `${taken.toFixed(2)} s, ${status}`);
    const judged = this.#pairs.flatMap(({ ours, theirs }) => (theirs ? [compareCosts(ours, theirs)] : []));
    const count = (test: (difference: number) => boolean): number => judged.filter(test).length;
    print(
      "ours against its form",
      `${count((d) => d < 0)} better, ${count((d) => d === 0)} equal, ${count((d) => d > 0)} worse`,
    );
    print("over share, spread, exposure", "ours | HiGHS");
    for (const { ours, theirs, status } of this.#pairs) {
      print("", `${words(ours)} | ${theirs ? words(theirs) : "nothing"}${status === "Optimal" ? "" : ` (${status})`}`);
    }
  }
}

function words({ overShare, spread, exposure }: FormCost): string {
  return `${overShare} ${spread} ${exposure}`;
}

function compareCosts(a: FormCost, b: FormCost): number {
  return a.overShare - b.overShare || a.spread - b.spread || a.target - b.target || a.exposure - b.exposure;
}
