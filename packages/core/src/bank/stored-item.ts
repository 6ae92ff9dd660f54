import { type BankItem, bankItem } from "./schema.ts";

/** The columns of a version that make up the item as its author wrote it. */
export const storedItemColumns = {
  skill: true,
  level: true,
  subSkill: true,
  topic: true,
  difficulty: true,
  difficultyReason: true,
  anchor: true,
  content: true,
  key: true,
  rationale: true,
  fairness: true,
  review: true,
} as const;

type StoredColumns = { readonly [Column in keyof typeof storedItemColumns]: unknown };

/** A stored version in the shape of the author's file; `null` in a column is a field left out. @throws where a row is no item. */
export function storedItem(slug: string, row: StoredColumns): BankItem {
  const fields = Object.keys(storedItemColumns).map((name) => [name, row[name as keyof StoredColumns]] as const);
  return bankItem.parse({ id: slug, ...Object.fromEntries(fields.filter(([, value]) => value !== null)) });
}
