import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** One item through its life by three persons: written, reviewed, put into use; then changed with others and back. */

const slug = `r-b1-${Date.now().toString(36)}`;

test("a writer's item comes into use through a reviewer's hands and an admin's", async ({ visitors, arrange }) => {
  test.setTimeout(180_000);
  const [writer, reviewer, admin] = await Promise.all([
    visitors.open(demo("writer")),
    visitors.open(demo("reviewer")),
    visitors.open(demo("admin")),
  ]);
  const itemId = await test.step("the writer writes a draft and submits it", async () => {
    await writer.goto("/admin/bank/new?skill=reading&level=B1");
    await fillReadingItem(writer);
    await writer.getByRole("button", { name: "Save as a draft" }).click();
    await expect(writer).toHaveURL(/\/admin\/bank\/[0-9a-f-]{36}\?version=1/);
    const id = new URL(writer.url()).pathname.split("/").at(-1) ?? "";
    await expect(writer.getByRole("button", { name: "Activate" })).toHaveCount(0);
    await confirm(writer, "Submit for review", "Ready to be read");
    await expect(writer.getByText("In review", { exact: true }).first()).toBeVisible();
    return id;
  });

  await test.step("the reviewer comments on a field and sends it back", async () => {
    await reviewer.goto("/admin/bank/review");
    await reviewer.getByRole("link", { name: slug }).click();
    await expect(reviewer).toHaveURL(new RegExp(`/admin/bank/${itemId}/review`));
    await expectAccessible(reviewer);
    await reviewer.getByRole("button", { name: "Comment on a field" }).click();
    const dialog = reviewer.getByRole("alertdialog");
    await dialog.getByLabel("Field").selectOption("content.interaction.stem");
    await dialog.getByLabel("Comment").fill("Say which building.");
    await dialog.getByRole("button", { name: "Add comment" }).click();
    await expect(reviewer.getByText("Say which building.")).toBeVisible();
    await reviewer.getByLabel("To the author").fill("The question is too vague.");
    await reviewer.getByRole("button", { name: "Send back" }).click();
    await expect(reviewer).toHaveURL(/\/admin\/bank\/review$/);
  });

  await test.step("the writer finds it, mends it and submits it again; the difference is readable", async () => {
    await writer.goto("/admin/bank/review?waits=author");
    await writer.getByRole("link", { name: slug }).click();
    await expect(writer.getByText("The question is too vague.").first()).toBeVisible();
    await writer.getByRole("link", { name: "Edit as new version" }).click();
    await writer.locator('[name="content.interaction.stem"]').fill("Which building opens on Tuesday?");
    await writer.locator('[name="reason"]').fill("Names the building");
    await writer.getByRole("button", { name: "Save as a new version" }).click();
    await expect(writer).toHaveURL(/version=2/);
    await confirm(writer, "Settle", null);
    await expect(writer.getByText(/settled by/)).toBeVisible();
    await confirm(writer, "Submit for review", "Mended");
    await writer.getByRole("link", { name: "Compare with version 1" }).click();
    await expect(writer.locator("#difference del").filter({ hasText: "What" })).toBeVisible();
    await expect(writer.locator("#difference ins").filter({ hasText: "building" })).toBeVisible();
  });

  await test.step("the reviewer signs every line and approves", async () => {
    await reviewer.goto(`/admin/bank/${itemId}/review`);
    await reviewer.getByRole("button", { name: "Approve" }).click();
    await expect(reviewer.getByText(/^Not signed yet/)).toBeVisible();
    for (const box of await reviewer.getByRole("group", { name: "Checklist" }).getByRole("checkbox").all()) {
      await box.check();
    }
    const options = reviewer.getByRole("region", { name: "Preview" }).getByRole("radio");
    await reviewer.getByLabel("Without the text").selectOption("chance");
    await options.nth(1).check();
    await reviewer.getByRole("button", { name: "Approve" }).click();
    await expect(reviewer.getByText(/^Your own answer is not the key/)).toBeVisible();
    await options.nth(0).check();
    await reviewer.getByRole("button", { name: "Approve" }).click();
    await expect(reviewer).toHaveURL(/\/admin\/bank\/review$/);
  });

  await test.step("the admin puts it into use", async () => {
    await admin.goto("/admin/bank/review?waits=admin");
    await admin.getByRole("link", { name: slug }).click();
    await confirm(admin, "Activate", "Reviewed and sound");
    await expect.poll(() => statusOf(itemId)).toBe("active");
  });

  await test.step("a bulk edit is previewed, made and taken back", async () => {
    await admin.goto(`/admin/bank?search=${slug}`);
    await admin.getByRole("checkbox", { name: `Tick ${slug}` }).check();
    await admin.getByRole("button", { name: "Change 1 ticked" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("To", { exact: true }).selectOption("science");
    await dialog.getByRole("button", { name: "Preview" }).click();
    await expect(dialog.getByRole("status")).toContainText("1 of 1 item changes to Topic: Science");
    await dialog.getByLabel("Reason").fill("Better topic");
    await dialog.getByRole("button", { name: "Change 1", exact: true }).click();
    await expect.poll(() => topicOf(itemId)).toBe("science");
    await admin.goto("/admin/bank/edits");
    await expectAccessible(admin);
    await confirm(admin, "Undo", null);
    await expect.poll(() => topicOf(itemId)).not.toBe("science");
    expect(await statusOf(itemId)).toBe("active");
  });

  await test.step("the list is kept as a view, with this filter", async () => {
    await admin.goto("/admin/bank?skill=reading&level=B1");
    await admin.getByRole("button", { name: "Save view" }).click();
    const dialog = admin.getByRole("alertdialog");
    await dialog.getByLabel("Name").fill("Reading B1");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(admin.getByRole("link", { name: "Reading B1" })).toBeVisible();
    await admin.goto("/admin/bank");
    await admin.getByRole("link", { name: "Reading B1" }).click();
    await expect(admin).toHaveURL(/level=B1/);
    await confirm(admin, "Delete view", null, "Delete");
    await expect(admin.getByRole("link", { name: "Reading B1" })).toHaveCount(0);
  });

  async function statusOf(id: string): Promise<string | undefined> {
    return (await arrange.db.item.findUniqueOrThrow({ where: { id }, select: { current: true } })).current?.status;
  }
  async function topicOf(id: string): Promise<string | undefined> {
    return (await arrange.db.item.findUniqueOrThrow({ where: { id }, select: { current: true } })).current?.topic;
  }
});

test("two items are kept apart, the other one found by a word of its text, and may meet again", async ({
  visitors,
  arrange,
}) => {
  const [item, other] = await arrange.db.itemListing.findMany({
    where: { skill: "writing", status: "active" },
    orderBy: { slug: "asc" },
    take: 2,
  });
  if (!item || !other) throw new Error("the bank has too few tasks");
  const admin = await visitors.open(demo("admin"));
  await admin.goto(`/admin/bank/${item.itemId}`);
  await admin.getByRole("button", { name: "Keep apart from …" }).click();
  const dialog = admin.getByRole("alertdialog");
  await dialog.getByLabel("The other item").fill(other.stem);
  await expect(dialog.locator(`datalist option[value="${other.slug}"]`)).toBeAttached();
  await dialog.getByLabel("The other item").fill(other.slug);
  await dialog.getByLabel("Reason").fill("The same letter");
  await dialog.getByRole("button", { name: "Keep apart", exact: true }).click();
  await expect(admin.getByText("The same letter")).toBeVisible();
  await confirm(admin, "May meet again", null, "May meet");
  await expect(admin.getByText("May meet any item in a form.")).toBeVisible();
});

/** Presses a button that asks once more, gives the reason where one is wanted, and confirms. */
async function confirm(page: Page, name: string, reason: string | null, label = name): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  const dialog = page.getByRole("alertdialog");
  if (reason !== null) await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** The editor's fields are named after their place in the item. */
async function fillReadingItem(page: Page): Promise<void> {
  const fill = (path: string, text: string) => page.locator(`[name="${path}"]`).fill(text);
  await fill("id", slug);
  await fill("content.stimulus.kind", "notice");
  await fill("content.stimulus.blocks.0.text", "The velodrome in Northmere opens on Tuesday. Its café opens in May.");
  await fill("content.interaction.stem", "What opens on Tuesday?");
  for (const [index, text] of ["The velodrome", "The café", "The town hall", "The market"].entries()) {
    const field = page.locator(`[name="content.interaction.options.${index}.text"]`);
    if ((await field.count()) > 0) await field.fill(text);
  }
  await page.getByRole("radio", { name: "A is right" }).check();
  await fill("rationale.key", "The first sentence says so.");
  for (const why of await page.getByLabel(/^Why [B-D] is wrong/).all()) await why.fill("Not on Tuesday.");
  await fill("reason", "Written for the spring forms");
}
