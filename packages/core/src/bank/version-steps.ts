import type { Transaction } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { keyProblems } from "./key-rules.ts";
import {
  decideMove,
  type ItemMove,
  type ItemStatus,
  isApproval,
  isInPreparation,
  isInUse,
  isProtectedAnchor,
  protectedAnchor,
  statusesInUse,
  type VersionFacts,
} from "./life-cycle-rules.ts";
import { itemType, mediaNames, searchTextOf } from "./rules.ts";
import type { BankItem } from "./schema.ts";
import { transcriptFindings } from "./sound-rules.ts";

type VersionContext = Pick<CommandContext, "tx" | "now" | "ids">;

/** One change of an item at a time: without it a second edit could read the versions before and number its own after the first. */
export async function lockItem({ tx }: VersionContext, itemId: string): Promise<void> {
  // Not `for update`: allotting a form refers to the item and must not wait for its editor.
  const rows = await tx.$queryRaw<unknown[]>`select 1 from item where id = ${itemId}::uuid for no key update`;
  if (rows.length === 0) throw notFound("The item");
}

export interface LockedVersion extends VersionFacts {
  readonly id: string;
  readonly itemId: string;
  readonly slug: string;
  readonly version: number;
  readonly skill: BankItem["skill"];
  readonly hasKey: boolean;
  readonly nextReviewAt: Date;
}

/** A version as decisions need it, its item locked. */
export async function lockVersion(context: VersionContext, versionId: string): Promise<LockedVersion> {
  const { tx } = context;
  const owner = await tx.itemVersion.findUnique({ where: { id: versionId }, select: { itemId: true } });
  if (!owner) throw notFound("The version");
  await lockItem(context, owner.itemId);
  const row = await tx.itemVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: {
      id: true,
      itemId: true,
      version: true,
      status: true,
      skill: true,
      anchor: true,
      authorId: true,
      key: true,
      item: { select: { slug: true } },
      reviews: { orderBy: { at: "desc" }, take: 1, select: { decision: true, at: true } },
    },
  });
  const openComments = await tx.itemComment.count({ where: { version: { itemId: row.itemId }, resolvedAt: null } });
  const { item, reviews, key, ...facts } = row;
  const [last] = reviews;
  return {
    ...facts,
    slug: item.slug,
    hasKey: key !== null,
    approved: isApproval(last?.decision),
    // After the one before, whichever of two reviewers' clocks was read first: the newest review decides.
    nextReviewAt: new Date(Math.max(context.now.getTime(), last ? last.at.getTime() + 1 : 0)),
    openComments,
  };
}

interface Moving {
  readonly id: string;
  readonly itemId: string;
  readonly status: ItemStatus;
}

interface MovedBy {
  readonly reason: string;
  /** Null where a rule moves it. */
  readonly byId: string | null;
}

/**
 * Moves a version through its life.
 *
 * @throws CONFLICT where the table or a rule refuses.
 */
export async function moveVersion(
  context: CommandContext,
  version: Moving & Pick<LockedVersion, "approved" | "anchor">,
  move: ItemMove,
  by: MovedBy,
): Promise<void> {
  const decision = decideMove(move, version);
  if (!decision.ok) throw conflict(decision.why);
  await moveVersions(context, [version], decision.to, by);
  context.audit({
    subjectType: "item_version",
    subjectId: version.id,
    detail: { from: version.status, to: decision.to },
  });
}

/**
 * Writes the new status of versions that may take it, whatever their number in the same few statements. One that comes into
 * use retires the one in use before it and is what forms draw on from then on.
 */
export async function moveVersions(
  context: VersionContext,
  versions: readonly Moving[],
  to: ItemStatus,
  by: MovedBy,
): Promise<void> {
  await setStatus(context, versions, to, by);
  const arriving = versions.filter(({ status }) => !isInUse(status));
  if (isInUse(to) && arriving.length > 0) await putIntoUse(context, arriving, by);
}

async function putIntoUse(
  context: VersionContext,
  versions: readonly { readonly id: string; readonly itemId: string }[],
  by: MovedBy,
): Promise<void> {
  const before = await context.tx.itemVersion.findMany({
    where: {
      itemId: { in: versions.map(({ itemId }) => itemId) },
      status: { in: [...statusesInUse] },
      id: { notIn: versions.map(({ id }) => id) },
    },
    select: { id: true, status: true, anchor: true },
  });
  // A draft may be older than the protection: written while the anchor was still in pretest.
  if (before.some(isProtectedAnchor)) throw conflict(protectedAnchor);
  await setStatus(context, before, "retired", by);
  await context.tx.$executeRaw`
    update item i set current_id = r.id
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as r(id uuid, "itemId" uuid) where i.id = r."itemId"`;
}

