import { machineMark } from "@bandwise/core/marking/machine-rules";
import { machineCriterion } from "@bandwise/core/marking/machine-schema";
import { rubricFile, scores } from "@bandwise/core/marking/schema";
import { quadraticKappa } from "@bandwise/evaluator/agreement";
import type { Arrange } from "./arrange.ts";
import { newestRubric } from "./machine.ts";

/** The rubric's. */
export const scale = { lowest: 0, highest: 10, step: 0.5 };

/** Of the first two marks of every settled script that has two. */
export async function kappaOfExaminers(arrange: Arrange, criterion: string): Promise<number | null> {
  const scripts = await arrange.db.script.findMany({
    where: { purpose: "live", skill: "writing", status: "settled", machineFeatures: { isNot: null } },
    select: {
      machineFeatures: { select: { features: true } },
      ratings: {
        where: { status: "final", cannotMark: null, role: "mark" },
        orderBy: [{ finalAt: "asc" }, { id: "asc" }],
        select: { scores: true },
      },
    },
  });
  const pairs = scripts
    .filter(({ machineFeatures }) => Object.keys((machineFeatures?.features ?? {}) as object).length > 0)
    .flatMap(({ ratings: [first, second] }) => {
      if (!first || !second) return [];
      return [[scores.parse(first.scores)[criterion] ?? 0, scores.parse(second.scores)[criterion] ?? 0] as const];
    });
  return quadraticKappa(
    pairs.map(([first]) => first),
    pairs.map(([, second]) => second),
    scale,
  );
}

/** What machine and examiners gave the same answers, worked out from the rows. */
export async function seenByBoth(arrange: Arrange) {
  const rubric = rubricFile.parse((await newestRubric(arrange)).data);
  const scripts = await arrange.db.script.findMany({
    where: { purpose: "live", skill: "writing", status: "settled", machineRatings: { some: {} } },
    select: {
      outcome: true,
      attempt: { select: { candidate: { select: { firstLanguage: true } } } },
      ratings: { where: { status: "final" }, select: { id: true, scores: true } },
      machineRatings: { orderBy: { createdAt: "desc" }, take: 1, select: { criteria: true } },
    },
  });
  const rows = scripts.map(({ outcome, attempt, ratings, machineRatings: [rating] }) => {
    const machine = machineMark(rubric, machineCriterion.array().parse(rating?.criteria)) ?? {};
    const { counting } = outcome as { counting: string[] };
    const people = ratings.filter(({ id }) => counting.includes(id)).map((row) => scores.parse(row.scores));
    return {
      firstLanguage: attempt?.candidate.firstLanguage ?? "not told",
      pairs: Object.entries(machine).map(([id, given]) => ({
        machine: given,
        human: people.reduce((sum, own) => sum + (own[id] ?? 0), 0) / people.length,
      })),
    };
  });
  return { rows };
}
