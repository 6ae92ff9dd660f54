import { machineMark } from "@bandwise/core/marking/machine-rules";
import { machineCriterion, machineRatingJob } from "@bandwise/core/marking/machine-schema";
import { rubricFile } from "@bandwise/core/marking/schema";
import {
  createConfirmedWriting,
  createMeasuredWriting,
  madeText,
  wordsOf,
} from "@bandwise/core/testing/confirmed-writing";
import { seededRandom } from "@bandwise/psychometrics/random";
import { expect } from "@playwright/test";
import type { Arrange } from "./arrange.ts";

/** A text on none of the tasks in particular, long enough for the machine to rate. */
export function essay(about: readonly string[]): string {
  return madeText(seededRandom("the journey's essay"), about).text;
}

/** Words of a writing task of the bank, so that an answer is not off its topic. */
export async function wordsOfTasks(arrange: Arrange, attemptId: string): Promise<string[]> {
  const items = await arrange.db.attemptItem.findMany({
    where: { attemptId, skill: "writing" },
    select: { itemVersion: { select: { content: true } } },
  });
  return items.flatMap(({ itemVersion }) => wordsOf(itemVersion.content));
}

/** An attempt whose three texts the machine has rated; two wait first of all, on days of their own, and nobody else's are as old. */
export async function attemptRated(arrange: Arrange): Promise<readonly { id: string; code: string }[]> {
  const candidate = await arrange.person();
  // What it is asked to write about is known once it has begun; the text is about all three tasks.
  const attemptId = await arrange.submitted(candidate, "ielp-machine", async (begun) =>
    essay(await wordsOfTasks(arrange, begun)),
  );
  const writing = { attemptId, skill: "writing" as const };
  await expect
    .poll(() => arrange.db.machineRating.count({ where: { script: writing } }), {
      message: "the worker's machine rates all three",
      timeout: 120_000,
    })
    .toBe(3);
  const scripts = await arrange.db.script.findMany({ where: writing, orderBy: { level: "asc" } });
  for (const [place, { id }] of scripts.entries()) {
    const waitingSince = new Date(Date.UTC(2019, 0, 1 + place));
    await arrange.db.script.update({ where: { id }, data: { waitingSince } });
  }
  return scripts;
}

/** The machine's newest rating of a script, and the marks it comes to on the rubric. */
export async function machineOn(arrange: Arrange, scriptId: string) {
  const rubric = rubricFile.parse((await newestRubric(arrange)).data);
  const rating = await arrange.db.machineRating.findFirstOrThrow({
    where: { scriptId },
    orderBy: { createdAt: "desc" },
  });
  const criteria = machineCriterion.array().parse(rating.criteria);
  const marks = machineMark(rubric, criteria);
  if (marks === null) throw new Error(`the machine has no mark on ${scriptId}: ${rating.flags.join(", ")}`);
  return { rating, rubric, criteria, inOrder: rubric.criteria.map(({ id }) => marks[id] ?? 0) };
}

export function newestRubric(arrange: Arrange) {
  return arrange.db.rubric.findFirstOrThrow({
    where: { scheme: "ielp", skill: "writing" },
    orderBy: { version: "desc" },
  });
}

const fresh = { seed: "the journey", each: 60 } as const;
/** Six tasks, two first languages. */
export const measuredAnswers = 6 * 2 * fresh.each;

/** Enough settled writing that follows what was measured of it: a version learned from it agrees with examiners in every group. */
export async function measuredWriting(arrange: Arrange): Promise<void> {
  const measures = arrange.services.rater.featuresVersion;
  await createMeasuredWriting(arrange.services, { ...(await whereAndWho(arrange)), ...fresh, measures });
}

/** Examiners like what they disliked before, in two months: a half long ago, a half now. The worker's machine has rated all, blind. */
export async function contraryWriting(arrange: Arrange, count: number): Promise<void> {
  const { db, queue } = arrange.services;
  const { scriptIds } = await createConfirmedWriting(arrange.services, {
    ...(await whereAndWho(arrange)),
    ...{ count, seed: "contrary", noise: 1, contrary: true },
    // No two days 35 days apart are of one month.
    daysAgo: (at) => (at < count / 2 ? 35 : 0),
  });
  await db.$transaction((tx) =>
    queue.send(
      tx,
      scriptIds.map((scriptId) => ({ name: machineRatingJob.name, payload: { scriptId }, options: {} })),
    ),
  );
  await expect
    .poll(() => db.machineRating.count({ where: { scriptId: { in: [...scriptIds] } } }), { timeout: 60_000 })
    .toBe(count);
}

async function whereAndWho(arrange: Arrange): Promise<{ programmeId: string; adminId: string }> {
  const { id: programmeId } = await arrange.db.programme.findFirstOrThrow({
    where: { name: "ielp-machine" },
    select: { id: true },
  });
  return { programmeId, adminId: (await arrange.demo("admin")).personId };
}
