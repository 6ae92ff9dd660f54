import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { createSmallBank, readingItem } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { applyBulkEdit, undoBulkEdit } from "./bulk-commands.ts";
import { listBulkEdits, previewBulkEdit } from "./bulk-queries.ts";
import { createItem, editItem } from "./commands.ts";
import { activateItemVersion, submitForReview } from "./life-cycle-commands.ts";
import { listItems, listSavedViews } from "./list-queries.ts";
import { getItem } from "./queries.ts";
import { approveVersion } from "./review-commands.ts";
import { reviewChecklist } from "./review-rules.ts";
import { deleteView, renameView, saveView } from "./view-commands.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: Context;
let writer: Context;
let reviewer: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 3);
  const enter = async (role: "admin" | "item_writer" | "item_reviewer") =>
    services.as((await createPerson(services.db, [role])).viewer);
  admin = await enter("admin");
  writer = await enter("item_writer");
  reviewer = await enter("item_reviewer");
});

const draft = (id: string, changes: Parameters<typeof readingItem>[1] = {}) =>
  createItem(writer, { item: readingItem(id, changes), reason: "First" });

async function active(id: string, changes: Parameters<typeof readingItem>[1] = {}) {
  const made = await draft(id, changes);
  await submitForReview(writer, { versionId: made.versionId, reason: "Ready" });
  services.advance(1);
  const review = {
    checklist: [...reviewChecklist({ skill: "reading" })],
    solvedWithStimulus: "a",
    solvedWithoutStimulus: "chance" as const,
  };
  await approveVersion(reviewer, { versionId: made.versionId, review });
  await activateItemVersion(admin, { versionId: made.versionId, reason: "Into use" });
  return made;
}

const science = { kind: "metadata", set: { topic: "science" } } as const;

