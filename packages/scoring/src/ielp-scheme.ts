import type { belowA1, CefrLevel, LevelBand, ReportedLevel } from "./cefr.ts";
import { ScoringError } from "./error.ts";
import { canonicalJson, defineScheme, type SchemeStamp } from "./scheme.ts";
import {
  IELP,
  type IelpComposite,
  type IelpSection,
  ielpSections,
  type SpeakingCriterion,
  type WritingCriterion,
} from "./schemes/ielp.ts";

type Ends = readonly [lower: number, upper: number];
type RowLevel = Exclude<ReportedLevel, typeof belowA1>;

/** What every version of `ielp` holds. Scored by one either as it was published or as `readIelpScheme` has read it. */
export interface IelpScheme extends SchemeStamp {
  readonly id: "ielp";
  readonly name: string;
  readonly sections: {
    readonly reading: ObjectiveSection;
    readonly listening: ObjectiveSection;
    readonly writing: RatedSection<WritingCriterion>;
    readonly speaking: RatedSection<SpeakingCriterion>;
  };
  readonly objective: {
    readonly itemsPerLevel: number;
    readonly weightHundredths: Readonly<Record<CefrLevel, number>>;
  };
  readonly rated: {
    readonly weightThousandths: Readonly<Record<LevelBand, number>>;
    readonly rating: { readonly lowest: number; readonly highest: number; readonly stepHalves: number };
  };
  readonly combining: "exact-mean-per-criterion";
  readonly rows: readonly (Readonly<Record<IelpSection, Ends>> & { readonly cefr: RowLevel })[];
  readonly rules: { readonly belowTableHundredths: number };
  readonly composites: Readonly<Record<IelpComposite, readonly IelpSection[]>>;
  readonly levels: Readonly<Record<ReportedLevel, string>>;
}

interface ObjectiveSection {
  readonly kind: "objective";
  readonly minutes: number;
  readonly maximumHundredths: number;
}

interface RatedSection<Criterion> {
  readonly kind: "rated";
  readonly minutes: number;
  readonly maximumHundredths: number;
  readonly tasks: Readonly<Record<LevelBand, number>>;
  readonly criteria: readonly Criterion[];
}

/** Every version ever published. One that is replaced stays: results of years ago name it. */
const published: readonly IelpScheme[] = [IELP];

/** The published scheme of exactly this id, version and hash; undefined where this program does not know it. */
export function findIelpScheme(stamp: {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
}): IelpScheme | undefined {
  return published.find(({ id, version, hash }) => id === stamp.id && version === stamp.version && hash === stamp.hash);
}

/**
 * Reads a changed `ielp` scheme from parsed JSON of the shape of `IELP`; its `hash` may be left out and is worked out. Weights,
 * maxima, the table, composites and words may differ from version 1; what the functions carry out in one way only may not.
 * Throws ScoringError naming field (`rows[3].reading[1]`) and rule.
 */
export function readIelpScheme(json: unknown): IelpScheme {
  const given = objectOf(json, "scheme");
  const { hash, ...rest } = given;
  const { hash: _, ...shape } = IELP;
  readLike(shape, rest, "");
  const data: Omit<IelpScheme, "hash"> = JSON.parse(canonicalJson(rest));
  checkMaxima(data);
  checkRows(data);
  const scheme = defineScheme(data);
  if (hash !== undefined && hash !== scheme.hash) {
    throw new ScoringError("hash", `is not that of these data (${scheme.hash}); leave it out to have it worked out`);
  }
  const taken = published.find(({ version }) => version === scheme.version);
  if (taken !== undefined && taken.hash !== scheme.hash) {
    throw new ScoringError(
      "version",
      `"${taken.version}" is published with other data: a changed scheme needs its own`,
    );
  }
  return scheme;
}

/** Keeps sums of weights within what exact sums of small integers allow (rational.ts). */
const HIGHEST = 100_000;

type Rule = (value: unknown, field: string) => void;

const count: Rule = (value, field) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1 || value > HIGHEST) {
    throw new ScoringError(field, `must be a whole number from 1 to ${HIGHEST}`);
  }
};

const words: Rule = (value, field) => {
  if (typeof value !== "string" || value.trim() === "" || value.length > 500) {
    throw new ScoringError(field, "must be a text of 1 to 500 characters");
  }
};

const rowLevels: readonly ReportedLevel[] = [...new Set(IELP.rows.map((row) => row.cefr))];

const level: Rule = (value, field) => {
  if (!rowLevels.some((known) => known === value)) {
    throw new ScoringError(field, `must be one of ${rowLevels.join(", ")}`);
  }
};

