import type { IelpResult } from "@bandwise/scoring/ielp";
import type { IeltsSpeakingResult } from "@bandwise/scoring/ielts-speaking";
import type { IetSpeakingResult } from "@bandwise/scoring/iet-speaking";
import type { CommandContext } from "../kernel/context.ts";
import { machineCriterion } from "../marking/machine-schema.ts";
import { standardPolicyOf } from "../marking/policy-rules.ts";
import { scriptPolicy } from "../marking/policy-schema.ts";
import { scoreProgress } from "../marking/schema.ts";
import type { SchemeOutput } from "../schemes/schema.ts";
import { errorOfMarks, ielpRange, type MarkErrorFound } from "./range-rules.ts";
import type { ScoreRange } from "./range-schema.ts";
import type { ResultInputs } from "./schema.ts";
import { type CriterionErrors, ieltsRange, ietRange, type StatedError } from "./speaking-range-rules.ts";

/** Pairs of marks older than the newest so many say nothing about who marks now. */
const newestPairs = 500;

/** The range of a result that is being worked out. */
export async function findScoreRange(
  context: CommandContext,
  attemptId: string,
  inputs: ResultInputs,
  output: SchemeOutput,
): Promise<ScoreRange> {
  switch (output.scheme) {
    case "ielp":
      return ielpRange(inputs, output as IelpResult, await difficultiesOf(context, inputs), {
        writing: (await errorsOf(context, attemptId, "ielp", "writing")).mean,
        speaking: (await errorsOf(context, attemptId, "ielp", "speaking")).mean,
      });
    case "ielts-speaking":
      return ieltsRange(
        inputs,
        output as IeltsSpeakingResult,
        await errorsOf(context, attemptId, output.scheme, "speaking"),
      );
    case "iet-speaking":
      return ietRange(
        inputs,
        output as IetSpeakingResult,
        await errorsOf(context, attemptId, output.scheme, "speaking"),
        await statedErrors(context, inputs),
      );
  }
}

async function difficultiesOf({ tx }: CommandContext, { items }: ResultInputs): Promise<Map<string, number>> {
  const versions = await tx.itemVersion.findMany({
    where: { id: { in: items.map(({ itemVersionId }) => itemVersionId) } },
    select: { id: true, difficulty: true },
  });
  return new Map(versions.map(({ id, difficulty }) => [id, difficulty]));
}

/** From how far the marks of two examiners on scripts of the same programme and skill lay apart, or else from the policy's tolerance. */
async function errorsOf(
  { tx }: CommandContext,
  attemptId: string,
  scheme: SchemeOutput["scheme"],
  skill: "writing" | "speaking",
): Promise<CriterionErrors> {
  const rows = await tx.$queryRaw<{ one: unknown; other: unknown }[]>`
    select (array_agg(r.scores order by r.final_at))[1] as one, (array_agg(r.scores order by r.final_at))[2] as other
    from script s
    join rating r on r.script_id = s.id and r.status = 'final' and r.role = 'mark' and r.cannot_mark is null
    join attempt a on a.id = s.attempt_id
    join sitting t on t.id = a.sitting_id
    join programme p on p.id = t.programme_id
    where s.purpose = 'live' and s.status = 'settled' and s.skill = ${skill}::skill
      and p.name = (select q.name from attempt b join sitting u on u.id = b.sitting_id join programme q on q.id = u.programme_id
                    where b.id = ${attemptId}::uuid)
    group by s.id, s.settled_at having count(*) = 2
    order by s.settled_at desc limit ${newestPairs}`;
  const pairs = rows.map(({ one, other }) => [scoreProgress.parse(one), scoreProgress.parse(other)] as const);
  const script = await tx.script.findFirst({ where: { attemptId, skill }, select: { policy: true } });
  const { tolerance } =
    scriptPolicy.nullable().safeParse(script?.policy ?? null).data?.data ?? standardPolicyOf(scheme);
  const apart = pairs.map(([one, other]) =>
    Object.entries(one).flatMap(([criterion, score]) => {
      const second = other[criterion];
      return second === undefined ? [] : [{ criterion, by: score - second }];
    }),
  );
  const criteria = new Map<string, number[]>();
  for (const { criterion, by } of apart.flat()) criteria.set(criterion, [...(criteria.get(criterion) ?? []), by]);
  const errorOf = (differences: readonly number[], allowed: number): MarkErrorFound =>
    errorOfMarks({ differences, tolerance: allowed });
  const known = Object.fromEntries([...criteria].map(([id, by]) => [id, errorOf(by, tolerance.criterion)]));
  return {
    criterion: (id) => known[id] ?? errorOf([], tolerance.criterion),
    mean: errorOf(
      apart.flatMap((lines) => (lines.length === 0 ? [] : [lines.reduce((sum, { by }) => sum + by, 0) / lines.length])),
      tolerance.mean,
    ),
  };
}

/** The interval of a machine's score holds 90 of 100, normally distributed: 1.645 standard errors to either side. */
const intervalDeviations = 1.645;

async function statedErrors({ tx }: CommandContext, { tasks }: ResultInputs): Promise<StatedError> {
  const ids = tasks.flatMap(({ ratings }) => ratings.flatMap(({ machineRatingId }) => machineRatingId ?? []));
  const rows = await tx.machineRating.findMany({ where: { id: { in: ids } }, select: { id: true, criteria: true } });
  const errors = new Map(
    rows.flatMap(({ id, criteria }) =>
      machineCriterion
        .array()
        .catch([])
        .parse(criteria)
        .flatMap(({ criterion, score, interval }): [string, number][] => {
          if (score === null || interval === null) return [];
          // At an end of the scale the interval is cut off: its other half says how wide it is.
          const half = Math.max(score - interval[0], interval[1] - score);
          return [[`${id} ${criterion}`, half / intervalDeviations]];
        }),
    ),
  );
  return (machineRatingId, criterion) => errors.get(`${machineRatingId} ${criterion}`) ?? null;
}
