import type { PrismaClient } from "@bandwise/db/client";
import { ScoringError } from "@bandwise/scoring/error";
import { type IelpScheme, readIelpScheme } from "@bandwise/scoring/ielp-scheme";
import { z } from "zod";
import { itemKey, objectiveContent } from "../bank/schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { AppError } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { measuredScores } from "../marking/policy-schema.ts";
import { scoreProgress } from "../marking/schema.ts";
import {
  type Evidence,
  type Finding,
  type Move,
  moveUnder,
  type Rederived,
  rederive,
  type StoredEntry,
  type StoredItem,
  type StoredMachineRating,
  type StoredRating,
  unreadable,
} from "./rederive-rules.ts";
import { type ResultInputs, resultInputs } from "./schema.ts";

/** One result, worked out anew. Names nobody. */
export interface Rescored {
  readonly attemptId: string;
  readonly version: number;
  readonly status: string;
  readonly verdict: Rederived["verdict"];
  readonly findings: readonly Finding[];
  /** Under the scheme that was handed in; null where nothing would move, or none was. */
  readonly move: Move | null;
  /** Whether it could be compared with that scheme. */
  readonly compared: boolean;
}

/** What counts, or will when it is released. */
const current = { status: { in: ["provisional" as const, "released" as const] } };

const isId = (given: string): boolean => z.uuid().safeParse(given).success;

/** Which results a run is about. @throws NOT_FOUND naming an attempt that is unknown or has no result. */
export const findRescorable = defineQuery({
  name: "findRescorable",
  permission: "result:rescore",
  input: z.object({
    /** Ids or references; none: every attempt. */
    attempts: z.array(z.string().min(1).max(60)).max(1000, "at most 1000 at a time"),
    /** Without those that another has superseded. */
    currentOnly: z.boolean(),
  }),
  run: async ({ db }, { attempts, currentOnly }) => {
    const counted = currentOnly ? current : {};
    if (attempts.length === 0) return { attemptIds: null, results: await db.result.count({ where: counted }) };
    const found = await db.attempt.findMany({
      where: {
        OR: [
          { id: { in: attempts.filter(isId) } },
          { reference: { in: attempts.filter((given) => !isId(given)).map((given) => given.toUpperCase()) } },
        ],
      },
      select: { id: true, reference: true, _count: { select: { results: { where: counted } } } },
    });
    for (const given of attempts) {
      const one = found.find(({ id, reference }) => id === given.toLowerCase() || reference === given.toUpperCase());
      if (!one) throw new AppError("NOT_FOUND", `There is no attempt ${given}.`);
      if (one._count.results === 0) throw new AppError("NOT_FOUND", `Attempt ${given} has no result yet.`);
    }
    return {
      attemptIds: found.map(({ id }) => id),
      results: found.reduce((sum, one) => sum + one._count.results, 0),
    };
  },
});

/**
 * Works a page of results out anew, oldest first, and compares: four reads, however many there are. Changes nothing.
 *
 * @returns the page and where the next one begins; null after the last.
 */
export const rescoreResults = defineQuery({
  name: "rescoreResults",
  permission: "result:rescore",
  input: z.object({
    after: z.uuid().nullable().default(null),
    attemptIds: z.array(z.uuid()).max(1000).nullable().default(null),
    take: z.number().int().min(1).max(1000).default(500),
    /** A changed scheme as JSON (`readIelpScheme`): results that count are compared with it as well. */
    scheme: z.unknown().optional(),
  }),
  run: async ({ db }, { after, attemptIds, take, scheme }) => {
    const changed = scheme === undefined ? null : readChanged(scheme);
    const rows = await db.result.findMany({
      where: {
        ...(after !== null && { id: { gt: after } }),
        ...(attemptIds !== null && { attemptId: { in: attemptIds } }),
        ...(changed && current),
      },
      orderBy: { id: "asc" },
      take,
      select: {
        id: true,
        attemptId: true,
        version: true,
        status: true,
        schemeId: true,
        schemeVersion: true,
        schemeHash: true,
        inputs: true,
        output: true,
        overallHundredths: true,
        cefr: true,
      },
    });
    const read = rows.map((row) => ({ ...row, inputs: resultInputs.safeParse(row.inputs) }));
    const evidence = await readEvidence(
      db,
      read.flatMap(({ inputs }) => (inputs.success ? [inputs.data] : [])),
    );
    const results = read.map((row): Rescored => {
      const { attemptId, version, status, inputs, output, overallHundredths, cefr } = row;
      const scheme = { id: row.schemeId, version: row.schemeVersion, hash: row.schemeHash };
      const anew = inputs.success
        ? rederive({ attemptId, scheme, inputs: inputs.data, output, overallHundredths, cefr }, evidence, {
            trace: true,
          })
        : unreadable(inputs.error.issues[0]?.path.join(".") ?? "", inputs.error.issues[0]?.message ?? "");
      return {
        attemptId,
        version,
        status,
        verdict: anew.verdict,
        findings: anew.findings,
        move: changed && anew.scored ? moveUnder(changed, anew.scored) : null,
        compared: changed !== null && anew.scored?.output.scheme === "ielp",
      };
    });
    return { results, next: rows.length < take ? null : (rows.at(-1)?.id ?? null) };
  },
});

