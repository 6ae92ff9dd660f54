import { randomUUID } from "node:crypto";
import { bookSitting, checkIn } from "@bandwise/core/delivery/commands";
import { startAttempt } from "@bandwise/core/delivery/exam-commands";
import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { question } from "./support/exam.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** A centre gets parallel fixed forms: one admin makes them, a second publishes, candidates sit them, staff print them. */

test("a form set is made, published by two, sat and printed", async ({ arrange, visitors }) => {
  test.setTimeout(240_000);
  const name = `Journey ${arrange.services.ids.code(2)}`;
  const page = await visitors.open(demo("admin"));
  await test.step("the plan shows at once what the bank gives, and what it does not", async () => {
    await page.goto("/admin/bank/forms");
    await page.getByRole("link", { name: "New form set" }).click();
    await expect(page.getByText("3 forms can be made", { exact: true })).toBeVisible();
    await expect(page.getByRole("img", { name: /^How far each form lies from the target/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Forms", { exact: true }).fill("20");
    await expect(page.getByText("These forms cannot be made", { exact: true })).toBeVisible();
    await expect(page.getByText("Write next")).toBeVisible();
    await expect(page.getByRole("button", { name: "Make the draft" })).toBeDisabled();
    await page.getByLabel("Programme").selectOption({ label: "IELP brief" });
    await page.getByLabel("Forms", { exact: true }).fill("2");
    await expect(page.getByText("2 forms can be made", { exact: true })).toBeVisible();
  });
  await test.step("the draft says how alike its forms are", async () => {
    await page.getByRole("button", { name: "Make the draft" }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(page.getByText("No item stands in two forms.")).toBeVisible();
    await expect(page.getByRole("table", { name: "Reading: figures of each form" }).getByRole("row")).toHaveCount(3);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
  });
  const formSetId = page.url().split("/").at(-1) ?? "";
  await test.step("one admin asks, another publishes", async () => {
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByLabel("Reason").fill("For the centre in the journey");
    await page.getByRole("button", { name: "Ask a second admin" }).click();
    await expect(page.getByText("Waits for a second person")).toBeVisible();
    const second = await visitors.open(demo("admin2"));
    await second.goto(`/admin/bank/forms/${formSetId}`);
    await second.getByRole("link", { name: "Approvals" }).last().click();
    const row = second.getByRole("row").filter({ hasText: "For the centre in the journey" });
    await row.getByRole("button", { name: "Approve" }).click();
    await second.getByRole("alertdialog").getByRole("button", { name: "Approve" }).click();
    await expect(row).toHaveCount(0);
    await page.reload();
    await expect(page.getByText("Published", { exact: true }).first()).toBeVisible();
  });
  const { id: sittingId } = await arrange.sitting("ielp-brief");
  await test.step("a sitting is given the set", async () => {
    await page.goto(`/admin/sittings/${sittingId}`);
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("Forms").selectOption({ label: `Set “${name}”` });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("link", { name: `Set “${name}”` })).toBeVisible();
  });
  await test.step("a candidate starts on it; the next one gets the other form", async () => {
    for (const label of ["A", "B"]) {
      const candidate = await arrange.person(["candidate"], `Fixed ${label}`);
      const context = arrange.as(candidate.viewer);
      const { attemptId } = await bookSitting(context, { sittingId });
      await checkIn(context, { attemptId, privacyNotice: true, recordingConsent: true });
      await startAttempt(context, { attemptId, clientId: randomUUID() });
      const exam = await visitors.open(candidate);
      await exam.goto(`/exam/${attemptId}`);
      await exam.getByRole("button", { name: "Continue here" }).click();
      await expect(question(exam, 1)).toBeVisible();
      const allotted = await arrange.db.attemptItem.findMany({ where: { attemptId }, select: { pickReason: true } });
      expect(new Set(allotted.map(({ pickReason }) => pickReason))).toEqual(
        new Set([`fixed form ${label} of ${name}`]),
      );
      await exam.close();
    }
    await page.reload();
    for (const label of ["A", "B"]) {
      await expect(page.getByRole("row").filter({ hasText: `Fixed ${label}` })).toContainText(label);
    }
  });
  await test.step("booklets print on A4, nothing clipped; the keys are another booklet, and who opened them is written down", async () => {
    await page.goto(`/admin/bank/forms/${formSetId}`);
    await page.getByRole("link", { name: "Print form A" }).click();
    await expect(page.getByRole("heading", { name: "Reading", level: 2 })).toBeVisible();
    await expect(page.getByText(/Why the others are wrong/)).toHaveCount(0);
    await expectAccessible(page);
    await page.emulateMedia({ media: "print" });
    await expect
      .poll(async () => (await page.getByRole("heading", { name: "Reading", level: 2 }).boundingBox())?.width)
      .toBeGreaterThan(1300);
    // As wide as the printable part of the page: 210 mm less the margins, at 96 to the inch.
    await page.setViewportSize({ width: 672, height: 1000 });
    await expectNoSidewaysScroll(page);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    // A4 in points, as the page says, and not one endless page.
    expect(pdf.toString("latin1")).toMatch(/\/MediaBox \[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1440, height: 900 });
    const opened = () => arrange.db.auditEntry.count({ where: { action: "showFormKeys", subjectId: formSetId } });
    expect(await opened()).toBe(0);
    await page.getByRole("link", { name: "Keys and transcripts" }).click();
    await expect(page.getByText("Why the others are wrong").first()).toBeVisible();
    await expect(page.getByText("Transcript").first()).toBeVisible();
    expect(await opened()).toBe(1);
    await expectAccessible(page);
  });
  await test.step("an item that rests stops the set, and the set says so", async () => {
    const { item } = await arrange.db.fixedFormItem.findFirstOrThrow({
      where: { form: { setId: formSetId }, anchor: false },
      select: { item: { select: { slug: true, currentId: true } } },
    });
    const changed = (status: "active" | "resting") =>
      arrange.db.itemVersion.update({ where: { id: item.currentId ?? "" }, data: { status } });
    await changed("resting");
    try {
      await page.goto(`/admin/bank/forms/${formSetId}`);
      await expect(page.getByText("This set cannot be used")).toBeVisible();
      await expect(page.getByText(new RegExp(`^${item.slug} in form [AB] is resting`))).toBeVisible();
    } finally {
      await changed("active");
    }
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByLabel("Reason").fill("The journey is over");
    await page.getByRole("alertdialog").getByRole("button", { name: "Retire" }).click();
    await expect(page.getByText("Retired", { exact: true })).toBeVisible();
  });
});
