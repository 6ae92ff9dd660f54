import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { type ItemMove, isProtectedAnchor, itemMoves } from "./life-cycle-rules.ts";
import { rewriteMetadata } from "./metadata-steps.ts";
import { reasonText } from "./schema.ts";
import { lockItem, lockVersion, moveVersion } from "./version-steps.ts";

const versionInput = z.object({ versionId: z.uuid(), reason: reasonText });

/** Each move of the table is a command of its own, because each has its own permission. */
const moveCommand = (name: string, move: ItemMove) =>
  defineCommand({
    name,
    permission: itemMoves[move].permission,
    input: versionInput,
    run: async (context, { versionId, reason }) => {
      const version = await lockVersion(context, versionId);
      await moveVersion(context, version, move, { reason, byId: requirePerson(context.viewer).personId });
      return { itemId: version.itemId };
    },
  });

/** Puts a draft before a second person. */
export const submitForReview = moveCommand("submitForReview", "submit");
/** Takes a version back from review: it is a draft again. */
export const withdrawFromReview = moveCommand("withdrawFromReview", "withdraw");
/** Gives up a draft; a version in use stays as it is. */
export const discardDraft = moveCommand("discardDraft", "discard");
/** Tries an approved version out: delivered in pretest slots, never scored. */
export const beginPretest = moveCommand("beginPretest", "pretest");
/** Puts an approved version into use: forms draw on it from now on, and the version in use before is retired. */
export const activateItemVersion = moveCommand("activateItemVersion", "activate");
/** No new form holds it until it is woken. */
export const restItem = moveCommand("restItem", "rest");
export const wakeItem = moveCommand("wakeItem", "wake");

/** Takes an item out of use for good, drafts of it too. Forms that hold it already keep it. */
export const retireItem = defineCommand({
  name: "retireItem",
  permission: "item:release",
  input: z.object({ itemId: z.uuid(), reason: reasonText }),
  run: async (context, { itemId, reason }) => {
    await lockItem(context, itemId);
    const versions = await liveVersions(context, itemId);
    if (versions.length === 0) throw conflict("This item is retired already.");
    const by = { reason, byId: requirePerson(context.viewer).personId };
    for (const { id } of versions) await moveVersion(context, await lockVersion(context, id), "retire", by);
    return { itemId };
  },
});

/** Ends an anchor's protection: the same words in a new version that is no anchor, in use at once. */
export const takeOutOfAnchorPool = defineCommand({
  name: "takeOutOfAnchorPool",
  permission: "item:release",
  input: z.object({ itemId: z.uuid(), reason: reasonText }),
  run: async (context, { itemId, reason }) => {
    await lockItem(context, itemId);
    const versions = await liveVersions(context, itemId);
    const anchor = versions.find(isProtectedAnchor);
    if (!anchor) throw conflict("This item is not an anchor in use.");
    if (versions.length > 1) throw conflict("A newer version of this item waits. Put it into use or give it up first.");
    await rewriteMetadata(context, [{ versionId: anchor.id, change: { anchor: false } }], {
      authorId: requirePerson(context.viewer).personId,
      reason,
    });
    context.audit({ subjectType: "item", subjectId: itemId, detail: { from: anchor.id } });
    return { itemId };
  },
});

async function liveVersions(context: CommandContext, itemId: string) {
  const versions = await context.tx.itemVersion.findMany({
    where: { itemId, status: { not: "retired" } },
    select: { id: true, status: true, anchor: true },
    orderBy: { version: "asc" },
  });
  if (versions.length === 0 && !(await context.tx.item.findUnique({ where: { id: itemId }, select: { id: true } }))) {
    throw notFound("The item");
  }
  return versions;
}
