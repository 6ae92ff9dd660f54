import { pathToFileURL } from "node:url";
import { cefrLevels } from "@bandwise/scoring/cefr";
import { parseCredit } from "@bandwise/scoring/credit";
import { type IelpResponses, scoreIelp } from "@bandwise/scoring/ielp";

/** The floors the project promises for one core (full attempts per second). */
const promised = { withoutTrace: 100_000, withTrace: 20_000 };
/** The best of several short runs: what one core can do, not what a busy neighbour left of it. */
const runs = 5;
const secondsPerRun = 0.5;

export interface ScoringBench {
  readonly withoutTracePerSecond: number;
  readonly withTracePerSecond: number;
}

/** Attempts as the database would hand them over: credits as stored text, partial credits among them, sub-skills and ids on every part. */
function attempts(count: number): IelpResponses[] {
  let state = 20_260_101;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const stored = ["0", "1", "1", "1", "0", "1", "1/2", "2/3", "1", "0", "3/4", "1"];
  const subSkills = ["gist", "detail", "inference", "reference", "attitude-purpose"];
  const half = () => next(21) / 2;
  const items = (section: string) =>
    cefrLevels.flatMap((cefr) =>
      [1, 2].map((which) => ({
        id: `${section}-${cefr}-${which}`,
        cefr,
        credit: parseCredit(stored[next(stored.length)] ?? "0"),
        subSkill: subSkills[next(subSkills.length)],
      })),
    );
  return Array.from({ length: count }, () => ({
    reading: items("reading"),
    listening: items("listening"),
    writing: (["A", "B", "C"] as const).map((level) => ({
      id: `writing-${level}`,
      level,
      subSkill: "argument",
      ratings: [{ taskFulfilment: half(), coherence: half(), grammar: half(), vocabulary: half(), register: half() }],
    })),
    speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level, index) => ({
      id: `speaking-${index}`,
      level,
      subSkill: "opinion",
      ratings: [{ fluency: half(), accuracy: half(), range: half(), interaction: half() }],
    })),
  }));
}

function perSecond(sample: readonly IelpResponses[], trace: boolean): number {
  const options = { trace };
  let kept = 0;
  let scored = 0;
  const round = () => {
    for (const attempt of sample) kept += scoreIelp(attempt, options).overall.band.length;
    scored += sample.length;
  };
  for (let warm = 0; warm < 10; warm += 1) round();
  let best = 0;
  for (let index = 0; index < runs; index += 1) {
    scored = 0;
    const start = process.hrtime.bigint();
    let elapsed = 0;
    while (elapsed < secondsPerRun) {
      round();
      elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    }
    best = Math.max(best, scored / elapsed);
  }
  if (kept === 0) throw new Error("nothing was scored");
  return Math.round(best);
}

export function run(): ScoringBench {
  const sample = attempts(1000);
  return { withoutTracePerSecond: perSecond(sample, false), withTracePerSecond: perSecond(sample, true) };
}

export default async function print(): Promise<void> {
  const result = run();
  const line = (name: string, value: number, floor: number) =>
    console.log(
      `${name.padEnd(24)} ${value.toLocaleString("en").padStart(10)} attempts/s (promised ${floor.toLocaleString("en")}) ${value >= floor ? "ok" : "TOO SLOW"}`,
    );
  line("ielp, without trace", result.withoutTracePerSecond, promised.withoutTrace);
  line("ielp, with trace", result.withTracePerSecond, promised.withTrace);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await print();
