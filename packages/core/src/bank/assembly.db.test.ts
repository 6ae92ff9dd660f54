import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { ielp } from "../delivery/programmes.ts";
import type { Context } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { simulationFolder } from "../kernel/storage-keys.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { recordSimulation, requestSimulation, stopSimulation } from "./assembly-commands.ts";
import { getSimulation, listSimulations, previewForm } from "./assembly-queries.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 5);
  admin = services.as((await createPerson(services.db, ["admin"], "Ada Admin")).viewer);
});

const idsOf = async (earlier: number): Promise<string[]> => {
  const { outcome } = await previewForm(admin, { earlier });
  if (!outcome.ok) throw new Error("no form");
  return outcome.sections.flatMap(({ picks }) => picks.map(({ itemId }) => itemId));
};

test("previews the form of a first and of a second sitting, and allots nothing", async () => {
  const { outcome, programme, poolSize } = await previewForm(admin, {});
  expect(programme.name).toBe("ielp");
  expect(poolSize).toBe(90);
  if (!outcome.ok) throw new Error("no form");
  expect(outcome.sections.map(({ skill, picks }) => [skill, picks.length])).toEqual(
    ielp.sections.map(({ skill, slots }) => [skill, slots.reduce((sum, { count }) => sum + count, 0)]),
  );
  const [pick] = outcome.sections[0]?.picks ?? [];
  expect(pick).toMatchObject({ slug: expect.stringMatching(/^r-/), reason: expect.any(String), exposure: 0 });
  const [first, second] = [await idsOf(0), await idsOf(1)];
  expect(second.filter((id) => first.includes(id))).toEqual([]);
  expect(await idsOf(0)).toEqual(first);
  expect(await services.db.itemExposure.count()).toBe(0);
});

test("says which sitting cannot be held, and what to write", async () => {
  const { outcome } = await previewForm(admin, { earlier: 9 });
  if (outcome.ok) throw new Error("five items a level are not enough for ten sittings");
  expect(outcome.sitting).toBeGreaterThan(1);
  expect(outcome.sentences[0]).toMatch(/ needs \d+ unseen/);
  expect(outcome.write[0]?.count).toBeGreaterThan(0);
});

test("a simulation runs to its end in the worker, on the bank as it was", async () => {
  const { simulationId } = await requestSimulation(admin, {
    programme: "ielp",
    candidates: 12,
    sittings: 3,
    seed: "test",
  });
  expect(await getSimulation(admin, { simulationId })).toMatchObject({ status: "waiting", done: 0, total: 12 });
  await services.db.itemVersion.updateMany({ where: { skill: "reading", level: "B1" }, data: { status: "resting" } });
  await services.drain();
  await services.db.itemVersion.updateMany({ where: { skill: "reading", level: "B1" }, data: { status: "active" } });
  const { status, done, result, finishedAt } = await getSimulation(admin, { simulationId });
  expect({ status, done, finishedAt }).toEqual({ status: "done", done: 12, finishedAt: services.clock.now() });
  expect(result?.sections.map(({ skill }) => skill)).toEqual(["reading", "listening", "writing", "speaking"]);
  expect(result?.refusedBySitting).toEqual([0, 0, 12]);
  expect(result?.firstRefusal).toMatchObject({ candidate: 1, sitting: 3 });
  expect(result?.forms).toBe(24);
  expect(await services.storage.size(`${simulationFolder(simulationId)}/snapshot.json`)).toBeNull();
  expect(await services.db.itemExposure.count()).toBe(0);
  const { rows, total } = await listSimulations(admin, { programme: "ielp" });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({ id: simulationId, plan: { candidates: 12, sittings: 3, seed: "test" } });
  expect((await listSimulations(admin, { programme: "ielp-short" })).total).toBe(0);
});

test("of two runs from the same place one counts", async () => {
  const { simulationId } = await requestSimulation(admin, {
    programme: "ielp",
    candidates: 3,
    sittings: 1,
    seed: "twice",
  });
  const system = services.as(systemViewer);
  expect(await recordSimulation(system, { simulationId, from: 0, outcome: { done: 2 } })).toEqual({ recorded: true });
  expect(await recordSimulation(system, { simulationId, from: 0, outcome: { done: 1 } })).toEqual({ recorded: false });
  await recordSimulation(system, { simulationId, from: 2, outcome: { failure: "Enough." } });
  services.jobs.length = 0;
  expect(await getSimulation(admin, { simulationId })).toMatchObject({
    status: "failed",
    done: 2,
    failure: "Enough.",
  });
});

test("one that nobody waits for is stopped, leaves nothing behind, and does not begin again", async () => {
  const { simulationId } = await requestSimulation(admin, {
    programme: "ielp",
    candidates: 3,
    sittings: 1,
    seed: "stopped",
  });
  await stopSimulation(admin, { simulationId });
  await services.drain();
  expect(await getSimulation(admin, { simulationId })).toMatchObject({ status: "failed", done: 0 });
  await expect(services.storage.get(`${simulationFolder(simulationId)}/snapshot.json`)).rejects.toThrow();
  await expect(stopSimulation(admin, { simulationId })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a blueprint's demands beyond levels hold in previews as they do at a start", async () => {
  const stored = await services.db.programme.findFirstOrThrow({ where: { name: "ielp" } });
  const sections = ielp.sections.map((section) =>
    section.skill === "reading" ? { ...section, topicMax: 0 } : section,
  );
  await services.db.programme.create({
    data: { ...stored, id: services.ids.uuid(), version: 2, blueprint: { ...ielp, sections } },
  });
  expect((await previewForm(admin, {})).outcome).toMatchObject({
    ok: false,
    sentences: [expect.stringContaining("reading allows no topic at all")],
  });
});

test.each([
  [{ candidates: 0, sittings: 1 }, "candidates: must be at least 1"],
  [{ candidates: 20_001, sittings: 1 }, "candidates: must be at most 20,000"],
  [{ candidates: 1, sittings: 21 }, "sittings: must be at most 20"],
  [{ candidates: 20_000, sittings: 3 }, "sittings: times the candidates must be at most 50,000"],
  [{ candidates: "many", sittings: 1 }, "candidates: must be a number"],
])("refuses %o, naming field and rule", async (input, message) => {
  const asking = requestSimulation(admin, { programme: "ielp", seed: "1", ...input });
  await expect(asking).rejects.toMatchObject({ code: "INVALID", message: expect.stringContaining(message) });
});

test("only so many at a time", async () => {
  const ask = () => requestSimulation(admin, { programme: "ielp", candidates: 1, sittings: 1, seed: "queue" });
  for (let count = 0; count < 5; count += 1) await ask();
  await expect(ask()).rejects.toMatchObject({ code: "CONFLICT" });
  await services.drain();
  await ask();
});
