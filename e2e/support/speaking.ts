import { expect, type Page } from "@playwright/test";

/** A speaking test in the words of whoever sits there. */

/** Prepares, speaks for the whole time and goes on. */
export async function speak(page: Page, onwards: string): Promise<void> {
  await page.getByRole("button", { name: "Start to prepare" }).click();
  await page.getByRole("button", { name: "Answer now" }).click();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await expect(page.getByText("Your answer is recorded.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: onwards }).click();
}

export async function beginDialogue(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start to read" }).click();
  await page.getByRole("button", { name: "Begin now" }).click();
  await expect(page.getByText(/is speaking\. Listen/)).toBeVisible();
}

/** Answers turn after turn until the conversation is over, and hands in. */
export async function endDialogue(page: Page, attemptId: string): Promise<void> {
  await expect(page.getByText("Your conversation is recorded.")).toBeVisible({ timeout: 150_000 });
  await page.getByRole("button", { name: "Finish and hand in" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand in" }).click();
  await page.waitForURL(`**/attempts/${attemptId}/receipt`);
}
