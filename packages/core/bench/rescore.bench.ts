/**
 * `pnpm bench rescore [ATTEMPTS]`: how many results are worked out anew a second. First the re-derivation alone (answers and
 * ratings in memory: credits, scoring, comparison), per second of processor time, so that a busy neighbour does not count; then
 * the whole way from a database of its own with generated attempts (2,000 unless told), by the clock on the wall.
 */
import { contentHash } from "@bandwise/core/kernel/hash";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Evidence, rederive, type StoredItem, type StoredResult } from "@bandwise/core/results/rederive-rules";
import { rescoreResults } from "@bandwise/core/results/rescore-queries";
import { partsOf } from "@bandwise/core/results/rules";
import type { ResultInputs } from "@bandwise/core/results/schema";
import { ielpResponses } from "@bandwise/core/schemes/ielp-rules";
import { answerKinds } from "@bandwise/core/testing/answer-kinds";
import { createSmallBank } from "@bandwise/core/testing/bank";
import { createPerson, type TestServices, testServices } from "@bandwise/core/testing/services";
import type { Prisma } from "@bandwise/db/client";
import { seededRandom } from "@bandwise/psychometrics/random";
import { cefrLevels } from "@bandwise/scoring/cefr";
import { scoreIelp } from "@bandwise/scoring/ielp";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { withBenchDatabase } from "./bench-database.ts";

const attempts = Number(process.argv[2] ?? 2_000);
const promised = 20_000;
const runs = 5;
const filledAtOnce = 200;

type Task = ResultInputs["tasks"][number];

const random = seededRandom("rescore");
const below = (end: number): number => Math.floor(random() * end);
const uuid = (): string =>
  [8, 4, 4, 4, 12]
    .map((length, at) => (at === 2 ? "7" : at === 3 ? "a" : "") + hex(length - (at === 2 || at === 3 ? 1 : 0)))
    .join("-");
const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join("");

/** As in the starter bank's 240 objective items: three in five are choice, these five kinds share the rest. */
const choice = answerKinds.findIndex(({ key }) => key.type === "choice");
const others = ["gap-fill", "matching", "multiple-response", "ordering", "text-entry"].map((type) =>
  answerKinds.findIndex(({ key }) => key.type === type),
);
const likeTheBank = () => (random() < 0.6 ? choice : (others[below(others.length)] ?? choice));
/** Every kind there is, composites among them. */
const allAlike = () => below(answerKinds.length);

measureAlone("re-derivation", { kind: likeTheBank, trace: false, floor: promised });
measureAlone("with its trace", { kind: likeTheBank, trace: true });
measureAlone("all kinds of item alike", { kind: allAlike, trace: false });
await measureFromDatabase();

/** Partial credits among the answers; every other task with two ratings that count. */
function measureAlone(
  title: string,
  { kind, trace, floor }: { kind: () => number; trace: boolean; floor?: number },
): void {
  const sample = Array.from({ length: 500 }, () => generated(kind));
  for (const [result, evidence] of sample) {
    const { verdict } = rederive(result, evidence, { trace: true });
    if (verdict !== "equal") throw new Error("the generated results are not what they are worked out to be");
  }
  const round = () => {
    for (const [result, evidence] of sample)
      if (rederive(result, evidence, { trace }).verdict !== "equal") throw new Error("not equal");
  };
  for (let warm = 0; warm < 10; warm += 1) round();
  let best = 0;
  for (let run = 0; run < runs; run += 1) {
    const began = process.cpuUsage();
    let done = 0;
    let seconds = 0;
    while (seconds < 0.5) {
      round();
      done += sample.length;
      const { user, system } = process.cpuUsage(began);
      seconds = (user + system) / 1e6;
    }
    best = Math.max(best, Math.round(done / seconds));
  }
  const promise =
    floor === undefined ? "" : ` (promised ${floor.toLocaleString("en")}) ${best >= floor ? "ok" : "TOO SLOW"}`;
  console.log(`${title.padEnd(26)} ${best.toLocaleString("en").padStart(8)} attempts/s of processor time${promise}`);
}

