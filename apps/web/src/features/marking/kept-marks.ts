import { annotationList, scoreProgress } from "@bandwise/core/marking/schema";
import { z } from "zod";
import type { Marks } from "./marking-api.ts";

/**
 * Marks that the server does not have yet, kept in this browser: a cut line or a closed lid loses nothing. They go as soon
 * as the server has them, and after a week in any case.
 */
const prefix = "bandwise.marks.";
const keptForMs = 7 * 86_400_000;
const kept = z.object({ at: z.number(), scores: scoreProgress, comment: z.string(), annotations: annotationList });

const keyOf = (owner: string, code: string) => `${prefix}${owner}.${code}`;

export function keepMarks(owner: string, code: string, marks: Marks): void {
  try {
    localStorage.setItem(keyOf(owner, code), JSON.stringify({ at: Date.now(), ...marks }));
  } catch {
    // Storage may be full or forbidden: then the page itself is the only keeper.
  }
}

export function findKeptMarks(owner: string, code: string): Marks | null {
  try {
    dropOld();
    const text = localStorage.getItem(keyOf(owner, code));
    const found = text === null ? null : kept.safeParse(JSON.parse(text));
    if (!found?.success) return null;
    const { at: _, ...marks } = found.data;
    return marks;
  } catch {
    return null;
  }
}

export function dropMarks(owner: string, code: string): void {
  try {
    localStorage.removeItem(keyOf(owner, code));
  } catch {
    // Nothing was kept either.
  }
}

function dropOld(): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix)) continue;
    const at = kept.safeParse(JSON.parse(localStorage.getItem(key) ?? "null")).data?.at ?? 0;
    if (Date.now() - at > keptForMs) localStorage.removeItem(key);
  }
}
