import { z } from "zod";
import { bulkMoves } from "./bulk-rules.ts";
import { itemFilter } from "./list-filter.ts";
import { metadataChange } from "./schema.ts";

/** One edit is one transaction, and its preview names every item it leaves out: this many of both are still handled with ease. */
export const maxBulkItems = 20_000;

export const bulkChange = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("metadata"),
    set: metadataChange.refine((set) => Object.keys(set).length > 0, "change at least one field"),
  }),
  z.object({ kind: z.literal("move"), move: z.enum(bulkMoves) }),
]);

/** Ticked items, or everything that a filter finds. */
export const selection = z.union([
  z.object({ itemIds: z.array(z.uuid()).min(1, "choose at least one item").max(maxBulkItems) }),
  z.object({ filter: itemFilter }),
]);

export const bulkInput = z.object({ selection, change: bulkChange });
