import type { BandMove, Finding } from "@bandwise/core/results/rederive-rules";
import type { Rescored } from "@bandwise/core/results/rescore-queries";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";

/** Counts over a whole run of `bandwise rescore`. */
export interface Totals {
  results: number;
  equal: number;
  differ: number;
  unproven: number;
  /** Only where a changed scheme was handed in. */
  changed?: Changed;
}

interface Changed {
  compared: number;
  /** A band or a level of any section or of the whole. */
  moved: number;
  overall: { up: number; down: number; same: number };
  sections: Record<(typeof ielpSections)[number], { up: number; down: number }>;
  /** Overall bands: by how much → how many. */
  distribution: Record<string, number>;
  /** Overall levels: `B2 → C1` → how many. */
  levels: Record<string, number>;
}

export function emptyTotals(changed: boolean): Totals {
  const none = () => ({ up: 0, down: 0 });
  return {
    results: 0,
    equal: 0,
    differ: 0,
    unproven: 0,
    ...(changed && {
      changed: {
        compared: 0,
        moved: 0,
        overall: { up: 0, down: 0, same: 0 },
        sections: { reading: none(), listening: none(), writing: none(), speaking: none() },
        distribution: Object.fromEntries(steps.map(({ name }) => [name, 0])),
        levels: {},
      },
    }),
  };
}

/** Overall bands are hundredths: each step holds those up to its end that no step before holds. */
const steps: readonly { readonly name: string; readonly upTo: number }[] = [
  { name: "-0.50 or more", upTo: -50 },
  { name: "-0.49 to -0.25", upTo: -25 },
  { name: "-0.24 to -0.10", upTo: -10 },
  { name: "-0.09 to -0.01", upTo: -1 },
  { name: "0.00", upTo: 0 },
  { name: "+0.01 to +0.09", upTo: 9 },
  { name: "+0.10 to +0.24", upTo: 24 },
  { name: "+0.25 to +0.49", upTo: 49 },
  { name: "+0.50 or more", upTo: Number.POSITIVE_INFINITY },
];

export function countIn(totals: Totals, { verdict, compared, move }: Rescored): void {
  totals.results += 1;
  totals[verdict === "differs" ? "differ" : verdict] += 1;
  const { changed } = totals;
  if (changed === undefined || !compared) return;
  changed.compared += 1;
  const hundredths = move === null ? 0 : hundredthsOf(move.overall);
  changed.overall[wayOf(hundredths)] += 1;
  const step = steps.find(({ upTo }) => hundredths <= upTo)?.name ?? "";
  changed.distribution[step] = (changed.distribution[step] ?? 0) + 1;
  if (move === null) return;
  changed.moved += 1;
  for (const section of ielpSections) {
    const moved = move.sections[section];
    const way = moved === undefined ? "same" : wayOf(hundredthsOf(moved));
    if (way !== "same") changed.sections[section][way] += 1;
  }
  const { fromCefr, toCefr } = move.overall;
  if (fromCefr === toCefr) return;
  const levels = `${fromCefr} → ${toCefr}`;
  changed.levels[levels] = (changed.levels[levels] ?? 0) + 1;
}

function hundredthsOf(move: BandMove): number {
  return Math.round(Number(move.by) * 100);
}

function wayOf(hundredths: number): "up" | "down" | "same" {
  return hundredths > 0 ? "up" : hundredths < 0 ? "down" : "same";
}

/** Exit status 0: every result came out equal, and nobody would move. */
export function isAllEqual({ results, equal, changed }: Totals): boolean {
  return results === equal && (changed === undefined || (changed.moved === 0 && changed.compared === results));
}

/** Whether there is more to say of a result than its count. */
export function isNotable({ verdict, move }: Rescored): boolean {
  return verdict !== "equal" || move !== null;
}

export function textOf({ attemptId, version, status, verdict, findings, move }: Rescored): string {
  const lines = [`attempt ${attemptId}, result ${version} (${status}): ${verdictWords[verdict]}`];
  for (const finding of findings) lines.push(`  ${findingWords(finding)}`);
  if (move !== null) {
    for (const section of ielpSections) {
      const moved = move.sections[section];
      if (moved) lines.push(`  ${section.padEnd(9)} ${moveWords(moved)}`);
    }
    lines.push(`  ${"overall".padEnd(9)} ${moveWords(move.overall)}`);
  }
  // Findings quote stored data: whatever it holds does nothing to a terminal.
  return `${lines.map((line) => line.replaceAll(/\p{Cc}+/gu, " ")).join("\n")}\n`;
}

const verdictWords = {
  equal: "equal",
  differs: "differs",
  unproven: "cannot be worked out anew in every part",
} as const;

const findingKinds: Readonly<Record<Finding["kind"], string>> = {
  "scheme-unknown": "this program does not know its scheme",
  "inputs-unreadable": "its inputs cannot be read",
  "item-gone": "the item version is gone",
  "item-differs": "the item is not the one that was scored",
  "entry-gone": "the answer is gone from the ledger",
  "entry-differs": "the ledger entry is not the one that was scored",
  "credit-differs": "the credit is another",
  "rating-gone": "the rating is gone",
  "rating-differs": "the rating is another",
  "counting-differs": "its outcome names other ratings",
  "not-scorable": "the scheme refuses it",
  "output-differs": "the output is another",
};

function findingWords({ kind, where, stored, now }: Finding): string {
  const values = [stored === null ? [] : [`stored ${stored}`], now === null ? [] : [`now ${now}`]].flat();
  return `${where}: ${findingKinds[kind]}${values.length === 0 ? "" : ` (${values.join(", ")})`}`;
}

function moveWords({ from, to, by, fromCefr, toCefr }: BandMove): string {
  return `${from} → ${to} (${by})${fromCefr === toCefr ? "" : `, ${fromCefr} → ${toCefr}`}`;
}

export function totalsText({ results, equal, differ, unproven, changed }: Totals): string {
  const lines = [
    `${counted(results, "result")} worked out anew: ${equal} equal, ${differ} different, ${unproven} not to be worked out in every part`,
  ];
  if (changed) {
    const { compared, moved, overall, sections, distribution, levels } = changed;
    const changing = Object.values(levels).reduce((sum, count) => sum + count, 0);
    lines.push(
      `under the changed scheme, of ${compared} compared: ${moved} would move; overall ${overall.up} up, ${overall.down} down, ${overall.same} the same; ${changing} would change level`,
      ...ielpSections.map(
        (section) => `  ${section.padEnd(9)} ${sections[section].up} up, ${sections[section].down} down`,
      ),
      "overall band by",
      ...steps.map(({ name }) => `  ${name.padEnd(15)} ${String(distribution[name] ?? 0).padStart(8)}`),
      ...Object.entries(levels)
        .sort(([, a], [, b]) => b - a)
        .map(([level, count]) => `  ${level.padEnd(15)} ${String(count).padStart(8)}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
