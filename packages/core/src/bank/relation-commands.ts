import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { issueWords } from "../kernel/issue-words.ts";
import { requirePerson } from "../kernel/policy.ts";
import { decideEdit } from "./life-cycle-rules.ts";
import { enemyPair, stimulusOf } from "./relation-rules.ts";
import { type BankItem, bankItem, itemSlug, listeningStimulus, readingStimulus, reasonText } from "./schema.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";
import { addItemVersion, lockItem } from "./version-steps.ts";

/** Begins a set with its first item; the others join with the same text or recording. */
export const createItemSet = defineCommand({
  name: "createItemSet",
  permission: "item:write",
  input: z.object({ slug: itemSlug, title: z.string().trim().min(2).max(120), itemId: z.uuid() }),
  run: async (context, input) => {
    const { tx, ids, now } = context;
    await lockItem(context, input.itemId);
    const { item, setId } = await newestItem(context, input.itemId);
    if (setId) throw conflict("This item belongs to a set already.");
    if (!stimulusOf(item)) throw conflict("Only reading and listening items share a text.");
    if (await tx.itemSet.findUnique({ where: { slug: input.slug }, select: { id: true } })) {
      throw invalid("slug", `${input.slug} is taken`);
    }
    const id = ids.uuid();
    await tx.itemSet.create({
      data: { id, slug: input.slug, title: input.title, skill: item.skill, createdAt: now },
    });
    await tx.item.update({ where: { id: input.itemId }, data: { setId: id } });
    context.audit({ subjectType: "item_set", subjectId: id, detail: { itemId: input.itemId } });
    return { setId: id };
  },
});

/** Lets an item join a set whose text or recording it shares. */
export const addToItemSet = defineCommand({
  name: "addToItemSet",
  permission: "item:write",
  input: z.object({ setSlug: itemSlug, itemId: z.uuid() }),
  run: async (context, input) => {
    const set = await context.tx.itemSet.findUnique({
      where: { slug: input.setSlug },
      select: { id: true },
    });
    if (!set) throw invalid("setSlug", `there is no set ${input.setSlug}`);
    await lockSet(context, set.id);
    const mate = await context.tx.item.findFirst({ where: { setId: set.id }, select: { id: true } });
    for (const id of [input.itemId, ...(mate ? [mate.id] : [])].sort()) await lockItem(context, id);
    const joining = await newestItem(context, input.itemId);
    if (joining.setId) throw conflict("This item belongs to a set already.");
    if (mate) {
      const other = await newestItem(context, mate.id);
      if (contentHash(stimulusOf(other.item)) !== contentHash(stimulusOf(joining.item))) {
        throw conflict(`Its text differs from that of ${other.item.id}: items of a set share theirs word for word.`);
      }
    }
    await context.tx.item.update({ where: { id: input.itemId }, data: { setId: set.id } });
    context.audit({ subjectType: "item_set", subjectId: set.id, detail: { itemId: input.itemId } });
    return { setId: set.id };
  },
});

export const removeFromItemSet = defineCommand({
  name: "removeFromItemSet",
  permission: "item:write",
  input: z.object({ itemId: z.uuid() }),
  run: async (context, { itemId }) => {
    await lockItem(context, itemId);
    const { setId } = await context.tx.item.findUniqueOrThrow({ where: { id: itemId }, select: { setId: true } });
    if (!setId) throw conflict("This item belongs to no set.");
    await context.tx.item.update({ where: { id: itemId }, data: { setId: null } });
    context.audit({ subjectType: "item_set", subjectId: setId, detail: { itemId, left: true } });
    return { setId };
  },
});

