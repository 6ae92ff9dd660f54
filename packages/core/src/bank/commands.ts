import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict, invalid, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { decideEdit } from "./life-cycle-rules.ts";
import { rollUpListing } from "./listing-steps.ts";
import { type BankItem, bankItem, reasonText } from "./schema.ts";
import { requireSharedText } from "./set-steps.ts";
import { rebuildExposure } from "./steps.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";
import { addItemVersion, lockItem } from "./version-steps.ts";

export const createItem = defineCommand({
  name: "createItem",
  permission: "item:write",
  input: z.object({ item: bankItem, reason: reasonText }),
  run: async (context, { item, reason }) => {
    const taken = await context.tx.item.findUnique({ where: { slug: item.id }, select: { id: true } });
    if (taken) throw invalid("item.id", `${item.id} is taken`);
    const added = await addItemVersion(context, {
      item: unsigned(item),
      status: "draft",
      authorId: requirePerson(context.viewer).personId,
      reason,
    });
    context.audit({ subjectType: "item", subjectId: added.itemId, detail: { versionId: added.versionId, version: 1 } });
    return added;
  },
});

/** Saves a change as a new draft version. The version in use stays in use until the new one takes its place. */
export const editItem = defineCommand({
  name: "editItem",
  permission: "item:write",
  input: z.object({ itemId: z.uuid(), basedOnVersion: z.number().int(), item: bankItem, reason: reasonText }),
  run: async (context, input) => {
    await lockItem(context, input.itemId);
    const row = await context.tx.item.findUnique({
      where: { id: input.itemId },
      select: {
        slug: true,
        versions: { select: { id: true, version: true, status: true, anchor: true }, orderBy: { version: "desc" } },
      },
    });
    if (!row) throw notFound("The item");
    const decision = decideEdit(row.versions);
    if (!decision.ok) throw conflict(decision.why);
    if (row.slug !== input.item.id) throw invalid("item.id", "cannot change: it names the item over all its versions");
    const [newest] = row.versions;
    if (newest?.version !== input.basedOnVersion) {
      throw conflict(
        "Someone saved a newer version of this item. Reload it before you change it; what you typed is still here.",
      );
    }
    const item = unsigned(input.item);
    const stored = await context.tx.itemVersion.findUniqueOrThrow({
      where: { id: newest.id },
      select: storedItemColumns,
    });
    if (contentHash(unsigned(storedItem(row.slug, stored))) === contentHash(item)) {
      throw conflict(`Nothing differs from version ${newest.version}.`);
    }
    await requireSharedText(context.tx, input.itemId, item);
    const added = await addItemVersion(context, {
      item,
      status: "draft",
      authorId: requirePerson(context.viewer).personId,
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

/** A signature belongs to the version that was read: a changed one starts without. */
function unsigned(item: BankItem): BankItem {
  const { review: _review, ...rest } = item;
  return rest;
}

export const rebuildExposureCounts = defineCommand({
  name: "rebuildExposureCounts",
  permission: "bank:maintain",
  input: z.object({}),
  run: async (context) => {
    const disagreed = await rebuildExposure(context.tx);
    await rollUpListing(context.tx, null);
    context.audit({ subjectType: "bank", subjectId: "exposure", detail: { disagreed } });
    return { disagreed };
  },
});

/** A worker that was away this long leaves the rest to the next whole rebuilding. */
const rolledUpSeconds = 86_400;

/** Brings the exposure that lists sort by up to the ledger's. */
export const rollUpListedExposure = defineCommand({
  name: "rollUpListedExposure",
  permission: "bank:maintain",
  input: z.object({}),
  // Nothing is decided by it, and it can be worked out again.
  audit: "ledger",
  run: async ({ tx, now }) => ({ changed: await rollUpListing(tx, new Date(now.getTime() - rolledUpSeconds * 1000)) }),
});
