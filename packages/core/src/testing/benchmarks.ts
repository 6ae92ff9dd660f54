import type { Services } from "../kernel/context.ts";

const criteria = ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"];

/** Two training scripts, two sets of ten and six seeds for writing, whose model marks are 5 or 6 on every criterion. */
export async function createBenchmarks({ db, ids, clock }: Services): Promise<void> {
  const rubric = await db.rubric.findFirstOrThrow({
    where: { scheme: "ielp", skill: "writing" },
    select: { id: true },
  });
  const item = await db.itemVersion.findFirstOrThrow({
    where: { item: { skill: "writing" } },
    select: { content: true },
  });
  const sizes = { training: 2, set_one: 10, set_two: 10, seed: 6 } as const;
  for (const [use, size] of Object.entries(sizes) as [keyof typeof sizes, number][]) {
    for (let position = 1; position <= size; position += 1) {
      const score = 5 + (position % 2);
      await db.benchmark.create({
        data: {
          id: ids.uuid(),
          slug: `${use}-${position}`,
          skill: "writing",
          level: "B",
          use,
          position,
          rubricId: rubric.id,
          task: item.content ?? {},
          markerNotes: "All three points.",
          answer: { text: `Dear reader, this is benchmark ${use} ${position}.` },
          scores: Object.fromEntries(criteria.map((id) => [id, score])),
          reasons: Object.fromEntries(criteria.map((id) => [id, "As the descriptor says."])),
          createdAt: clock.now(),
        },
      });
    }
  }
}
