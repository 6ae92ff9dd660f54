import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { requirePerson, type Viewer } from "../kernel/policy.ts";
import { canMoveItem, type ItemStatus, mediaProblem } from "./rules.ts";
import { bankItem, mediaUpload } from "./schema.ts";
import { addItemVersion, rebuildExposure } from "./steps.ts";

const reason = z.string().trim().min(3, "say why, in three letters at least").max(500);

export const createItem = defineCommand({
  name: "createItem",
  permission: "item:write",
  input: z.object({ item: bankItem, reason }),
  run: async (context, { item, reason: why }) => {
    const taken = await context.tx.item.findUnique({ where: { slug: item.id }, select: { id: true } });
    if (taken) throw invalid("item.id", `${item.id} is taken`);
    const added = await addItemVersion(context, {
      item,
      status: "draft",
      authorId: authorOf(context.viewer),
      reason: why,
    });
    context.audit({ subjectType: "item", subjectId: added.itemId, detail: { versionId: added.versionId, version: 1 } });
    return added;
  },
});

/** Saves a change as a new draft version. The version in use stays in use until the new one is activated. */
export const editItem = defineCommand({
  name: "editItem",
  permission: "item:write",
  input: z.object({ itemId: z.uuid(), basedOnVersion: z.number().int(), item: bankItem, reason }),
  run: async (context, input) => {
    await lockItem(context, input.itemId);
    const row = await context.tx.item.findUnique({
      where: { id: input.itemId },
      select: { slug: true, versions: { select: { version: true, status: true }, orderBy: { version: "desc" } } },
    });
    if (!row) throw notFound("The item");
    if (row.versions.every((version) => version.status === "retired")) {
      throw conflict("This item is retired for good. Write a new item instead; what you typed is still here.");
    }
    if (row.slug !== input.item.id) throw invalid("item.id", "cannot change: it names the item over all its versions");
    if (row.versions[0]?.version !== input.basedOnVersion) {
      throw conflict(
        "Someone saved a newer version of this item. Reload it before you change it; what you typed is still here.",
      );
    }
    const added = await addItemVersion(context, {
      item: input.item,
      status: "draft",
      authorId: authorOf(context.viewer),
      reason: input.reason,
    });
    context.audit({
      subjectType: "item",
      subjectId: input.itemId,
      detail: { versionId: added.versionId, version: added.version },
    });
    return added;
  },
});

/** Puts a version into use: forms draw on it from now on, and the version in use before is retired. */
export const activateItemVersion = defineCommand({
  name: "activateItemVersion",
  permission: "item:retire",
  input: z.object({ versionId: z.uuid(), reason }),
  run: async (context, input) => {
    const version = await moveVersion(context, input.versionId, "active", input.reason);
    const replaced = await context.tx.itemVersion.findMany({
      where: { itemId: version.itemId, status: { in: ["active", "resting", "pretest"] }, id: { not: input.versionId } },
      select: { id: true },
    });
    for (const { id } of replaced) await moveVersion(context, id, "retired", input.reason);
    await context.tx.item.update({ where: { id: version.itemId }, data: { currentId: input.versionId } });
    return { itemId: version.itemId };
  },
});

/** Takes an item out of use for good, drafts of it too. Forms that hold it already keep it. */
export const retireItem = defineCommand({
  name: "retireItem",
  permission: "item:retire",
  input: z.object({ itemId: z.uuid(), reason }),
  run: async (context, input) => {
    await lockItem(context, input.itemId);
    const item = await context.tx.item.findUnique({
      where: { id: input.itemId },
      select: {
        versions: { where: { status: { not: "retired" } }, select: { id: true }, orderBy: { version: "asc" } },
      },
    });
    if (!item) throw notFound("The item");
    if (item.versions.length === 0) throw conflict("This item is retired already.");
    for (const { id } of item.versions) await moveVersion(context, id, "retired", input.reason);
    return { itemId: input.itemId };
  },
});

/** Stores an audio file or picture under a name that is never used again for other content. */
export const uploadMedia = defineCommand({
  name: "uploadMedia",
  permission: "item:write",
  input: mediaUpload,
  run: async (context, input) => {
    const problem = mediaProblem(input.content, input.mimeType);
    if (problem) throw invalid("content", problem);
    const hash = sha256(input.content);
    const existing = await context.tx.media.findUnique({
      where: { name: input.name },
      select: { id: true, sha256: true },
    });
    if (existing && existing.sha256 !== hash) throw invalid("name", `${input.name} already names another file`);
    if (existing) {
      context.audit({ subjectType: "media", subjectId: existing.id, detail: { sha256: hash, unchanged: true } });
      return { name: input.name };
    }
    const id = context.ids.uuid();
    const storageKey = `bank/${hash}`;
    await context.storage.put(storageKey, input.content);
    await context.tx.media.create({
      data: {
        id,
        name: input.name,
        sha256: hash,
        mimeType: input.mimeType,
        bytes: input.content.byteLength,
        durationSeconds: input.durationSeconds ?? null,
        storageKey,
        createdAt: context.now,
      },
    });
    context.audit({ subjectType: "media", subjectId: id, detail: { sha256: hash } });
    return { name: input.name };
  },
});

export const rebuildExposureCounts = defineCommand({
  name: "rebuildExposureCounts",
  permission: "bank:maintain",
  input: z.object({}),
  run: async (context) => {
    const disagreed = await rebuildExposure(context.tx);
    context.audit({ subjectType: "bank", subjectId: "exposure", detail: { disagreed } });
    return { disagreed };
  },
});

function authorOf(viewer: Viewer): string {
  return requirePerson(viewer).personId;
}

/** One change of an item at a time: without it a second edit could read the versions before and number its own after the first. */
async function lockItem(context: CommandContext, itemId: string): Promise<void> {
  await context.tx.$queryRaw`select id from item where id = ${itemId}::uuid for update`;
}

async function moveVersion(
  context: CommandContext,
  versionId: string,
  to: ItemStatus,
  why: string,
): Promise<{ itemId: string }> {
  const version = await context.tx.itemVersion.findUnique({
    where: { id: versionId },
    select: { itemId: true, status: true },
  });
  if (!version) throw notFound("The version");
  if (!canMoveItem(version.status, to)) {
    throw new AppError(
      "CONFLICT",
      `A version that is ${version.status.replace("_", " ")} cannot become ${to.replace("_", " ")}.`,
    );
  }
  const moved = await context.tx.itemVersion.updateMany({
    where: { id: versionId, status: version.status },
    data: { status: to },
  });
  if (moved.count === 0) throw conflict();
  // The reason stands in the version's history; free text stays out of the audit record.
  await context.tx.itemStatusChange.create({
    data: {
      id: context.ids.uuid(),
      itemVersionId: versionId,
      from: version.status,
      to,
      reason: why,
      byId: requirePerson(context.viewer).personId,
      at: context.now,
    },
  });
  context.audit({ subjectType: "item_version", subjectId: versionId, detail: { from: version.status, to } });
  return { itemId: version.itemId };
}
