import type { Skill } from "./schema.ts";

/** What the figures of a form are worked out from: an item as it stands in it. */
export interface PlacedItem {
  readonly skill: Skill;
  readonly level: string;
  readonly difficulty: number;
  readonly seconds: number;
}

export interface SectionFigures {
  readonly skill: Skill;
  readonly items: number;
  /** Mean and standard deviation of the items' estimated difficulties, in logits. */
  readonly mean: number;
  readonly spread: number;
  /** Reading, listening, writing or speaking, by the section's skill: see `expected-time.ts`. */
  readonly seconds: number;
  readonly levels: readonly { readonly level: string; readonly count: number }[];
}

/** Figures of one form's section, or of the form as a whole. */
export function figuresOf(items: readonly PlacedItem[]): Omit<SectionFigures, "skill"> {
  const mean = average(items.map(({ difficulty }) => difficulty));
  const levels = new Map<string, number>();
  for (const { level } of items) levels.set(level, (levels.get(level) ?? 0) + 1);
  return {
    items: items.length,
    mean,
    spread: Math.sqrt(average(items.map(({ difficulty }) => (difficulty - mean) ** 2))),
    seconds: Math.round(items.reduce((sum, { seconds }) => sum + seconds, 0)),
    levels: [...levels].map(([level, count]) => ({ level, count })),
  };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sections in the order in which their items first come. */
export function sectionFigures(items: readonly PlacedItem[]): SectionFigures[] {
  const skills = [...new Set(items.map(({ skill }) => skill))];
  return skills.map((skill) => ({ skill, ...figuresOf(items.filter((item) => item.skill === skill)) }));
}

export type FormSetState = "draft" | "published" | "retired";

export function formSetState(set: {
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
}): FormSetState {
  if (set.retiredAt !== null) return "retired";
  return set.publishedAt === null ? "draft" : "published";
}

/** Why a set cannot be sat, or null. `trouble` says what has become of its items. */
export function refuseUse(name: string, state: FormSetState, trouble: readonly string[]): string | null {
  if (state !== "published") {
    return `The form set “${name}” is ${state === "draft" ? "a draft: two persons must publish it first" : "retired"}.`;
  }
  if (trouble.length === 0) return null;
  return `The form set “${name}” cannot be used: ${trouble.slice(0, 3).join("; ")}${trouble.length > 3 ? `; and ${trouble.length - 3} more` : ""}. Make a new set.`;
}

/** An item of a published form that is not what it was. */
export interface ChangedItem {
  readonly label: string;
  readonly slug: string;
  readonly version: number;
  readonly status: string;
  readonly currentVersion: number | null;
}

export function changeWords({ label, slug, version, status, currentVersion }: ChangedItem): string {
  if (currentVersion !== null && currentVersion !== version) {
    return `${slug} in form ${label} has been replaced by version ${currentVersion}`;
  }
  return `${slug} in form ${label} is ${status === "in_review" ? "in review" : status}`;
}

interface FormOnOffer {
  readonly label: string;
  /** Candidates who were handed it. */
  readonly handed: number;
  /** Its items that this candidate may not be given: met before, or excluded by what was met. */
  readonly barred: number;
}

/** What a candidate is told of a set that cannot be sat: which items it is about is no business of theirs. */
export const unusableForms =
  "The forms of this sitting cannot be used now. Please tell the staff: the centre has to name others.";

/**
 * The form that the next candidate gets: of those that hold nothing they have met the one handed out least, the first in
 * the alphabet among equals. Or, in words for the candidate, why there is none.
 */
export function decideForm<Form extends FormOnOffer>(
  forms: readonly Form[],
): { readonly ok: true; readonly form: Form } | { readonly ok: false; readonly because: string } {
  const [form] = forms
    .filter(({ barred }) => barred === 0)
    .sort((a, b) => a.handed - b.handed || (a.label < b.label ? -1 : 1));
  if (form) return { ok: true, form };
  const counts = forms.map(({ label, barred }) => `${barred} of form ${label}`).join(", ");
  return {
    ok: false,
    because: `You have met items of every form of this sitting, or items too much like them: ${counts}. Nobody gets an item twice: choose another sitting.`,
  };
}
