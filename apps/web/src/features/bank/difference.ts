import type { BankItem } from "@bandwise/core/bank/schema";

export interface FieldChange {
  /** The path as people read it: `Options › b › Text`. */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Two versions of an item, field by field: what changed, appeared or went. Entries with an id keep it as their place in a list. */
export function itemDifference(before: BankItem, after: BankItem): FieldChange[] {
  const old = new Map(leaves(before, []));
  const fresh = new Map(leaves(after, []));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const from = old.get(field) ?? null;
    const to = fresh.get(field) ?? null;
    return from === to ? [] : [{ field, before: from, after: to }];
  });
}

function leaves(value: unknown, path: readonly string[]): [string, string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    if (entries.every((entry) => typeof entry === "string")) {
      return [[readable(path), entries.join("\n")]];
    }
    const order = entries.map((entry, index) => nameIn(entry, index));
    const inside = entries.flatMap((entry, index) => leaves(entry, [...path, nameIn(entry, index)]));
    // With ids as places, a changed order would otherwise not show.
    return entries.every(hasId) ? [[readable([...path, "order"]), order.join(", ")], ...inside] : inside;
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([name, inner]) => (name === "id" ? [] : leaves(inner, [...path, name])));
  }
  return [[readable(path), typeof value === "boolean" ? (value ? "yes" : "no") : String(value)]];
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
