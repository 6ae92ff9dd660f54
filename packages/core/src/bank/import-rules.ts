import type { ImportDefaults, ItemDraft } from "@bandwise/interchange/item-draft";
import type { Finding } from "@bandwise/interchange/item-model";
import type { Vocabulary } from "@bandwise/interchange/metadata";
import { keyProblems } from "./key-rules.ts";
import { type BankItem, bankItem, skills, subSkills, topics } from "./schema.ts";

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

/** An item without the key that a person has yet to write. */
export type KeylessItem = Omit<Extract<BankItem, { skill: "reading" | "listening" }>, "key">;

export type ImportedItem = { readonly item: BankItem } | { readonly keyless: KeylessItem };

/** What becomes of one item of a file. */
export interface ImportVerdict {
  readonly outcome: ImportOutcome;
  readonly imported: ImportedItem | null;
  readonly findings: readonly Finding[];
}

/** Checks a draft by the bank's own schema: what breaks it keeps the item out, but a key that breaks it is only a key to be written. */
export function judgeDraft(draft: ItemDraft | null, read: readonly Finding[]): ImportVerdict {
  const findings = [...read, ...(draft?.findings ?? [])];
  if (draft === null) return verdict(null, findings);
  const parsed = bankItem.safeParse(draft.item);
  if (parsed.success) {
    const problems = Object.entries(keyProblems(parsed.data));
    if (problems.length === 0) return verdict({ item: parsed.data }, findings);
    return withoutKey(draft, problems, findings);
  }
  const problems = parsed.error.issues.map(({ path, message }): [string, string] => [path.join("."), message]);
  return withoutKey(draft, problems, findings);
}

function withoutKey(
  { item }: ItemDraft,
  problems: readonly (readonly [string, string])[],
  findings: readonly Finding[],
): ImportVerdict {
  const isOfKey = ([field]: readonly [string, string]): boolean => field === "key" || field.startsWith("key.");
  const grave = problems.filter((problem) => !isOfKey(problem));
  if (grave.length > 0) {
    const rejected = grave.map(([path, message]): Finding => ({ level: "rejected", path, message }));
    return verdict(null, [...findings, ...rejected]);
  }
  const { key: _, ...rest } = item;
  const noKey = problems.map(
    ([path, message]): Finding => ({ level: "warning", path, message: `needs a key: ${message}` }),
  );
  const told = findings.some(({ message }) => message.startsWith("needs a key"));
  return verdict({ keyless: rest as KeylessItem }, told ? findings : [...findings, ...noKey]);
}

function verdict(imported: ImportedItem | null, findings: readonly Finding[]): ImportVerdict {
  if (findings.some(({ level }) => level === "rejected")) return { outcome: "rejected", imported: null, findings };
  return { outcome: findings.length > 0 ? "warnings" : "accepted", imported, findings };
}
