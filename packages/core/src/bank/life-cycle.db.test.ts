import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import type { AppError } from "../kernel/errors.ts";
import { createSmallBank, readingItem } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createItem, editItem } from "./commands.ts";
import {
  activateItemVersion,
  beginPretest,
  discardDraft,
  restItem,
  retireItem,
  submitForReview,
  takeOutOfAnchorPool,
  wakeItem,
  withdrawFromReview,
} from "./life-cycle-commands.ts";
import { listItems } from "./list-queries.ts";
import { getItem } from "./queries.ts";
import {
  addToItemSet,
  createItemSet,
  declareEnemies,
  editSetStimulus,
  reconcileEnemies,
  removeFromItemSet,
} from "./relation-commands.ts";
import { addComment, approveVersion, resolveComment, returnVersion } from "./review-commands.ts";
import { listReviewQueue } from "./review-queries.ts";
import { reviewChecklist } from "./review-rules.ts";
import type { BankItem } from "./schema.ts";
import { addItemVersion } from "./version-steps.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: Context;
let writer: Context;
let reviewer: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 1);
  const enter = async (role: "admin" | "item_writer" | "item_reviewer", name: string) =>
    services.as((await createPerson(services.db, [role], name)).viewer);
  admin = await enter("admin", "Ada Admin");
  writer = await enter("item_writer", "Wanda Writer");
  reviewer = await enter("item_reviewer", "Rita Reviewer");
});

const signed = (skill: BankItem["skill"] = "reading") => ({
  checklist: [...reviewChecklist({ skill })],
  solvedWithStimulus: "a",
  solvedWithoutStimulus: "chance" as const,
});

const write = (id: string, changes: Parameters<typeof readingItem>[1] = {}) =>
  createItem(writer, { item: readingItem(id, changes), reason: "First" });

async function approved(id: string, changes: Parameters<typeof readingItem>[1] = {}) {
  const made = await write(id, changes);
  await submitForReview(writer, { versionId: made.versionId, reason: "Ready" });
  services.advance(60);
  await approveVersion(reviewer, { versionId: made.versionId, review: signed(), summary: "Good" });
  return made;
}

async function active(id: string, changes: Parameters<typeof readingItem>[1] = {}) {
  const made = await approved(id, changes);
  await activateItemVersion(admin, { versionId: made.versionId, reason: "Into use" });
  return made;
}

