import { z } from "zod";

/** Lists page in the database: `page` counts from 1. */
export const pageInput = z.object({
  // An address that somebody has mistyped shows the first page, not an error.
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}

export function skipTake(input: z.output<typeof pageInput>): { skip: number; take: number } {
  return { skip: (input.page - 1) * input.pageSize, take: input.pageSize };
}
