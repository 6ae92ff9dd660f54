import { type BankItem, skills } from "../schema.ts";

/** What a rule is, and the few tools most of them are made with. */

export interface Problem {
  readonly itemId?: string;
  readonly message: string;
}
export type Rule = (items: readonly BankItem[]) => Problem[];

export function each<T extends BankItem>(belongs: (item: BankItem) => item is T, check: (item: T) => string[]): Rule {
  return (items) =>
    items.filter(belongs).flatMap((item) => check(item).map((message) => ({ itemId: item.id, message })));
}

export const every = (check: (item: BankItem) => string[]): Rule =>
  each((item): item is BankItem => skills.includes(item.skill), check);

export function groupBy<T>(values: readonly T[], name: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(name(value));
    if (group) group.push(value);
    else groups.set(name(value), [value]);
  }
  return groups;
}

export const cellOf = (item: BankItem): string => `${item.skill} ${item.level}`;
export const cells = (items: readonly BankItem[]): Map<string, BankItem[]> => groupBy(items, cellOf);
export const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function within(value: number, [low, high]: readonly [number, number], tolerance: number): boolean {
  return value >= low - tolerance && value <= high + tolerance;
}