async function setStatus(
  { tx, ids, now }: VersionContext,
  versions: readonly Pick<Moving, "id" | "status">[],
  to: ItemStatus,
  { reason, byId }: MovedBy,
): Promise<void> {
  if (versions.length === 0) return;
  const rows = JSON.stringify(versions.map(({ id, status }) => ({ id, status, change: ids.uuid() })));
  const moved = await tx.$executeRaw`
    update item_version v set status = ${to}::item_status
    from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, status text) where v.id = r.id and v.status = r.status::item_status`;
  if (moved !== versions.length) throw conflict();
  // The reason stands in the version's history; free text stays out of the audit record.
  await tx.$executeRaw`
    insert into item_status_change (id, item_version_id, "from", "to", reason, by_id, at)
    select r.change, r.id, r.status::item_status, ${to}::item_status, ${reason}, ${byId}::uuid, ${now}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, status text, change uuid)`;
}

/**
 * Adds a version of an item, the first one with the item itself. The version is immutable from here on, its status apart.
 * A version in preparation before it gives way. `active` is for a bank that was reviewed before it came here.
 *
 * @throws INVALID where the key does not fit the interaction or a media file is not in the bank.
 */
export async function addItemVersion(
  context: VersionContext,
  input: { item: BankItem; status: "draft" | "active"; authorId: string | null; reason: string },
): Promise<{ itemId: string; versionId: string; version: number }> {
  const { tx, now, ids } = context;
  const { item } = input;
  const fields = { ...keyProblems(item), ...(await mediaProblems(tx, item)) };
  const [problem] = Object.entries(fields);
  if (problem) throw new AppError("INVALID", `${problem[0]}: ${problem[1]}`, { fields });
  const existing = await tx.item.findUnique({
    where: { slug: item.id },
    select: {
      id: true,
      skill: true,
      versions: { select: { id: true, version: true, status: true }, orderBy: { version: "desc" } },
    },
  });
  if (existing && existing.skill !== item.skill) throw invalid("skill", "cannot change between versions of one item");
  const itemId = existing?.id ?? ids.uuid();
  const version = (existing?.versions[0]?.version ?? 0) + 1;
  if (!existing) await tx.item.create({ data: { id: itemId, slug: item.id, skill: item.skill, createdAt: now } });
  const key = "key" in item ? item.key : null;
  const versionId = ids.uuid();
  await tx.itemVersion.create({
    data: {
      id: versionId,
      itemId,
      version,
      status: input.status,
      skill: item.skill,
      level: item.level,
      subSkill: item.subSkill,
      topic: item.topic,
      difficulty: item.difficulty,
      difficultyReason: item.difficultyReason ?? null,
      anchor: item.anchor,
      type: itemType(item),
      content: item.content,
      ...(key && { key }),
      rationale: item.rationale,
      fairness: item.fairness ?? null,
      ...(item.review && { review: JSON.parse(JSON.stringify(item.review)) }),
      hash: contentHash({ content: item.content, key, level: item.level, subSkill: item.subSkill }),
      searchText: searchTextOf(item),
      authorId: input.authorId,
      reason: input.reason,
      createdAt: now,
    },
  });
  const versions = existing?.versions ?? [];
  const given = { reason: `Version ${version} took its place`, byId: input.authorId };
  const giveWay = versions.filter(({ status }) => isInPreparation(status));
  await setStatus(context, giveWay, "retired", given);
  if (input.status === "active") {
    await putIntoUse(context, [{ id: versionId, itemId }], given);
    if (item.review) await signOnArrival(context, versionId, item.review);
  }
  // Until a version is in use, lists show the newest.
  else if (!versions.some(({ status }) => isInUse(status))) {
    await tx.item.update({ where: { id: itemId }, data: { currentId: versionId } });
  }
  return { itemId, versionId, version };
}

/** The signature that a bank's own files carry. */
async function signOnArrival({ tx, ids, now }: VersionContext, versionId: string, review: unknown): Promise<void> {
  await tx.itemReview.create({
    data: {
      id: ids.uuid(),
      versionId,
      reviewerId: null,
      decision: "approve",
      checklist: JSON.parse(JSON.stringify(review)),
      summary: "Reviewed before it came into this bank",
      at: now,
    },
  });
}

/** Files that are not there, and a recording that its item's transcript does not fit. */
async function mediaProblems(tx: Transaction, item: BankItem): Promise<Record<string, string>> {
  const named = mediaNames(item);
  if (named.length === 0) return {};
  const found = await tx.media.findMany({
    where: { name: { in: named.map(({ name }) => name) } },
    select: { name: true, durationSeconds: true },
  });
  const stored = new Map(found.map(({ name, durationSeconds }) => [name, durationSeconds]));
  const recording = item.skill === "listening" ? (stored.get(item.content.stimulus.media) ?? null) : null;
  return {
    ...transcriptFindings(item, recording).problems,
    ...Object.fromEntries(
      named
        .filter(({ name }) => !stored.has(name))
        .map(({ field, name }) => [field, `names ${name}, which is not among the bank's media`]),
    ),
  };
}
