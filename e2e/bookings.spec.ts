import { expect } from "@playwright/test";
import { mailTo } from "./support/mailbox.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

test("an admin opens a sitting and a candidate books its only place; the next one finds it full", async ({
  visitors,
  arrange,
}) => {
  const centre = `Centre ${arrange.services.ids.code(2)}`;
  await arrange.db.centre.create({
    data: { id: arrange.services.ids.uuid(), name: centre, timeZone: "Europe/Lisbon", address: "5 Quay Street" },
  });
  const admin = await visitors.open(demo("admin"));
  await admin.goto("/admin/sittings");
  await admin.getByRole("button", { name: "Open a sitting" }).click();
  const dialog = admin.getByRole("dialog", { name: "Open a sitting" });
  await dialog.getByLabel("Centre").selectOption({ label: centre });
  await dialog.getByLabel("Programme").selectOption({ label: "IELP brief, version 1" });
  await expect(dialog.getByText("Times in Europe/Lisbon.")).toBeVisible();
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel("Candidates may begin from").fill(`${day(-2)}T09:00`);
  await dialog.getByLabel("… until").fill(`${day(2)}T12:00`);
  await dialog.getByLabel("Book before").fill(`${day(3)}T12:00`);
  await dialog.getByLabel("Move or cancel before").fill(`${day(1)}T12:00`);
  await dialog.getByLabel("Places").fill("1");
  await dialog.getByRole("button", { name: "Open for booking" }).click();
  await expect(dialog.getByText("must not come after the end"), "a mistake is told beside its field").toBeVisible();
  await dialog.getByLabel("Book before").fill(`${day(1)}T12:00`);
  await dialog.getByRole("button", { name: "Open for booking" }).click();
  await expect(admin).toHaveURL(/\/admin\/sittings\/[0-9a-f-]{36}$/);

  const candidate = await arrange.person(["candidate"], "Bea Booker");
  const page = await visitors.open(candidate);
  await page.goto("/book");
  const row = page.getByRole("listitem").filter({ hasText: centre });
  await expect(row).toContainText("1 place left");
  await row.getByRole("button", { name: "Book this place" }).click();
  await expect(page.getByText(centre)).toBeVisible();
  await mailTo(candidate.email, "Your place is booked");

  await admin.reload();
  await expect(admin.getByText("Bea Booker")).toBeVisible();
  const late = await visitors.open(await arrange.person());
  await late.goto("/book");
  await expect(late.getByRole("listitem").filter({ hasText: centre })).toContainText("Full");
});

test("a candidate moves a booking and then cancels it", async ({ visitors, arrange }) => {
  const candidate = await arrange.person();
  const [first, second] = [await arrange.sitting(), await arrange.sitting()];
  const page = await visitors.open(candidate);
  await page.goto("/book");
  await page
    .getByRole("listitem")
    .filter({ hasText: first.centre })
    .getByRole("button", { name: "Book this place" })
    .click();
  await expect(page.getByText(first.centre)).toBeVisible();

  await page.getByRole("link", { name: "Change the date" }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: second.centre })
    .getByRole("button", { name: "Move here" })
    .click();
  await expect(page).toHaveURL(/\/home/);
  await expect(page.getByText(second.centre)).toBeVisible();
  await expect(page.getByText(first.centre)).toHaveCount(0);

  await page.getByRole("button", { name: "Cancel booking" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel booking" }).click();
  await expect(page.getByText("No sitting booked")).toBeVisible();
  await mailTo(candidate.email, "cancelled");
  const attempts = await arrange.db.attempt.findMany({ where: { candidateId: candidate.id } });
  expect(attempts.map(({ status, sittingId }) => ({ status, sittingId }))).toEqual([
    { status: "cancelled", sittingId: second.id },
  ]);
});