/** Changes the shared text of every item of a set at once: a new draft of each, or of none. */
export const editSetStimulus = defineCommand({
  name: "editSetStimulus",
  permission: "item:write",
  input: z.object({
    setId: z.uuid(),
    /** The newest version of each member as the editor saw it. */
    basedOn: z.record(z.uuid(), z.number().int()),
    stimulus: z.union([readingStimulus, listeningStimulus]),
    reason: reasonText,
  }),
  run: async (context, input) => {
    await lockSet(context, input.setId);
    const members = await context.tx.item.findMany({
      where: { setId: input.setId, versions: { some: { status: { not: "retired" } } } },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    if (members.length === 0) throw notFound("The set");
    for (const { id } of members) {
      await lockItem(context, id);
      const { item, version, versions } = await newestItem(context, id);
      const decision = decideEdit(versions);
      if (!decision.ok) throw conflict(`${item.id}: ${decision.why}`);
      if (input.basedOn[id] !== version) throw conflict(`${item.id} has been changed meanwhile. Reload the set.`);
      const { review: _review, ...rest } = item;
      const changed = bankItem.safeParse(
        { ...rest, content: { ...item.content, stimulus: input.stimulus } },
        { error: issueWords },
      );
      if (!changed.success) {
        const [issue] = changed.error.issues;
        throw new AppError("INVALID", `${item.id}: ${issue?.path.join(".")}: ${issue?.message}`);
      }
      await addItemVersion(context, {
        item: changed.data,
        status: "draft",
        authorId: requirePerson(context.viewer).personId,
        reason: input.reason,
      });
    }
    context.audit({ subjectType: "item_set", subjectId: input.setId, detail: { items: members.map(({ id }) => id) } });
    return { items: members.length };
  },
});

/** Says that two items must never meet in one form: one gives the other's answer away, or both ask the same. */
export const declareEnemies = defineCommand({
  name: "declareEnemies",
  permission: "item:relate",
  input: z.object({ itemId: z.uuid(), otherSlug: itemSlug, reason: reasonText }),
  run: async (context, input) => {
    const { tx } = context;
    const [item, other] = await Promise.all([
      tx.item.findUnique({ where: { id: input.itemId }, select: { id: true } }),
      tx.item.findUnique({ where: { slug: input.otherSlug }, select: { id: true } }),
    ]);
    if (!item) throw notFound("The item");
    if (!other) throw invalid("otherSlug", `there is no item ${input.otherSlug}`);
    if (other.id === item.id) throw invalid("otherSlug", "is this item itself");
    const pair = enemyPair(item.id, other.id);
    if (await tx.itemEnemy.findUnique({ where: { lowerId_higherId: pair }, select: { reason: true } })) {
      throw conflict(`They are kept apart already.`);
    }
    await tx.itemEnemy.create({
      data: { ...pair, reason: input.reason, byId: requirePerson(context.viewer).personId, createdAt: context.now },
    });
    context.audit({ subjectType: "item", subjectId: item.id, detail: { enemy: other.id } });
    return { itemId: item.id };
  },
});

export const reconcileEnemies = defineCommand({
  name: "reconcileEnemies",
  permission: "item:relate",
  input: z.object({ itemId: z.uuid(), otherId: z.uuid() }),
  run: async (context, { itemId, otherId }) => {
    const gone = await context.tx.itemEnemy.deleteMany({ where: enemyPair(itemId, otherId) });
    if (gone.count === 0) throw conflict("They are not kept apart.");
    context.audit({ subjectType: "item", subjectId: itemId, detail: { enemy: otherId, reconciled: true } });
    return { itemId };
  },
});

/** Before its items: nobody joins while the text of all is being changed. */
async function lockSet({ tx }: Pick<CommandContext, "tx">, setId: string): Promise<void> {
  await tx.$queryRaw`select 1 from item_set where id = ${setId}::uuid for no key update`;
}

/** The item as its newest version that is not retired has it. */
async function newestItem({ tx }: Pick<CommandContext, "tx">, itemId: string) {
  const row = await tx.item.findUnique({
    where: { id: itemId },
    select: {
      slug: true,
      setId: true,
      versions: { orderBy: { version: "desc" }, select: { ...storedItemColumns, version: true, status: true } },
    },
  });
  if (!row) throw notFound("The item");
  const newest = row.versions.find(({ status }) => status !== "retired");
  if (!newest) throw conflict(`${row.slug} is retired.`);
  const item: BankItem = storedItem(row.slug, newest);
  return { item, version: row.versions[0]?.version ?? newest.version, setId: row.setId, versions: row.versions };
}
