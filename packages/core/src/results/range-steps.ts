import type { IelpResult } from "@bandwise/scoring/ielp";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { CommandContext } from "../kernel/context.ts";
import { standardPolicy } from "../marking/policy-rules.ts";
import { scriptPolicy } from "../marking/policy-schema.ts";
import { errorOfMarks, ielpRange, type MarkErrorFound } from "./range-rules.ts";
import type { ScoreRange } from "./range-schema.ts";
import type { ResultInputs } from "./schema.ts";

/** Pairs of marks older than the newest so many say nothing about who marks now. */
const newestPairs = 500;

/** The range of a result that is being worked out; null for a scheme without a stated method. */
export async function findScoreRange(
  context: CommandContext,
  attemptId: string,
  schemeId: string,
  inputs: ResultInputs,
  output: unknown,
): Promise<ScoreRange | null> {
  if (schemeId !== IELP.id) return null;
  const versions = await context.tx.itemVersion.findMany({
    where: { id: { in: inputs.items.map(({ itemVersionId }) => itemVersionId) } },
    select: { id: true, difficulty: true },
  });
  const marks = {
    writing: await errorOf(context, attemptId, "writing"),
    speaking: await errorOf(context, attemptId, "speaking"),
  };
  const difficulties = new Map(versions.map(({ id, difficulty }) => [id, difficulty]));
  return ielpRange(inputs, output as IelpResult, difficulties, marks);
}

/** From how far the two marks of scripts of the same programme and skill lay apart, or else from the policy's tolerance. */
async function errorOf(
  { tx }: CommandContext,
  attemptId: string,
  skill: "writing" | "speaking",
): Promise<MarkErrorFound> {
  const pairs = await tx.$queryRaw<{ apart: number }[]>`
    select (s.outcome->'difference'->>'mean')::float8 as apart
    from script s
    join attempt a on a.id = s.attempt_id
    join sitting t on t.id = a.sitting_id
    join programme p on p.id = t.programme_id
    where s.purpose = 'live' and s.status = 'settled' and s.skill = ${skill}::skill
      and s.outcome->'difference'->>'mean' is not null
      and p.name = (select q.name from attempt b join sitting u on u.id = b.sitting_id join programme q on q.id = u.programme_id
                    where b.id = ${attemptId}::uuid)
    order by s.settled_at desc limit ${newestPairs}`;
  const script = await tx.script.findFirst({ where: { attemptId, skill }, select: { policy: true } });
  const policy = scriptPolicy.nullable().safeParse(script?.policy ?? null).data?.data ?? standardPolicy;
  return errorOfMarks({ differences: pairs.map(({ apart }) => apart), tolerance: policy.tolerance.mean });
}