function generated(kindAt: () => number): readonly [StoredResult, Evidence] {
  const attemptId = uuid();
  const items = new Map<string, StoredItem>();
  const entries: Evidence["entries"] &
    Map<string, { attemptId: string; attemptItemId: string; value: unknown; intact: boolean }> = new Map();
  const ratings = new Map();
  const inputs: ResultInputs = { items: [], tasks: [] };
  for (const skill of ["reading", "listening"] as const) {
    for (let position = 1; position <= 12; position += 1) {
      const kind = answerKinds[kindAt()];
      const [value, credit] = kind?.credits[below(kind.credits.length)] ?? [];
      if (!kind || credit === undefined) throw new Error("no kind");
      const level = cefrLevels[Math.floor((position - 1) / 2)] ?? "A1";
      const named = {
        attemptItemId: uuid(),
        itemVersionId: uuid(),
        itemHash: hex(64),
        entryId: String(1e6 + entries.size),
      };
      items.set(named.itemVersionId, { hash: named.itemHash, level, subSkill: "detail", scored: kind });
      entries.set(named.entryId, { attemptId, attemptItemId: named.attemptItemId, value, intact: true });
      inputs.items.push({ skill, position, level, subSkill: "detail", ...named, credit });
    }
  }
  for (const task of tasks()) {
    items.set(task.itemVersionId, { hash: "", level: task.level, subSkill: task.subSkill, scored: null });
    for (const { ratingId, rubricHash, scores } of task.ratings) {
      const { scriptId } = task;
      ratings.set(ratingId ?? "", {
        attemptId,
        scriptId,
        rubricHash: rubricHash ?? "",
        final: true,
        scores: { ...scores },
      });
    }
    inputs.tasks.push(task);
  }
  return [
    { attemptId, inputs, ...scoredBy(inputs) },
    { items, entries, ratings, machineRatings: new Map() },
  ];
}

function tasks(): Task[] {
  return (["writing", "speaking"] as const).flatMap((skill) =>
    (["A", "B", "C"] as const).flatMap((level) =>
      Array.from({ length: IELP.sections[skill].tasks[level] }, (_, index): Task => {
        const rated = Array.from({ length: 1 + below(2) }, () => ({
          ratingId: uuid(),
          machineRatingId: null,
          validated: null,
          rubricId: uuid(),
          rubricHash: hex(64),
          entryId: null,
          recordingId: null,
          scores: Object.fromEntries(IELP.sections[skill].criteria.map((criterion) => [criterion, below(21) / 2])),
        }));
        return {
          skill,
          position: "ABC".indexOf(level) * 2 + index + 1,
          level,
          type: null,
          subSkill: "opinion",
          attemptItemId: uuid(),
          itemVersionId: uuid(),
          scriptId: uuid(),
          ratings: rated,
          outcome: {
            counting: rated.map(({ ratingId }) => ratingId),
            rule: rated.length === 1 ? "single" : "within-tolerance",
            combine: "exact-mean",
            difference: null,
            policy: null,
            second: null,
          },
          otherRatings: [],
        };
      }),
    ),
  );
}

function scoredBy(inputs: ResultInputs) {
  const output = scoreIelp(ielpResponses(partsOf(inputs)), { trace: true });
  return {
    scheme: { id: IELP.id, version: IELP.version, hash: IELP.hash },
    output: JSON.parse(JSON.stringify(output)) as unknown,
    overallHundredths: Math.round(Number(output.overall.band) * 100),
    cefr: output.overall.cefr,
  };
}

async function measureFromDatabase(): Promise<void> {
  await withBenchDatabase(async (database) => {
    const services = testServices(database.prisma);
    await fill(services);
    const context = services.as(systemViewer);
    let best = 0;
    for (let run = 0; run < 3; run += 1) {
      const began = performance.now();
      let done = 0;
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof rescoreResults>> = await rescoreResults(context, { after });
        const [odd] = page.results.filter(({ verdict }) => verdict !== "equal");
        if (odd) throw new Error(`not equal: ${JSON.stringify(odd.findings[0])}`);
        done += page.results.length;
        after = page.next;
      } while (after !== null);
      if (done !== attempts) throw new Error(`met ${done} results of ${attempts}`);
      best = Math.max(best, Math.round((done * 1000) / (performance.now() - began)));
    }
    console.log(
      `${"from the database".padEnd(26)} ${best.toLocaleString("en").padStart(8)} attempts/s by the clock, ${attempts.toLocaleString("en")} attempts, trace too`,
    );
  });
}

