import { Prisma } from "@bandwise/db/client";
import { useTestDatabase } from "@bandwise/db/test-database";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { beforeAll, describe, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts, submitRating, takeScript } from "../marking/commands.ts";
import { getScriptForMarking } from "../marking/queries.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { computeResult, releaseResults, scoreObjective } from "./commands.ts";
import { findRescorable, type Rescored, rescoreResults } from "./rescore-queries.ts";
import { type ResultInputs, resultInputs } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: { id: string; viewer: Viewer };
let examiner: { viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 8));
  admin = await createPerson(services.db, ["admin"]);
  examiner = await createPerson(services.db, ["examiner"]);
});

const rating = {
  writing: { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 },
  speaking: { fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 },
};

/** Everything right but what `unanswered` names: Reading and Listening 20.00, Writing 25.00, Speaking 65.00. */
async function markedAttempt(
  input: { answer?: string | null; silent?: boolean; unanswered?: string } = {},
): Promise<string> {
  const { unanswered, ...rest } = input;
  const candidate = await createPerson(services.db, ["candidate"]);
  const of = { candidateId: candidate.id, programmeId, adminId: admin.id };
  const { attemptId } = await createSubmittedAttempt(services, { ...of, ...rest });
  if (unanswered !== undefined) {
    await services.db.response.deleteMany({
      where: { attemptItem: { attemptId, skill: "reading", level: unanswered } },
    });
  }
  const system = services.as(systemViewer);
  await scoreObjective(system, { attemptId });
  await createScripts(system, { attemptId });
  const marker = services.as(examiner.viewer);
  for (const skill of ["writing", "speaking"] as const) {
    for (let taken = await takeScript(marker, { skill }); taken; taken = await takeScript(marker, { skill })) {
      const script = await getScriptForMarking(marker, { code: taken.code });
      if (!script.lease) throw new Error("no lease");
      const held = { scriptId: script.id, leaseToken: script.lease.token };
      await submitRating(marker, { ...held, scores: rating[skill], comment: "" });
    }
  }
  await computeResult(system, { attemptId });
  return attemptId;
}

async function rescored(attemptId: string, scheme?: unknown): Promise<Rescored> {
  const { results } = await rescoreResults(services.as(systemViewer), {
    attemptIds: [attemptId],
    ...(scheme !== undefined && { scheme }),
  });
  const [only] = results;
  if (!only || results.length > 1) throw new Error("not one result");
  return only;
}

/** Writes past the triggers that keep these tables as they were, as somebody with the database in hand could. */
async function tamper(table: "result" | "answer_entry" | "rating" | "item_version", write: Prisma.Sql): Promise<void> {
  await services.db.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  expect(await services.db.$executeRaw(write)).toBe(1);
  await services.db.$executeRawUnsafe(`alter table ${table} enable trigger user`);
}

async function inputsOf(attemptId: string): Promise<ResultInputs> {
  const { inputs } = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  return resultInputs.parse(inputs);
}

async function itemAt(attemptId: string, skill: "reading" | "listening", level: string) {
  const item = (await inputsOf(attemptId)).items.find((one) => one.skill === skill && one.level === level);
  if (!item?.entryId) throw new Error("no such item");
  return { ...item, entryId: item.entryId, where: `${skill} ${item.position}` };
}

describe("what nobody touched", () => {
  test.each([
    ["all right", {}],
    ["nothing answered", { answer: null, silent: true }],
    ["some answered", { unanswered: "B1" }],
  ] as const)("comes out equal: %s", async (_, input) => {
    const attemptId = await markedAttempt(input);
    expect(await rescored(attemptId)).toEqual({
      attemptId,
      version: 1,
      status: "provisional",
      verdict: "equal",
      findings: [],
      move: null,
      compared: false,
    });
  });

  test("changes nothing itself", async () => {
    const attemptId = await markedAttempt();
    const before = await services.db.result.findMany({ where: { attemptId } });
    const audits = await services.db.auditEntry.count();
    await rescored(attemptId);
    expect(await services.db.result.findMany({ where: { attemptId } })).toEqual(before);
    expect(await services.db.auditEntry.count()).toBe(audits);
  });
});