const sectionList: Rule = (value, field) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (
    list.length === 0 ||
    new Set(list).size !== list.length ||
    !list.every((name) => ielpSections.some((section) => section === name))
  ) {
    throw new ScoringError(field, `must list some of ${ielpSections.join(", ")}, each once`);
  }
};

/** Where a changed scheme may differ from version 1, and by which rule. */
const free: readonly (readonly [field: RegExp, rule: Rule])[] = [
  [/^(version|name)$|^levels\./, words],
  [/^sections\.\w+\.(minutes|maximumHundredths)$/, count],
  [/^objective\.weightHundredths\.\w+$|^rated\.weightThousandths\.\w+$/, count],
  [/^rules\.belowTableHundredths$/, count],
  [/^rows\[\d+\]\.cefr$/, level],
  [/^rows\[\d+\]\.\w+\[[01]\]$/, count],
  [/^composites\.\w+$/, sectionList],
];

/** Version 1 is the schema: the same fields, and the same values but where `free` says otherwise. */
function readLike(shape: unknown, value: unknown, field: string): void {
  if (value === undefined) throw new ScoringError(field, "is missing");
  const rule = free.find(([where]) => where.test(field))?.[1];
  if (rule !== undefined) {
    rule(value, field);
  } else if (Array.isArray(shape)) {
    const list: readonly unknown[] = shape;
    if (!Array.isArray(value) || value.length !== list.length) {
      throw new ScoringError(field, `must be a list of ${list.length}`);
    }
    for (const [index, part] of list.entries()) readLike(part, value[index], `${field}[${index}]`);
  } else if (typeof shape === "object" && shape !== null) {
    const given = objectOf(value, field);
    const known = Object.entries(shape);
    const at = (name: string): string => (field === "" ? name : `${field}.${name}`);
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(shape, name));
    if (unknown !== undefined) throw new ScoringError(at(unknown), "is not a field of this scheme");
    for (const [name, part] of known) readLike(part, Object.hasOwn(given, name) ? given[name] : undefined, at(name));
  } else if (value !== shape) {
    throw new ScoringError(field, `must be ${JSON.stringify(shape)}: nothing else is carried out`);
  }
}

function objectOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ScoringError(field, "must be an object");
  }
  return { ...value };
}

/** A section's maximum is what its parts can earn, or percentages and the top of the table would be wrong. */
function checkMaxima({ sections, objective, rated }: Omit<IelpScheme, "hash">): void {
  const items = Object.values(objective.weightHundredths).reduce((sum, weight) => sum + weight, 0);
  // A task earns up to 10 × its weight: its weight in thousandths is its maximum in hundredths.
  const tasks = (wanted: Readonly<Record<LevelBand, number>>): number =>
    wanted.A * rated.weightThousandths.A + wanted.B * rated.weightThousandths.B + wanted.C * rated.weightThousandths.C;
  const earned: Readonly<Record<IelpSection, number>> = {
    reading: items * objective.itemsPerLevel,
    listening: items * objective.itemsPerLevel,
    writing: tasks(sections.writing.tasks),
    speaking: tasks(sections.speaking.tasks),
  };
  for (const section of ielpSections) {
    if (sections[section].maximumHundredths !== earned[section]) {
      throw new ScoringError(
        `sections.${section}.maximumHundredths`,
        `must be ${earned[section]}, what the weights add up to`,
      );
    }
  }
}

/** Rows follow on each other and rise to the maximum; two rows may print the same end, as version 1 does. */
function checkRows({ rows, rules, sections }: Omit<IelpScheme, "hash">): void {
  for (const section of ielpSections) {
    let above = rules.belowTableHundredths;
    for (const [index, row] of rows.entries()) {
      const [lower, upper] = row[section];
      const field = `rows[${index}].${section}`;
      if (index === 0 && lower !== above)
        throw new ScoringError(`${field}[0]`, `must be ${above}, where the table begins`);
      if (index > 0 && lower !== above && lower !== above + 1) {
        throw new ScoringError(
          `${field}[0]`,
          `must be ${above + 1}, after the row before (or ${above}, its upper end)`,
        );
      }
      if (upper <= above) throw new ScoringError(`${field}[1]`, `must be above ${above}`);
      above = upper;
    }
    if (above !== sections[section].maximumHundredths) {
      throw new ScoringError(
        `rows[${rows.length - 1}].${section}[1]`,
        `must be ${sections[section].maximumHundredths}, the section's maximum`,
      );
    }
  }
  const order = rows.map((row) => rowLevels.indexOf(row.cefr));
  const falling = order.findIndex((place, index) => index > 0 && place < (order[index - 1] ?? 0));
  if (falling !== -1) throw new ScoringError(`rows[${falling}].cefr`, "must not lie below that of the row before");
}
