import { qualificationRule } from "@bandwise/core/marking/qualification-rules";
import { testServices } from "@bandwise/core/testing";
import { useTestDatabase } from "@bandwise/db/test-database";
import { expect, it } from "vitest";
import { seedBenchmarks } from "./benchmarks.ts";
import { readStarterItems, seedStarterBank } from "./starter-bank.ts";

const database = useTestDatabase();

it("brings two whole sets, training and seeds for each rated skill, over the range of the scale, once", async () => {
  const services = testServices(database().prisma);
  await seedStarterBank(services);
  const rows = await services.db.benchmark.findMany();
  for (const skill of ["writing", "speaking"]) {
    const of = (use: string) => rows.filter((row) => row.skill === skill && row.use === use);
    expect(of("set_one")).toHaveLength(qualificationRule.setSize);
    expect(of("set_two")).toHaveLength(qualificationRule.setSize);
    expect(of("training").length).toBeGreaterThanOrEqual(3);
    expect(of("seed").length).toBeGreaterThanOrEqual(6);
    const marks = rows.filter((row) => row.skill === skill).flatMap(({ scores }) => Object.values(scores as object));
    expect(Math.min(...marks)).toBeLessThanOrEqual(2.5);
    expect(Math.max(...marks)).toBeGreaterThanOrEqual(9);
  }
  const sounds = rows.flatMap(({ answer }) =>
    answer && typeof answer === "object" && "media" in answer ? [String(answer.media)] : [],
  );
  const stored = await services.db.media.findMany({ where: { name: { in: sounds } } });
  expect(stored).toHaveLength(sounds.length);
  for (const { storageKey } of stored) expect(await services.storage.size(storageKey)).toBeGreaterThan(10_000);
  expect(await seedBenchmarks(services, await readStarterItems())).toBe(0);
});