describe("what was tampered with is named", () => {
  test("a credit of the result", async () => {
    const attemptId = await markedAttempt();
    const inputs = await inputsOf(attemptId);
    const place = inputs.items.findIndex(({ skill, level }) => skill === "listening" && level === "C1");
    await tamper(
      "result",
      Prisma.sql`update result set inputs = jsonb_set(inputs, array['items', ${String(place)}, 'credit'], '"1/2"')
                 where attempt_id = ${attemptId}::uuid`,
    );
    expect(await rescored(attemptId)).toMatchObject({
      verdict: "differs",
      findings: [
        { kind: "credit-differs", where: `listening ${inputs.items[place]?.position}`, stored: "1/2", now: "1" },
      ],
    });
  });

  test("a rating", async () => {
    const attemptId = await markedAttempt();
    const task = (await inputsOf(attemptId)).tasks.find(({ skill, level }) => skill === "writing" && level === "A");
    const ratingId = task?.ratings[0]?.ratingId;
    await tamper(
      "rating",
      Prisma.sql`update rating set scores = jsonb_set(scores, '{grammar}', '6') where id = ${ratingId}::uuid`,
    );
    const { verdict, findings } = await rescored(attemptId);
    expect(verdict).toBe("differs");
    expect(findings[0]).toEqual({
      kind: "rating-differs",
      where: `writing ${task?.position} grammar`,
      stored: "5",
      now: "6",
    });
    // 1.125 × 0.2 more: 25.225, half up. Just above 25.00: the first step of the next row.
    expect(findings).toContainEqual({
      kind: "output-differs",
      where: "sections.writing.raw",
      stored: "25.00",
      now: "25.23",
    });
    expect(findings).toContainEqual({
      kind: "output-differs",
      where: "sections.writing.band",
      stored: "6.00",
      now: "6.10",
    });
    expect(findings.some(({ where }) => where.startsWith("sections.reading"))).toBe(false);
  });

  test("a key", async () => {
    const attemptId = await markedAttempt();
    const { itemVersionId, itemHash, where } = await itemAt(attemptId, "reading", "A1");
    const { key } = await services.db.itemVersion.findUniqueOrThrow({
      where: { id: itemVersionId },
      select: { key: true },
    });
    const write = (to: string) =>
      tamper(
        "item_version",
        Prisma.sql`update item_version set key = jsonb_set(key, '{correct}', to_jsonb(${to}::text)) where id = ${itemVersionId}::uuid`,
      );
    await write("a");
    const { findings } = await rescored(attemptId);
    // Other attempts of this file may meet the item.
    await write("b");
    expect(key).toMatchObject({ correct: "b" });
    expect(findings).toContainEqual({
      kind: "item-differs",
      where,
      stored: itemHash,
      now: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(findings).toContainEqual({ kind: "credit-differs", where, stored: "1", now: "0" });
    expect(findings).toContainEqual({
      kind: "output-differs",
      where: "sections.reading.raw",
      stored: "20.00",
      now: "19.00",
    });
  });

  test("the output, its trace, and what lists sort by", async () => {
    const attemptId = await markedAttempt();
    await tamper(
      "result",
      Prisma.sql`update result set overall_hundredths = 900, output = jsonb_set(jsonb_set(output, '{overall,band}', '"9.00"'),
                 '{trace,sections,reading,items,0,credit}', '"1/2"') where attempt_id = ${attemptId}::uuid`,
    );
    expect(await rescored(attemptId)).toMatchObject({
      verdict: "differs",
      findings: [
        { kind: "output-differs", where: "overall.band", stored: "9.00", now: "8.25" },
        { kind: "output-differs", where: "trace.sections.reading.items.0.credit", stored: "1/2", now: "1" },
        { kind: "output-differs", where: "overallHundredths", stored: "900", now: "825" },
      ],
    });
  });

  test("an answer in the ledger", async () => {
    const attemptId = await markedAttempt();
    const { entryId, where } = await itemAt(attemptId, "reading", "B2");
    await tamper("answer_entry", Prisma.sql`update answer_entry set value = '"a"' where id = ${entryId}::bigint`);
    const { findings } = await rescored(attemptId);
    expect(findings.slice(0, 2)).toEqual([
      { kind: "entry-differs", where, stored: "the hash it was received with", now: "another" },
      { kind: "credit-differs", where, stored: "1", now: "0" },
    ]);
  });

  test("an answer of another item", async () => {
    const attemptId = await markedAttempt();
    const [one, other] = [await itemAt(attemptId, "reading", "A1"), await itemAt(attemptId, "reading", "C2")];
    await tamper(
      "result",
      Prisma.sql`update result set inputs = replace(inputs::text, ${`"${one.entryId}"`}, ${`"${other.entryId}"`})::jsonb
                 where attempt_id = ${attemptId}::uuid`,
    );
    expect((await rescored(attemptId)).findings).toMatchObject([{ kind: "entry-differs", where: one.where }]);
  });

  test("a level, which is a weight", async () => {
    const attemptId = await markedAttempt();
    const { tasks } = await inputsOf(attemptId);
    const place = tasks.findIndex(({ skill, level }) => skill === "speaking" && level === "A");
    await tamper(
      "result",
      Prisma.sql`update result set inputs = jsonb_set(inputs, array['tasks', ${String(place)}, 'level'], '"C"')
                 where attempt_id = ${attemptId}::uuid`,
    );
    expect((await rescored(attemptId)).findings).toMatchObject([
      { kind: "item-differs", where: `speaking ${tasks[place]?.position}`, stored: "C", now: "A" },
      { kind: "not-scorable", where: "speaking" },
    ]);
  });
});

describe("what cannot be proven is said and not guessed", () => {
  test("an answer that a purge took", async () => {
    const attemptId = await markedAttempt();
    const { entryId, where } = await itemAt(attemptId, "listening", "B1");
    await tamper("answer_entry", Prisma.sql`delete from answer_entry where id = ${entryId}::bigint`);
    expect(await rescored(attemptId)).toMatchObject({
      verdict: "unproven",
      findings: [{ kind: "entry-gone", where, stored: entryId, now: null }],
    });
  });

  test("a scheme this program does not know", async () => {
    const attemptId = await markedAttempt();
    await tamper("result", Prisma.sql`update result set scheme_version = '0' where attempt_id = ${attemptId}::uuid`);
    const { hash: _, ...data } = structuredClone(IELP);
    expect(await rescored(attemptId, { ...data, version: "trial" })).toMatchObject({
      verdict: "unproven",
      findings: [{ kind: "scheme-unknown", where: "scheme", stored: `ielp 0 ${IELP.hash}`, now: null }],
      move: null,
      compared: false,
    });
  });

  test("inputs that are none", async () => {
    const attemptId = await markedAttempt();
    await tamper(
      "result",
      Prisma.sql`update result set inputs = inputs - 'tasks' where attempt_id = ${attemptId}::uuid`,
    );
    expect(await rescored(attemptId)).toMatchObject({
      verdict: "differs",
      findings: [{ kind: "inputs-unreadable", where: "tasks" }],
    });
  });
});

describe("under a changed scheme", () => {
  const { hash: _, ...data } = structuredClone(IELP);
  /** The same sum of weights, so the same maximum and table: A1 1.00 → 1.50, C2 2.50 → 2.00. */
  const changed = {
    ...data,
    version: "trial",
    objective: { ...data.objective, weightHundredths: { ...data.objective.weightHundredths, A1: 150, C2: 200 } },
  };

  test("an attempt moves by what the arithmetic says", async () => {
    const attemptId = await markedAttempt({ unanswered: "A1" });
    await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
    expect(await rescored(attemptId, changed)).toEqual({
      attemptId,
      version: 1,
      status: "released",
      verdict: "equal",
      findings: [],
      compared: true,
      move: {
        // 20 − 2 × 1.00 = 18.00 → 9.20; 20 − 2 × 1.50 = 17.00 → ceil(10 × 2.00 / 2.50) = 8 → 8.80.
        sections: { reading: { from: "9.20", to: "8.80", by: "-0.40", fromCefr: "C2", toCefr: "C2" } },
        // (9.20 + 10 + 6 + 7) / 4 = 8.05; (8.80 + 10 + 6 + 7) / 4 = 7.95, in the row that ends at 8.
        overall: { from: "8.05", to: "7.95", by: "-0.10", fromCefr: "C2", toCefr: "C1" },
      },
    });
  });

  test("who has everything right stays", async () => {
    expect(await rescored(await markedAttempt(), changed)).toMatchObject({ move: null, compared: true });
  });

  test("a scheme that is none is refused at the door", async () => {
    await expect(
      rescoreResults(services.as(systemViewer), { scheme: { ...changed, rows: changed.rows.slice(1) } }),
    ).rejects.toMatchObject({ code: "INVALID", userMessage: "scheme: rows: must be a list of 10" });
  });
});

test("pages meet every result once, superseded ones too; with a changed scheme only those that count", async () => {
  const system = services.as(systemViewer);
  const attemptId = await markedAttempt();
  const [first] = await services.db.result.findMany({ where: { attemptId } });
  if (!first) throw new Error("no result");
  await services.db.result.update({
    where: { id: first.id },
    data: { status: "superseded", supersededAt: services.clock.now() },
  });
  await computeResult(system, { attemptId });
  const met: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof rescoreResults>> = await rescoreResults(system, { after, take: 3 });
    met.push(...page.results.map((result) => `${result.attemptId} ${result.version}`));
    after = page.next;
  } while (after !== null);
  const { attemptIds, results } = await findRescorable(system, { attempts: [], currentOnly: false });
  expect(attemptIds).toBeNull();
  expect([met.length, new Set(met).size]).toEqual([results, results]);
  expect(met).toEqual(expect.arrayContaining([`${attemptId} 1`, `${attemptId} 2`]));
  const current = await rescoreResults(system, { attemptIds: [attemptId], scheme: IELP });
  expect(current.results).toMatchObject([{ version: 2, move: null, compared: true }]);
});

test("attempts are named by id or reference, unknown ones refused", async () => {
  const system = services.as(systemViewer);
  const attemptId = await markedAttempt();
  const { reference } = await services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  expect(await findRescorable(system, { attempts: [reference.toLowerCase(), attemptId], currentOnly: true })).toEqual({
    attemptIds: [attemptId],
    results: 1,
  });
  await expect(findRescorable(system, { attempts: ["AAAA-0000"], currentOnly: false })).rejects.toMatchObject({
    code: "NOT_FOUND",
    userMessage: "There is no attempt AAAA-0000.",
  });
});