describe("a bulk edit of metadata", () => {
  test("changes what it can as new versions in the same place, and names what it cannot with the reason", async () => {
    const used = await active("r-b1-60");
    const anchor = await active("r-b1-61", { anchor: true });
    const own = await draft("r-b1-62");
    const reviewing = await draft("r-b1-63");
    await submitForReview(writer, { versionId: reviewing.versionId, reason: "Ready" });
    const already = await draft("r-b1-64", { topic: "science" });
    const itemIds = [used, anchor, own, reviewing, already].map(({ itemId }) => itemId);
    const preview = await previewBulkEdit(admin, { selection: { itemIds }, change: science });
    expect(preview).toMatchObject({ total: 5, changed: 2, tooMany: false, undoable: true });
    expect(preview.refused.map(({ why, examples }) => [examples, why])).toEqual([
      [["r-b1-61"], expect.stringContaining("anchor")],
      [["r-b1-63"], "It is in review."],
      [["r-b1-64"], "It is so already."],
    ]);
    // A preview moves nothing.
    expect((await getItem(admin, { itemId: used.itemId })).latestVersion).toBe(1);
    // A writer may change drafts alone.
    expect(await previewBulkEdit(writer, { selection: { itemIds }, change: science })).toMatchObject({ changed: 1 });

    services.advance(1);
    const receipt = await applyBulkEdit(admin, { selection: { itemIds }, change: science, reason: "Better topic" });
    expect(receipt).toMatchObject({ changed: 2 });
    const after = await getItem(admin, { itemId: used.itemId });
    expect(after.shown).toMatchObject({ version: 2, status: "active", approved: true, item: { topic: "science" } });
    expect(after.history).toMatchObject([{ reason: "Better topic" }, { status: "retired" }]);
    expect((await getItem(admin, { itemId: own.itemId })).shown).toMatchObject({ version: 2, status: "draft" });
    expect((await getItem(admin, { itemId: anchor.itemId })).latestVersion).toBe(1);

    // One of the two goes on: undoing leaves it alone and says so.
    await editItem(writer, { itemId: own.itemId, basedOnVersion: 2, item: readingItem("r-b1-62"), reason: "Goes on" });
    services.advance(1);
    const undone = await undoBulkEdit(admin, { bulkEditId: receipt.bulkEditId });
    expect(undone).toMatchObject({ changed: 1, refused: [{ slug: "r-b1-62", why: "A later version exists." }] });
    expect((await getItem(admin, { itemId: used.itemId })).shown).toMatchObject({
      version: 3,
      status: "active",
      approved: true,
      item: { topic: "sport" },
    });
    await expect(undoBulkEdit(admin, { bulkEditId: receipt.bulkEditId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await listBulkEdits(admin, {})).rows[0]).toMatchObject({
      items: 2,
      undoable: false,
      reason: "Better topic",
    });
  });

  test("on a draft that has come into use since is an admin's to take back, and not at all on an anchor in use", async () => {
    const change = { kind: "metadata", set: { topic: "science" } } as const;
    const edited = async (slug: string, anchor: boolean) => {
      const { itemId } = await draft(slug, { anchor });
      services.advance(1);
      const { bulkEditId } = await applyBulkEdit(writer, {
        selection: { itemIds: [itemId] },
        change,
        reason: "Better",
      });
      const { id: versionId } = await services.db.itemVersion.findFirstOrThrow({ where: { itemId, version: 2 } });
      await submitForReview(writer, { versionId, reason: "Ready" });
      services.advance(1);
      const review = {
        checklist: [...reviewChecklist({ skill: "reading" })],
        solvedWithStimulus: "a",
        solvedWithoutStimulus: "chance" as const,
      };
      await approveVersion(reviewer, { versionId, review });
      await activateItemVersion(admin, { versionId, reason: "Into use" });
      return { itemId, bulkEditId };
    };
    const plain = await edited("r-b1-58", false);
    const anchor = await edited("r-b1-59", true);
    services.advance(1);
    for (const { bulkEditId } of [plain, anchor]) {
      await expect(undoBulkEdit(writer, { bulkEditId })).rejects.toMatchObject({ code: "CONFLICT" });
    }
    await expect(undoBulkEdit(admin, { bulkEditId: anchor.bulkEditId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await undoBulkEdit(admin, { bulkEditId: plain.bulkEditId })).toMatchObject({ changed: 1 });
    expect((await getItem(admin, { itemId: anchor.itemId })).latestVersion).toBe(2);
  });

  test("over everything a filter finds; a new sub-skill changes the hash, and undoing brings the old one back", async () => {
    const filter = { skill: "listening", level: "C1" } as const;
    const before = await services.db.itemVersion.findMany({
      where: { skill: "listening", level: "C1" },
      orderBy: { itemId: "asc" },
      select: { hash: true },
    });
    const change = { kind: "metadata", set: { subSkill: "function" } } as const;
    const { bulkEditId } = await applyBulkEdit(admin, {
      selection: { filter: { ...filter, anchor: "no" } },
      change,
      reason: "Looked at again",
    });
    const current = () =>
      services.db.itemVersion.findMany({
        where: { skill: "listening", level: "C1", status: "active" },
        orderBy: { itemId: "asc" },
        select: { hash: true, subSkill: true, anchor: true },
      });
    const changed = (await current()).filter(({ anchor }) => !anchor);
    expect(changed.every(({ subSkill }) => subSkill === "function")).toBe(true);
    expect(changed.some(({ hash }) => before.some((old) => old.hash === hash))).toBe(false);
    await undoBulkEdit(admin, { bulkEditId });
    expect((await current()).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    await expect(
      applyBulkEdit(admin, {
        selection: { filter: { skill: "reading" } },
        change,
        reason: "No such sub-skill",
      }),
    ).rejects.toMatchObject({ userMessage: "Nothing would change." });
  });

  test("takes anchors out of the pool and nothing else of them", async () => {
    const { itemId } = await active("r-b1-65", { anchor: true });
    const set = { anchor: false, topic: "food" as const };
    expect(
      await previewBulkEdit(admin, { selection: { itemIds: [itemId] }, change: { kind: "metadata", set } }),
    ).toMatchObject({ changed: 0 });
    await applyBulkEdit(admin, {
      selection: { itemIds: [itemId] },
      change: { kind: "metadata", set: { anchor: false } },
      reason: "Leaked",
    });
    expect((await getItem(admin, { itemId })).shown.item.anchor).toBe(false);
  });
});

describe("a bulk move", () => {
  test("goes where the table lets it, by who may, and back", async () => {
    const one = await active("r-b1-66");
    const two = await draft("r-b1-67");
    const selection = { itemIds: [one.itemId, two.itemId] };
    const rest = { kind: "move", move: "rest" } as const;
    expect(await previewBulkEdit(writer, { selection, change: rest })).toMatchObject({ changed: 0 });
    const { bulkEditId, refused } = await applyBulkEdit(admin, { selection, change: rest, reason: "Seen often" });
    expect(refused).toMatchObject([{ slug: "r-b1-67" }]);
    expect((await getItem(admin, { itemId: one.itemId })).shown.status).toBe("resting");
    await undoBulkEdit(admin, { bulkEditId });
    const { shown, history } = await getItem(admin, { itemId: one.itemId });
    expect(shown.status).toBe("active");
    expect(history[0]?.changes.at(-1)).toMatchObject({ from: "resting", reason: "Bulk edit taken back" });
    const submit = { kind: "move", move: "submit" } as const;
    await applyBulkEdit(writer, { selection: { itemIds: [two.itemId] }, change: submit, reason: "Ready" });
    expect((await getItem(writer, { itemId: two.itemId })).shown.status).toBe("in_review");
    const activate = { kind: "move", move: "activate" } as const;
    expect(await previewBulkEdit(admin, { selection: { itemIds: [two.itemId] }, change: activate })).toMatchObject({
      changed: 0,
      undoable: false,
      refused: [{ why: expect.stringContaining("second person") }],
    });
  });
});

describe("the list", () => {
  test("follows every change by itself and agrees with what it sums up", async () => {
    const differing = await services.db.$queryRaw<unknown[]>`
      select l.slug from item_listing l join item i on i.id = l.item_id join item_version v on v.id = i.current_id
      where (l.slug, l.status, l.version, l.level, l.sub_skill, l.topic, l.difficulty, l.anchor, l.author_id)
            is distinct from (i.slug, v.status, v.version, v.level, v.sub_skill, v.topic, v.difficulty, v.anchor, v.author_id)`;
    expect(differing).toEqual([]);
    expect(await services.db.itemListing.count()).toBe(await services.db.item.count());
  });

  test("is narrowed by author, reviewer, day of the last change and exposure", async () => {
    const { viewer } = reviewer;
    if (viewer.kind !== "person") throw new Error("a reviewer is a person");
    const signed = await listItems(writer, { reviewer: viewer.personId, pageSize: 100 });
    expect(signed.rows.map(({ slug }) => slug)).toContain("r-b1-66");
    expect(signed.rows.map(({ slug }) => slug)).not.toContain("r-b1-67");
    expect((await listItems(writer, { changedAfter: "2026-03-02", changedBefore: "2026-03-02" })).total).toBe(
      await services.db.item.count(),
    );
    expect((await listItems(writer, { changedBefore: "2026-03-01" })).total).toBe(0);
    expect((await listItems(writer, { minExposure: 1 })).total).toBe(0);
  });
});

describe("saved views", () => {
  test("are one's own: kept, replaced under the same name, renamed, deleted", async () => {
    const { viewId } = await saveView(writer, { name: "Mine", query: { skill: "reading" } });
    await saveView(writer, { name: "Mine", query: { skill: "listening" } });
    expect(await listSavedViews(writer, {})).toEqual([{ id: viewId, name: "Mine", query: { skill: "listening" } }]);
    expect(await listSavedViews(admin, {})).toEqual([]);
    await expect(deleteView(admin, { viewId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(renameView(admin, { viewId, name: "Theirs" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await saveView(writer, { name: "Other", query: {} });
    await expect(renameView(writer, { viewId, name: "Other" })).rejects.toMatchObject({ code: "INVALID" });
    await renameView(writer, { viewId, name: "Listening" });
    await deleteView(writer, { viewId });
    expect((await listSavedViews(writer, {})).map(({ name }) => name)).toEqual(["Other"]);
  });
});