function readChanged(json: unknown): IelpScheme {
  try {
    return readIelpScheme(json);
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    throw new AppError("INVALID", `scheme: ${error.message}`, { cause: error });
  }
}

async function readEvidence(db: PrismaClient, inputs: readonly ResultInputs[]): Promise<Evidence> {
  const versionIds = new Set<string>();
  const entryIds: string[] = [];
  const ratingIds = new Set<string>();
  const machineRatingIds = new Set<string>();
  for (const { items, tasks } of inputs) {
    for (const { itemVersionId, entryId } of items) {
      versionIds.add(itemVersionId);
      // Ledger entries are numbered: anything else names none.
      if (entryId !== null && /^\d{1,18}$/.test(entryId)) entryIds.push(entryId);
    }
    for (const { itemVersionId, ratings } of tasks) {
      versionIds.add(itemVersionId);
      for (const { ratingId, machineRatingId } of ratings) {
        if (ratingId !== null) ratingIds.add(ratingId);
        if (machineRatingId !== null) machineRatingIds.add(machineRatingId);
      }
    }
  }
  const [items, entries, ratings, machineRatings] = await Promise.all([
    readItems(db, [...versionIds]),
    readEntries(db, entryIds),
    readRatings(db, [...ratingIds]),
    readMachineRatings(db, [...machineRatingIds]),
  ]);
  return { items, entries, ratings, machineRatings };
}

async function readItems(db: PrismaClient, ids: readonly string[]): Promise<Map<string, StoredItem>> {
  const rows = await db.$queryRaw<
    { id: string; level: string; sub_skill: string; content: unknown; key: unknown }[]
  >`select id, level, sub_skill, content, key from item_version where id = any(${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, level, sub_skill: subSkill, content, key }) => {
      const reads = { key: itemKey.safeParse(key), content: objectiveContent.safeParse(content) };
      const scored =
        reads.key.success && reads.content.success
          ? { key: reads.key.data, interaction: reads.content.data.interaction }
          : null;
      return [id, { hash: contentHash({ content, key, level, subSkill }), level, subSkill, scored }];
    }),
  );
}

async function readEntries(db: PrismaClient, ids: readonly string[]): Promise<Map<string, StoredEntry>> {
  const rows = await db.$queryRaw<
    { id: string; attempt_id: string; attempt_item_id: string; value: unknown; hash: string }[]
  >`select id::text, attempt_id, attempt_item_id, value, hash from answer_entry where id = any(${ids}::bigint[])`;
  return new Map(
    rows.map(({ id, attempt_id: attemptId, attempt_item_id: attemptItemId, value, hash }) => [
      id,
      { attemptId, attemptItemId, value, intact: contentHash(value) === hash },
    ]),
  );
}

async function readRatings(db: PrismaClient, ids: readonly string[]): Promise<Map<string, StoredRating>> {
  const rows = await db.$queryRaw<
    { id: string; attempt_id: string | null; script_id: string; hash: string; status: string; scores: unknown }[]
  >`select r.id, coalesce(s.attempt_id, o.attempt_id) as attempt_id, coalesce(o.id, s.id) as script_id, b.hash,
           r.status::text, r.scores
    from rating r join script s on s.id = r.script_id join rubric b on b.id = r.rubric_id
    left join script o on o.id = s.remark_of_id
    where r.id = any(${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, attempt_id: attemptId, script_id: scriptId, hash: rubricHash, status, scores }) => [
      id,
      { attemptId, scriptId, rubricHash, final: status !== "draft", scores: scoreProgress.parse(scores) },
    ]),
  );
}

async function readMachineRatings(db: PrismaClient, ids: readonly string[]): Promise<Map<string, StoredMachineRating>> {
  if (ids.length === 0) return new Map();
  const rows = await db.machineRating.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, scriptId: true, criteria: true, validated: true, script: { select: { attemptId: true } } },
  });
  return new Map(
    rows.map(({ id, scriptId, criteria, validated, script }) => [
      id,
      { attemptId: script.attemptId, scriptId, validated, scores: measuredScores.parse(criteria) },
    ]),
  );
}