describe("from draft to retirement", () => {
  test("a draft comes into use only through a second person's signature, and each step says who and why", async () => {
    const { itemId, versionId } = await write("r-b1-81");
    await expect(activateItemVersion(admin, { versionId, reason: "At once" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await submitForReview(writer, { versionId, reason: "Ready to be read" });
    await expect(activateItemVersion(admin, { versionId, reason: "Unread" })).rejects.toMatchObject({
      userMessage: expect.stringContaining("second person"),
    });
    await approveVersion(reviewer, { versionId, review: signed(), summary: "Sound" });
    await beginPretest(admin, { versionId, reason: "Try it out" });
    await activateItemVersion(admin, { versionId, reason: "Figures are good" });
    await restItem(admin, { versionId, reason: "Seen too often" });
    await wakeItem(admin, { versionId, reason: "Rested" });
    await retireItem(admin, { itemId, reason: "Leaked" });
    const { history, shown } = await getItem(writer, { itemId });
    expect(history[0]?.changes.map(({ to, by }) => [to, by])).toEqual([
      ["in_review", "Wanda Writer"],
      ["pretest", "Ada Admin"],
      ["active", "Ada Admin"],
      ["resting", "Ada Admin"],
      ["active", "Ada Admin"],
      ["retired", "Ada Admin"],
    ]);
    expect(shown.item.review).toMatchObject({ solvedWithoutStimulus: "chance" });
    await expect(retireItem(admin, { itemId, reason: "Twice" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(
      editItem(writer, { itemId, basedOnVersion: 1, item: readingItem("r-b1-81"), reason: "Revive" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("writers submit and withdraw, reviewers sign, admins put into use: nobody does another's part", async () => {
    const { versionId } = await write("r-b1-82");
    await expect(submitForReview(reviewer, { versionId, reason: "Not mine" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await submitForReview(writer, { versionId, reason: "Ready" });
    await expect(approveVersion(writer, { versionId, review: signed() })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await withdrawFromReview(writer, { versionId, reason: "A slip" });
    await expect(approveVersion(reviewer, { versionId, review: signed() })).rejects.toMatchObject({ code: "CONFLICT" });
    await submitForReview(writer, { versionId, reason: "Ready now" });
    await approveVersion(reviewer, { versionId, review: signed() });
    for (const someone of [writer, reviewer]) {
      await expect(activateItemVersion(someone, { versionId, reason: "Into use" })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
  });

  test("an admin may review, but not what the admin wrote", async () => {
    const own = await createItem(admin, { item: readingItem("r-b1-83"), reason: "By an admin" });
    await submitForReview(admin, { versionId: own.versionId, reason: "Ready" });
    await expect(approveVersion(admin, { versionId: own.versionId, review: signed() })).rejects.toMatchObject({
      userMessage: expect.stringContaining("You wrote this version"),
    });
    expect((await getItem(admin, { itemId: own.itemId })).may.review).toBe(false);
    const others = await write("r-b1-84");
    await submitForReview(writer, { versionId: others.versionId, reason: "Ready" });
    expect((await getItem(admin, { itemId: others.itemId })).may.review).toBe(true);
    await approveVersion(admin, { versionId: others.versionId, review: signed() });
  });

  test("an approval holds for the version that was read and for no later one", async () => {
    const { itemId } = await approved("r-b1-85");
    await expect(
      editItem(writer, { itemId, basedOnVersion: 1, item: readingItem("r-b1-85"), reason: "While in review" }),
    ).rejects.toMatchObject({ userMessage: expect.stringContaining("in review") });
    const { shown } = await getItem(writer, { itemId });
    await withdrawFromReview(writer, { versionId: shown.id, reason: "One more change" });
    await expect(
      editItem(writer, { itemId, basedOnVersion: 1, item: shown.item, reason: "Nothing" }),
    ).rejects.toMatchObject({ userMessage: "Nothing differs from version 1." });
    const second = await editItem(writer, {
      itemId,
      basedOnVersion: 1,
      item: { ...shown.item, difficulty: 0.7 },
      reason: "Harder",
    });
    await submitForReview(writer, { versionId: second.versionId, reason: "Again" });
    await expect(activateItemVersion(admin, { versionId: second.versionId, reason: "Into use" })).rejects.toMatchObject(
      {
        code: "CONFLICT",
      },
    );
    const stored = await getItem(writer, { itemId });
    // The draft gave way to the newer one, and the old signature did not travel.
    expect(stored.history.map(({ version, status }) => [version, status])).toEqual([
      [2, "in_review"],
      [1, "retired"],
    ]);
    expect(stored.shown).toMatchObject({ version: 2, approved: false });
    expect(stored.shown.item.review).toBeUndefined();
  });

  test("a version that comes into use retires the one before; until then forms and lists keep the old one", async () => {
    const { itemId } = await active("r-b1-86");
    const second = await editItem(writer, {
      itemId,
      basedOnVersion: 1,
      item: readingItem("r-b1-86", { topic: "arts" }),
      reason: "Harder",
    });
    expect((await getItem(writer, { itemId })).shown).toMatchObject({ version: 1, status: "active" });
    expect((await listItems(writer, { search: "r-b1-86", waiting: "yes" })).rows).toMatchObject([
      { version: 1, waitingVersion: 2 },
    ]);
    await submitForReview(writer, { versionId: second.versionId, reason: "Ready" });
    await approveVersion(reviewer, { versionId: second.versionId, review: signed() });
    await activateItemVersion(admin, { versionId: second.versionId, reason: "Better topic" });
    const { shown, history } = await getItem(writer, { itemId });
    expect(shown).toMatchObject({ version: 2, status: "active" });
    expect(history[1]?.changes.at(-1)).toMatchObject({ to: "retired", reason: "Better topic", by: "Ada Admin" });
  });

  test("a draft can be given up; the version in use stays", async () => {
    const { itemId } = await active("r-b1-87");
    const second = await editItem(writer, {
      itemId,
      basedOnVersion: 1,
      item: readingItem("r-b1-87", { topic: "arts" }),
      reason: "Perhaps",
    });
    await discardDraft(writer, { versionId: second.versionId, reason: "Rather not" });
    expect((await getItem(writer, { itemId })).history.map(({ status }) => status)).toEqual(["retired", "active"]);
  });
});

describe("comments", () => {
  test("stand by their field until somebody settles them, and hold approval up", async () => {
    const { itemId, versionId } = await write("r-b1-88");
    await submitForReview(writer, { versionId, reason: "Ready" });
    await addComment(reviewer, { versionId, field: "content.interaction.options.b.text", text: "Too long" });
    await expect(approveVersion(reviewer, { versionId, review: signed() })).rejects.toMatchObject({
      userMessage: expect.stringContaining("still open"),
    });
    await returnVersion(reviewer, { versionId, summary: "Shorten option b" });
    expect((await listReviewQueue(writer, { waitsFor: "author" })).rows).toMatchObject([
      { slug: "r-b1-88", own: true, openComments: 1 },
    ]);
    const second = await editItem(writer, {
      itemId,
      basedOnVersion: 1,
      item: readingItem("r-b1-88", { difficulty: -0.2 }),
      reason: "Shorter",
    });
    await submitForReview(writer, { versionId: second.versionId, reason: "Mended" });
    const { comments } = await getItem(writer, { itemId });
    expect(comments).toMatchObject([{ field: "content.interaction.options.b.text", version: 1, by: "Rita Reviewer" }]);
    await resolveComment(writer, { commentId: comments[0]?.id ?? "" });
    await expect(resolveComment(writer, { commentId: comments[0]?.id ?? "" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await approveVersion(reviewer, { versionId: second.versionId, review: signed(), summary: "Good now" });
    expect((await getItem(writer, { itemId })).history[1]?.reviews).toMatchObject([
      { decision: "return", summary: "Shorten option b", by: "Rita Reviewer" },
    ]);
  });
});

describe("the review queue", () => {
  test("says for whom a version waits and since when, the oldest first", async () => {
    const first = await write("r-b1-89");
    await submitForReview(writer, { versionId: first.versionId, reason: "Ready" });
    services.advance(3600);
    const second = await write("r-b1-90");
    await submitForReview(writer, { versionId: second.versionId, reason: "Ready" });
    const waiting = await listReviewQueue(reviewer, { waitsFor: "reviewer" });
    const slugs = waiting.rows.map(({ slug }) => slug);
    expect(slugs.indexOf("r-b1-89")).toBeLessThan(slugs.indexOf("r-b1-90"));
    expect(waiting.rows.find(({ slug }) => slug === "r-b1-89")).toMatchObject({ own: false, author: "Wanda Writer" });
    await approveVersion(reviewer, { versionId: first.versionId, review: signed() });
    const after = await listReviewQueue(reviewer, { waitsFor: "admin" });
    expect(after.rows.map(({ slug }) => slug)).toContain("r-b1-89");
    expect(after.counts.reviewer).toBe(waiting.counts.reviewer - 1);
  });
});

describe("an anchor in use", () => {
  test("changes only after an admin has taken it out of the pool, which leaves it in use", async () => {
    const { itemId, versionId } = await active("r-b1-91", { anchor: true });
    const edit = () =>
      editItem(writer, {
        itemId,
        basedOnVersion: 2,
        item: readingItem("r-b1-91", { difficulty: 0.2 }),
        reason: "Change",
      });
    await expect(edit()).rejects.toMatchObject({ userMessage: expect.stringContaining("anchor") });
    await expect(retireItem(admin, { itemId, reason: "Old" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(restItem(admin, { versionId, reason: "Tired" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(takeOutOfAnchorPool(writer, { itemId, reason: "Leaked" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    services.advance(1);
    await takeOutOfAnchorPool(admin, { itemId, reason: "Leaked abroad" });
    const { shown, history } = await getItem(admin, { itemId });
    expect(shown).toMatchObject({ version: 2, status: "active", approved: true, item: { anchor: false } });
    expect(history.map(({ status, reason }) => [status, reason])).toEqual([
      ["active", "Leaked abroad"],
      ["retired", "First"],
    ]);
    await expect(takeOutOfAnchorPool(admin, { itemId, reason: "Again" })).rejects.toMatchObject({ code: "CONFLICT" });
    await edit();
  });
});

test("of an approval and a return whose clocks were read the wrong way round, the one that came last decides", async () => {
  const { versionId } = await approved("r-b1-76");
  services.advance(-1);
  await returnVersion(admin, { versionId, summary: "The key is wrong" });
  await submitForReview(writer, { versionId, reason: "Again" });
  await expect(activateItemVersion(admin, { versionId, reason: "Into use" })).rejects.toMatchObject({
    userMessage: expect.stringContaining("second person"),
  });
  services.advance(1);
});

test("a draft from an anchor's pretest does not take the anchor's place once that is in use", async () => {
  const { itemId, versionId } = await approved("r-b1-79", { anchor: true });
  await beginPretest(admin, { versionId, reason: "Try it out" });
  const next = await editItem(writer, {
    itemId,
    basedOnVersion: 1,
    item: readingItem("r-b1-79", { anchor: true, topic: "food" }),
    reason: "Another topic",
  });
  await activateItemVersion(admin, { versionId, reason: "Figures are good" });
  await submitForReview(writer, { versionId: next.versionId, reason: "Ready" });
  await approveVersion(reviewer, { versionId: next.versionId, review: signed() });
  await expect(activateItemVersion(admin, { versionId: next.versionId, reason: "Newer" })).rejects.toMatchObject({
    userMessage: expect.stringContaining("anchor pool"),
  });
  expect(await services.db.itemVersion.findUnique({ where: { id: versionId } })).toMatchObject({ status: "active" });
});

describe("a set", () => {
  test("holds items of one text, which is changed for all of them at once or for none", async () => {
    const one = await active("r-b1-92");
    const two = await active("r-b1-93");
    const other = await write("r-b1-94", {
      content: {
        stimulus: { kind: "note", blocks: [{ type: "paragraph", text: "Another text." }] },
        interaction: { type: "text-entry", stem: "What?", maxLength: 20 },
      },
      key: { type: "text-entry", accepted: ["it"], spellingTolerance: 0 },
    });
    const { setId } = await createItemSet(writer, { slug: "velodrome", title: "The velodrome", itemId: one.itemId });
    await addToItemSet(writer, { setSlug: "velodrome", itemId: two.itemId });
    await expect(addToItemSet(writer, { setSlug: "velodrome", itemId: other.itemId })).rejects.toMatchObject({
      userMessage: expect.stringContaining("differs"),
    });
    expect((await getItem(writer, { itemId: one.itemId })).set).toMatchObject({
      slug: "velodrome",
      mates: [{ slug: "r-b1-93", status: "active" }],
    });
    const stimulus = {
      kind: "article",
      blocks: [{ type: "paragraph" as const, text: "The velodrome opens on Monday." }],
    };
    const item = readingItem("r-b1-92");
    await expect(
      editItem(writer, {
        itemId: one.itemId,
        basedOnVersion: 1,
        item: { ...item, content: { ...item.content, stimulus } } as BankItem,
        reason: "Alone",
      }),
    ).rejects.toMatchObject({ code: "CONFLICT", userMessage: expect.stringContaining("shares its text") });
    await expect(
      editSetStimulus(writer, { setId, basedOn: { [one.itemId]: 1 }, stimulus, reason: "Day" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await services.db.itemVersion.count({ where: { item: { setId } } })).toBe(2);
    await editSetStimulus(writer, {
      setId,
      basedOn: { [one.itemId]: 1, [two.itemId]: 1 },
      stimulus,
      reason: "Another day",
    });
    for (const { itemId } of [one, two]) {
      const { shown } = await getItem(writer, { itemId, version: 2 });
      expect(shown).toMatchObject({ status: "draft", item: { content: { stimulus } } });
    }
    await removeFromItemSet(writer, { itemId: two.itemId });
    expect((await getItem(writer, { itemId: one.itemId })).set?.mates).toEqual([]);
  });
});

test("an item does not join a set with a text that is just being changed there", async () => {
  const one = await active("r-b1-77");
  const joining = await active("r-b1-78");
  const { setId } = await createItemSet(writer, { slug: "changing", title: "Changing", itemId: one.itemId });
  const item = readingItem("r-b1-77");
  const stimulus = { kind: "article", blocks: [{ type: "paragraph" as const, text: "The velodrome is shut." }] };
  const { ids, clock } = services;
  let join: Promise<unknown> = Promise.resolve();
  // What changing the text of the set does; the other item comes by just before its commit.
  await services.db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from item_set where id = ${setId}::uuid for no key update`;
    const changed = { ...item, content: { ...item.content, stimulus } } as BankItem;
    await addItemVersion(
      { tx, ids, now: clock.now() },
      { item: changed, status: "draft", authorId: null, reason: "Shut" },
    );
    join = addToItemSet(writer, { setSlug: "changing", itemId: joining.itemId }).then(
      () => "joined",
      (error: AppError) => error.code,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(await join).toBe("CONFLICT");
});

describe("enemies", () => {
  test("are kept apart both ways until somebody takes it back", async () => {
    const one = await write("r-b1-95");
    const two = await write("r-b1-96");
    await declareEnemies(reviewer, { itemId: two.itemId, otherSlug: "r-b1-95", reason: "Gives the answer away" });
    await expect(
      declareEnemies(writer, { itemId: one.itemId, otherSlug: "r-b1-96", reason: "The same" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    for (const [itemId, slug] of [
      [one.itemId, "r-b1-96"],
      [two.itemId, "r-b1-95"],
    ] as const) {
      expect((await getItem(writer, { itemId })).enemies).toMatchObject([{ slug, reason: "Gives the answer away" }]);
    }
    await expect(
      declareEnemies(writer, { itemId: one.itemId, otherSlug: "r-b1-95", reason: "Itself" }),
    ).rejects.toMatchObject({ code: "INVALID" });
    await reconcileEnemies(writer, { itemId: one.itemId, otherId: two.itemId });
    expect((await getItem(writer, { itemId: two.itemId })).enemies).toEqual([]);
  });
});
