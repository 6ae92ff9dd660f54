import { madeText, wordsOf } from "@bandwise/core/testing/confirmed-writing";
import { seededRandom } from "@bandwise/psychometrics/random";
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
