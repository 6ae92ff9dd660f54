import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** An admin looks at a form before anybody sits it, and at how the bank would wear. */

test("a form is previewed, and a small simulation runs to its end", async ({ visitors }) => {
  test.setTimeout(150_000);
  const page = await visitors.open(demo("admin"));
  const reading = page.getByRole("table", { name: /^Reading: items of the form/ });
  await test.step("a fresh candidate's form, with the reason for each item", async () => {
    await page.goto("/admin/bank/assembly");
    const rows = reading.getByRole("row");
    await expect(rows).not.toHaveCount(1);
    await expect(rows.nth(1)).toContainText(/least exposed of \d+ unmet/);
    await expect(page.getByRole("img", { name: /^Reading: mean difficulty/ })).toBeVisible();
    await expectAccessible(page);
  });
  await test.step("another seed is another form; too many sittings are refused with what to write", async () => {
    const first = await reading.textContent();
    await page.getByLabel("Seed", { exact: true }).fill("another");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page).toHaveURL(/seed=another/);
    expect(await reading.textContent()).not.toBe(first);
    await page.getByLabel("Earlier sittings").fill("20");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText(/^No form for sitting \d+$/)).toBeVisible();
    await expect(page.getByText("Write next")).toBeVisible();
  });
  await test.step("a rule of the simulation is told at its field", async () => {
    await page.getByLabel("Candidates").fill("20000");
    await page.getByLabel("Sittings each").fill("3");
    await page.getByRole("button", { name: "Simulate" }).click();
    await expect(page.getByText("This times the candidates must be at most 50,000.")).toBeVisible();
  });
  await test.step("a small one ends with exposure, overlap and the first refusal", async () => {
    await page.getByLabel("Candidates").fill("30");
    await page.getByLabel("Sittings each").fill("20");
    await page.getByRole("button", { name: "Simulate" }).click();
    await expect(page).toHaveURL(/\/simulations\/[0-9a-f-]{36}$/);
    await expect(page.getByText(/^First refusal: candidate 1 at sitting \d+$/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("img", { name: /^Items sorted by exposure\. Reading: at most/ })).toBeVisible();
    await expect(page.getByRole("table", { name: "Listening: exposure by level" })).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
  });
  await page.getByRole("link", { name: "All simulations" }).click();
  await expect(page.getByRole("table", { name: /^Simulations of this programme/ })).toContainText("30 × 20");
});
