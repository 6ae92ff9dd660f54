import { z } from "zod";
import { pageInput } from "../kernel/page.ts";
import { itemLevels, itemStatuses, itemTypes, skills, topics } from "./schema.ts";

/** A filter left empty in a form arrives as "" and means no filter. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** What a list of items can be narrowed by: every piece of metadata, and words. */
export const itemFilter = z.object({
  search: optional(z.string().trim().max(200)),
  skill: optional(z.enum(skills)),
  level: optional(z.enum(itemLevels)),
  subSkill: optional(z.string().max(40)),
  topic: optional(z.enum(topics)),
  status: optional(z.enum(itemStatuses)),
  type: optional(z.enum(itemTypes)),
  anchor: optional(z.enum(["yes", "no"])),
  minDifficulty: optional(z.coerce.number()),
  maxDifficulty: optional(z.coerce.number()),
  minExposure: optional(z.coerce.number().int().min(0)),
  maxExposure: optional(z.coerce.number().int().min(0)),
  /** The slug of a set, or `any`. */
  set: optional(z.string().max(40)),
  enemy: optional(z.literal("yes")),
  author: optional(z.uuid()),
  reviewer: optional(z.uuid()),
  changedAfter: optional(z.iso.date()),
  changedBefore: optional(z.iso.date()),
  /** `yes`: items that have a newer version which is not in use yet. */
  waiting: optional(z.literal("yes")),
});
export type ItemFilter = z.output<typeof itemFilter>;

export const itemListInput = pageInput.extend({
  ...itemFilter.shape,
  sort: z.enum(["name", "level", "difficulty", "exposure", "newest"]).default("name").catch("name"),
  direction: z.enum(["asc", "desc"]).default("asc").catch("asc"),
});
