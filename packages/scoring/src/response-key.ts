import type { Entered } from "./typed-answer.ts";

/** The keys of objective items, as the item bank's `key` column holds them, and how responses to them are read. */

export type AllOrNothing = { readonly allOrNothing?: boolean | undefined };

/**
 * Mapped scoring: each thing the response names (once) is worth its value, or `otherwise` (default 0) where it has none. The
 * sum is raised to `min` (default 0) and lowered to `max`; credit is its share of `max`. All are decimals as text.
 */
export interface Points {
  readonly values: Readonly<Record<string, string>>;
  readonly otherwise?: string | undefined;
  readonly min?: string | undefined;
  readonly max: string;
}
type Mapped = { readonly points?: Points | undefined };

type Placings = { readonly correct: Readonly<Record<string, string>> } & AllOrNothing & Mapped;
type Listed = { readonly correct: readonly string[] } & AllOrNothing & Mapped;

export type PartKey =
  | ({ readonly type: "choice"; readonly correct: string } & Mapped)
  | ({ readonly type: "multiple-response" | "ordering" | "hottext" } & Listed)
  | ({ readonly type: "matching" | "gap-fill" | "inline-choice" } & Placings)
  | ({ readonly type: "text-entry" } & Entered & Mapped)
  | ({ readonly type: "cloze"; readonly gaps: Readonly<Record<string, Entered>> } & AllOrNothing & Mapped);

export type ResponseKey =
  | PartKey
  | ({
      readonly type: "composite";
      readonly parts: Readonly<Record<string, PartKey>>;
      /** Positive integers, 1 where nothing is said. */
      readonly weights?: Readonly<Record<string, number>> | undefined;
    } & AllOrNothing);

/** What a response holds by place: a map, so that nothing an object inherits is taken for an answer. */
export function placesOf(response: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    typeof response === "object" && response !== null && !Array.isArray(response) ? Object.entries(response) : [],
  );
}

/** A response that is a list of texts; undefined for anything else. */
export function textList(response: unknown): string[] | undefined {
  if (!Array.isArray(response)) return undefined;
  const list = response.filter((entry): entry is string => typeof entry === "string");
  return list.length === response.length ? list : undefined;
}
