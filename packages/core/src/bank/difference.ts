import { diffWordsWithSpace } from "diff";
import type { BankItem } from "./schema.ts";

/** A run of words that stayed, went or came. */
export interface WordSpan {
  readonly text: string;
  readonly kind: "same" | "gone" | "new";
}

export interface FieldChange {
  /** The path as people read it: `Options › b › Text`. */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The change word by word, where both versions have words here. */
  readonly words: readonly WordSpan[];
}

/** Beyond this the comparison is a wall of small pieces: before and after are easier read whole. */
const longestCompared = 20_000;

/** Two versions of an item, field by field: what changed, appeared or went. Entries with an id keep it as their place in a list. */
export function itemDifference(before: BankItem, after: BankItem): FieldChange[] {
  const old = new Map(itemFields(before).map((field) => [field.label, field.text]));
  const fresh = new Map(itemFields(after).map((field) => [field.label, field.text]));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const from = old.get(field) ?? null;
    const to = fresh.get(field) ?? null;
    return from === to ? [] : [{ field, before: from, after: to, words: wordDifference(from, to) }];
  });
}

function wordDifference(before: string | null, after: string | null): WordSpan[] {
  if (before === null || after === null || before.length + after.length > longestCompared) return [];
  const spans = diffWordsWithSpace(before, after).map(
    ({ value, added, removed }): WordSpan => ({ text: value, kind: added ? "new" : removed ? "gone" : "same" }),
  );
  // Nothing in common: two plain texts say it better than one that is all struck out and all new.
  return spans.some(({ text, kind }) => kind === "same" && /\p{L}|\p{N}/u.test(text)) ? spans : [];
}

export interface ItemField {
  /** The way to it in the author's shape, entries of a list by their id or place: `content.interaction.options.b.text`. */
  readonly path: string;
  /** The same as people read it. */
  readonly label: string;
  readonly text: string;
}

/**
 * Every filled field of an item, in the order of the author's shape: what versions are compared by and comments refer to. A
 * signature is no part of what was written.
 */
export function itemFields({ review: _review, ...written }: BankItem): ItemField[] {
  return leaves(written, []);
}

function leaves(value: unknown, path: readonly string[]): ItemField[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    if (entries.every((entry) => typeof entry === "string")) return [leaf(path, entries.join("\n"))];
    const inside = entries.flatMap((entry, index) => leaves(entry, [...path, nameIn(entry, index)]));
    const order = entries.map(nameIn).join(", ");
    // With ids as places, a changed order would otherwise not show.
    return entries.every(hasId) ? [leaf([...path, "order"], order), ...inside] : inside;
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([name, inner]) => (name === "id" ? [] : leaves(inner, [...path, name])));
  }
  return [leaf(path, typeof value === "boolean" ? (value ? "yes" : "no") : String(value))];
}

function leaf(path: readonly string[], text: string): ItemField {
  return { path: path.join("."), label: readable(path), text };
}

function hasId(entry: unknown): entry is { id: string } {
  return typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string";
}

function nameIn(entry: unknown, index: number): string {
  return hasId(entry) ? entry.id : String(index + 1);
}

function readable(path: readonly string[]): string {
  return path
    .filter((part, index) => !(index === 0 && part === "content"))
    .map((part) => part.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase())
    .map((part, index) => (index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part))
    .join(" › ");
}

/** The words for a field that a comment names, also when the version shown has no such field any more. */
export function fieldLabel(path: string): string {
  return readable(path.split("."));
}
