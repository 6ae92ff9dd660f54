import type { Transaction } from "@bandwise/db/client";
import type { RatedSkill } from "./schema.ts";

/** The newest rubric of a skill in a scheme: what a new rating of it is judged by. */
export async function currentRubric(
  { rubric }: Pick<Transaction, "rubric">,
  scheme: string,
  skill: RatedSkill,
): Promise<{ id: string; data: unknown; hash: string }> {
  const row = await rubric.findFirst({
    where: { scheme, skill },
    orderBy: { version: "desc" },
    select: { id: true, data: true, hash: true },
  });
  if (!row) throw new Error(`there is no rubric of ${scheme} for ${skill}`);
  return row;
}