/** Attempts as they lie after their result was made, written row by row without being sat. */
async function fill(services: TestServices): Promise<void> {
  const { db, ids, clock } = services;
  const now = clock.now();
  const { programmeId } = await createSmallBank(services, 20);
  const { id: raterId } = await createPerson(db, ["examiner"]);
  const { id: adminId } = await createPerson(db, ["admin"]);
  const centreId = ids.uuid();
  await db.centre.create({ data: { id: centreId, name: "Bench", timeZone: "UTC", address: "online" } });
  const sittingId = ids.uuid();
  const times = {
    startsAt: now,
    endsAt: new Date(now.getTime() + 3_600_000),
    bookBefore: now,
    changeBefore: now,
    createdAt: now,
  };
  await db.sitting.create({
    data: { id: sittingId, centreId, programmeId, capacity: attempts, createdById: adminId, ...times },
  });
  const rubrics = await db.rubric.findMany();
  const versions = await db.itemVersion.findMany();
  for (let from = 0; from < attempts; from += filledAtOnce) {
    const many = Math.min(filledAtOnce, attempts - from);
    const rows = Array.from({ length: many }, () => ({
      attemptId: ids.uuid(),
      candidateId: ids.uuid(),
      resultId: ids.uuid(),
    }));
    await db.person.createMany({
      data: rows.map(({ candidateId }) => ({ id: candidateId, name: "Bench", createdAt: now })),
    });
    await db.attempt.createMany({
      data: rows.map(({ attemptId, candidateId }) => ({
        id: attemptId,
        reference: attemptId,
        candidateId,
        sittingId,
        status: "marked" as const,
        bookedAt: now,
      })),
    });
    const [last] = await db.$queryRaw<{ id: bigint }[]>`select coalesce(max(id), 0) as id from answer_entry`;
    let entryId = (last?.id ?? 0n) + 1n;
    const attemptItems: Prisma.AttemptItemCreateManyInput[] = [];
    const answerEntries = [];
    const scripts = [];
    const given = [];
    const results = [];
    for (const { attemptId, candidateId, resultId } of rows) {
      const inputs: ResultInputs = { items: [], tasks: [] };
      const used = new Set<string>();
      const pick = (skill: string, level: string) => {
        const free = versions.filter((one) => one.skill === skill && one.level === level && !used.has(one.itemId));
        const one = free[below(free.length)];
        if (!one) throw new Error(`no ${skill} item of ${level}`);
        used.add(one.itemId);
        return one;
      };
      const allot = (id: string, position: number, version: (typeof versions)[number]) =>
        attemptItems.push({
          id,
          attemptId,
          candidateId,
          itemId: version.itemId,
          itemVersionId: version.id,
          skill: version.skill,
          position,
          level: version.level,
          subSkill: version.subSkill,
          pickReason: "bench",
          exposureAtPick: 0,
          allottedAt: now,
        });
      for (const skill of ["reading", "listening"] as const) {
        for (let position = 1; position <= 12; position += 1) {
          const level = cefrLevels[Math.floor((position - 1) / 2)] ?? "A1";
          const version = pick(skill, level);
          const attemptItemId = uuid();
          const value = "ab".charAt(below(2));
          allot(attemptItemId, position, version);
          const made = {
            madeAt: now,
            receivedAt: now,
            clientId: attemptItemId,
            sequence: 1,
            epoch: 1,
            standing: "counted",
          };
          answerEntries.push({ id: entryId, attemptId, attemptItemId, value, hash: contentHash(value), ...made });
          const named = { attemptItemId, itemVersionId: version.id, itemHash: version.hash, entryId: String(entryId) };
          inputs.items.push({
            skill,
            position,
            level,
            subSkill: version.subSkill,
            ...named,
            credit: value === "b" ? "1" : "0",
          });
          entryId += 1n;
        }
      }
      for (const task of tasks()) {
        const { skill, level, scriptId, attemptItemId } = task;
        const rubric = rubrics.find((one) => one.skill === skill);
        const version = pick(skill, level);
        if (!rubric) throw new Error("no rubric");
        allot(attemptItemId, task.position, version);
        scripts.push({
          id: scriptId,
          code: scriptId,
          attemptId,
          attemptItemId,
          skill,
          level,
          status: "settled" as const,
          waitingSince: now,
        });
        const rated = task.ratings.map((one) => ({ ...one, rubricId: rubric.id, rubricHash: rubric.hash }));
        for (const [index, { ratingId, scores }] of rated.entries()) {
          const who = index === 0 ? raterId : adminId;
          const at = { createdAt: now, updatedAt: now, finalAt: now };
          given.push({
            id: ratingId ?? "",
            scriptId,
            raterId: who,
            rubricId: rubric.id,
            status: "final" as const,
            scores,
            ...at,
          });
        }
        inputs.tasks.push({ ...task, subSkill: version.subSkill, itemVersionId: version.id, ratings: rated });
      }
      const { scheme, output, ...sorted } = scoredBy(inputs);
      const by = { schemeId: scheme.id, schemeVersion: scheme.version, schemeHash: scheme.hash };
      const frozen = { inputs, output: output as object, ...sorted, ...by };
      results.push({ id: resultId, attemptId, version: 1, status: "provisional" as const, createdAt: now, ...frozen });
    }
    await db.attemptItem.createMany({ data: attemptItems });
    await db.answerEntry.createMany({ data: answerEntries });
    await db.script.createMany({ data: scripts });
    await db.rating.createMany({ data: given });
    await db.result.createMany({ data: results });
  }
  await db.$executeRaw`analyze`;
}
