import { expect, type Locator, type Page } from "@playwright/test";
import { type Arrange, journeySchool, type Person } from "./arrange.ts";

/** A script's code as the address has it. */
export async function codeOf(page: Page, not = ""): Promise<string> {
  await expect(page).toHaveURL(
    (url) => /^\/marking\/[A-Z0-9]+-[A-Z0-9]+$/.test(url.pathname) && !url.pathname.endsWith(not || "?"),
  );
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Marks the script on the page by keyboard, looks the marks over and submits them. */
export async function mark(page: Page, marks: readonly number[]): Promise<void> {
  await setMarks(page, marks);
  await page.keyboard.press("Control+Enter");
  await submitAndNext(page).click();
}

/** What `Ctrl Enter` brings: the marks looked over, and the button that submits them. */
export const submitAndNext = (page: Page): Locator =>
  page.getByRole("alertdialog", { name: "Submit these marks?" }).getByRole("button", { name: "Submit and next" });

/** Types the marks, criterion after criterion. */
export async function setMarks(page: Page, marks: readonly number[]): Promise<void> {
  const criteria = page.locator("[data-criterion]");
  await expect(criteria).toHaveCount(marks.length);
  // A page that has just come does not hear keys yet.
  await expect(async () => {
    await page.locator("body").press("1");
    await expect(criteria.first().locator("input:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  for (const [place, given] of marks.entries()) {
    await expect(criteria.nth(place).locator("input:focus")).toHaveCount(1);
    await page.keyboard.type(String(given));
    await page.keyboard.press("Enter");
  }
}

/** Qualified for writing, and at a school whose candidates she is not given. */
export async function qualified(arrange: Arrange, person: Person, school = journeySchool): Promise<void> {
  const { db, ids, clock } = arrange.services;
  await db.person.update({ where: { id: person.id }, data: { school } });
  await db.qualificationDecision.create({
    data: {
      id: ids.uuid(),
      personId: person.id,
      skill: "writing",
      verdict: "passed",
      round: 0,
      decidedAt: clock.now(),
      validUntil: new Date(clock.now().getTime() + 86_400_000),
      byId: (await arrange.demo("admin")).personId,
      reason: "Arranged",
      figures: {},
    },
  });
}
