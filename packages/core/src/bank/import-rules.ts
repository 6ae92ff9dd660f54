import type { ImportDefaults, ItemDraft } from "@bandwise/interchange/item-draft";
import type { Finding } from "@bandwise/interchange/item-model";
import type { Vocabulary } from "@bandwise/interchange/metadata";
import { issueWords } from "../kernel/issue-words.ts";
import { keyProblems } from "./key-rules.ts";
import { gapIds, hotWords } from "./marked-text.ts";
import {
  type BankItem,
  bankItem,
  type ItemKey,
  objectiveContent,
  type PartInteraction,
  type PartKey,
  skills,
  subSkills,
  topics,
} from "./schema.ts";

/** The words a file's metadata may use for what the bank knows. */
export const importVocabulary: Vocabulary = { skills, subSkills, topics };

/** Where a file does not say what an item is about. */
export const importDefaults: ImportDefaults = {
  level: "B1",
  band: "B",
  topic: "daily-life",
  subSkill: { reading: "detail", listening: "detail", writing: "message", speaking: "personal" },
};

export const importOutcomes = ["accepted", "warnings", "rejected"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** What becomes of one item of a file. */
export interface ImportVerdict {
  readonly outcome: ImportOutcome;
  /** Null where rejected. */
  readonly item: BankItem | null;
  readonly findings: readonly Finding[];
}

/**
 * Checks a draft by the bank's own schema: what breaks it keeps the item out, but a key that breaks it is only a key to be
 * written.
 *
 * @param read what reading found where it came to no draft
 * @param beside what was found beside the item, such as missing files
 */
export function judgeDraft(
  draft: ItemDraft | null,
  read: readonly Finding[],
  beside: readonly Finding[] = [],
): ImportVerdict {
  const findings = [...(draft?.findings ?? read), ...beside];
  if (draft === null) return verdict(null, findings);
  const problems = problemsOf(draft.item);
  if (problems === null) return keyed(bankItem.parse(draft.item), findings);
  const grave = problems.filter(({ path }) => path !== "key" && !path.startsWith("key."));
  if (grave.length > 0) return verdict(null, [...findings, ...asRejected(grave)]);
  const keyless = { ...draft.item, key: standInKey(draft.item.content) };
  const left = problemsOf(keyless);
  if (left !== null) return verdict(null, [...findings, ...asRejected(left)]);
  const why = problems.map(
    ({ path, message }): Finding => ({ level: "warning", path, message: `needs a key: ${message}` }),
  );
  return verdict(bankItem.parse(keyless), findings.some(needsKey) ? findings : [...findings, ...why]);
}

/** A stand-in that travelled is still a stand-in. */
function keyed(item: BankItem, findings: readonly Finding[]): ImportVerdict {
  if (!("key" in item) || findings.some(needsKey) || !earnsNothing(item.key)) return verdict(item, findings);
  const message = "needs a key: under the one it has nothing earns anything";
  return verdict(item, [...findings, { level: "warning", path: "key", message }]);
}

function earnsNothing(key: ItemKey): boolean {
  if (key.type === "composite") return Object.values(key.parts).every(earnsNothing);
  return key.points !== undefined && Object.keys(key.points.values).length === 0 && key.points.otherwise === "0";
}

function asRejected(problems: readonly { path: string; message: string }[]): Finding[] {
  return problems.map((problem) => ({ ...problem, level: "rejected" }));
}

export function needsKey({ message }: Finding): boolean {
  return message.startsWith("needs a key");
}

function problemsOf(item: unknown): { path: string; message: string }[] | null {
  const parsed = bankItem.safeParse(item, { error: issueWords });
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const problems = Object.entries(keyProblems(parsed.data)).map(([path, message]) => ({ path, message }));
  return problems.length > 0 ? problems : null;
}

/**
 * Stands where a person has yet to write the key: of the interaction's kind, so that the item can be shown and edited, and
 * worth nothing whatever is answered. The remark that an import leaves on the item keeps it out of use until it is settled.
 */
function standInKey(content: unknown): unknown {
  const { interaction } = objectiveContent.parse(content);
  return interaction.type === "composite"
    ? {
        type: "composite",
        parts: Object.fromEntries(interaction.parts.map(({ id, interaction: part }) => [id, standInPartKey(part)])),
      }
    : standInPartKey(interaction);
}

const nothing = { values: {}, otherwise: "0", max: "1" };
const unwritten = { accepted: ["(to be written)"], spellingTolerance: 0 as const };

function standInPartKey(part: PartInteraction): PartKey {
  const first = (options: readonly { id: string }[]): string => options[0]?.id ?? "";
  const placings = (places: readonly string[], option: string): Record<string, string> =>
    Object.fromEntries(places.map((place) => [place, option]));
  switch (part.type) {
    case "choice":
      return { type: part.type, correct: first(part.options), points: nothing };
    case "multiple-response":
      return { type: part.type, correct: [first(part.options)], points: nothing };
    case "hottext":
      return {
        type: part.type,
        correct: hotWords(part.text)
          .slice(0, 1)
          .map(({ id }) => id),
        points: nothing,
      };
    case "ordering":
      return { type: part.type, correct: part.elements.map(({ id }) => id), points: nothing };
    case "matching":
      return {
        type: part.type,
        correct: placings(
          part.prompts.map(({ id }) => id),
          first(part.options),
        ),
        points: nothing,
      };
    case "gap-fill":
      return { type: part.type, correct: placings(gapIds(part.text), first(part.options)), points: nothing };
    case "inline-choice":
      return {
        type: part.type,
        correct: Object.fromEntries(part.gaps.map(({ id, options }) => [id, first(options)])),
        points: nothing,
      };
    case "text-entry":
      return { type: part.type, ...unwritten, points: nothing };
    case "cloze":
      return { type: part.type, gaps: Object.fromEntries(part.gaps.map(({ id }) => [id, unwritten])), points: nothing };
  }
}

function verdict(item: BankItem | null, findings: readonly Finding[]): ImportVerdict {
  if (findings.some(({ level }) => level === "rejected")) return { outcome: "rejected", item: null, findings };
  return { outcome: findings.length > 0 ? "warnings" : "accepted", item, findings };
}

/** The item with its media under other names. */
export function withMediaNames(item: BankItem, names: ReadonlyMap<string, string>): BankItem {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inside]) => [
        field,
        field === "media" && typeof inside === "string" ? (names.get(inside) ?? inside) : renamed(inside),
      ]),
    );
  };
  return names.size === 0 ? item : bankItem.parse(renamed(item));
}

/** What a person has to settle before an imported item may be used; empty where the file said all. */
export function openQuestions(findings: readonly Finding[]): { field: string; text: string }[] {
  const keys = findings.filter(needsKey);
  const others = findings.filter((finding) => !needsKey(finding) && /to be written|assumed/.test(finding.message));
  const lines = (list: readonly Finding[]): string =>
    [...new Set(list.map(({ message }) => message))].join("\n").slice(0, 1900);
  return [
    ...(keys.length > 0
      ? [{ field: "key", text: `${lines(keys)}\nThe key shown stands in for it and earns nothing.` }]
      : []),
    ...(others.length > 0 ? [{ field: "content", text: lines(others) }] : []),
  ];
}

export type ImportEffect = "created" | "new-version" | "unchanged" | "refused";
