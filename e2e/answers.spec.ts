import { answerKinds, giveAnswerKinds } from "@bandwise/core/testing/answer-kinds";
import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import type { Arrange } from "./support/arrange.ts";
import { next, question, saved } from "./support/exam.ts";
import { test } from "./support/test.ts";
import type { Visitors } from "./support/visitors.ts";

/** Every kind of answer, by keyboard alone and by touch on a phone; each comes back after a reload and is what is scored. */

async function opened(visitors: Visitors, arrange: Arrange, phone = false) {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const items = await giveAnswerKinds(arrange.services, attemptId);
  const page = await visitors.open(candidate, phone ? { viewport: { width: 390, height: 844 }, hasTouch: true } : {});
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  const values = async () => {
    const { responses } = await arrange.ledger(attemptId);
    return items.map((id) => responses.find((response) => response.attemptItemId === id)?.value);
  };
  return { page, values };
}

/** What a keyboard does on each kind to answer it right. */
const byKeyboard: readonly ((item: Locator, page: Page) => Promise<void>)[] = [
  (_, page) => page.keyboard.press("a"),
  async (item, page) => {
    for (const at of [0, 1]) {
      await item.getByRole("checkbox").nth(at).focus();
      await page.keyboard.press("Space");
    }
  },
  (item) => item.getByRole("textbox").fill("McKay"),
  (item, page) => choose(item, page, ["a f", "a n"]),
  async (item, page) => {
    for (const _ of [0, 1]) {
      await item.getByRole("button", { name: "Move up: Borrow" }).focus();
      await page.keyboard.press("Enter");
    }
  },
  (item, page) => choose(item, page, ["in", "near"]),
  (item, page) => choose(item, page, ["may", "have"]),
  async (item, page) => {
    await item.getByRole("textbox", { name: "Gap 1" }).focus();
    await page.keyboard.type("But");
    await page.keyboard.press("Tab");
    await page.keyboard.type("at");
  },
  async (item, page) => {
    for (const word of ["libary", "Wensday"]) {
      await item.getByRole("checkbox", { name: word }).focus();
      await page.keyboard.press("Space");
    }
  },
  async (item, page) => {
    await item.getByRole("radio", { name: "Books" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
  },
  async (item, page) => {
    await item.getByRole("radio", { name: "The roof" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await item.getByRole("textbox").focus();
    await page.keyboard.type("Three");
    await choose(item, page, ["built"]);
  },
];

/** Typing the beginning of an option chooses it. */
async function choose(item: Locator, page: Page, beginnings: readonly string[]): Promise<void> {
  for (const [index, beginning] of beginnings.entries()) {
    await item.getByRole("combobox").nth(index).focus();
    await page.keyboard.type(beginning);
  }
}

test("every kind of answer by keyboard alone, accessible, and back after a reload", async ({ visitors, arrange }) => {
  test.setTimeout(120_000);
  const { page, values } = await opened(visitors, arrange);
  for (const [index, answer] of byKeyboard.entries()) {
    const item = question(page, index + 1);
    await expect(item).toBeVisible();
    await answer(item, page);
    await expectAccessible(page);
    await next(page);
  }
  await expect(saved(page)).toBeVisible();
  await expect.poll(values).toEqual(answerKinds.map(({ credits }) => credits[0]?.[0]));

  await page.reload();
  await page.getByRole("button", { name: "Item 9, answered" }).click();
  await expect(question(page, 9).getByRole("checkbox", { name: "Wensday" })).toBeChecked();
  await page.getByRole("button", { name: "Item 8, answered" }).click();
  await expect(question(page, 8).getByRole("textbox", { name: "Gap 2" })).toHaveValue("at");
  await page.getByRole("button", { name: "Item 11, answered" }).click();
  await expect(question(page, 11).getByRole("radio", { name: "The desk" })).toBeChecked();
  await expect(question(page, 11).getByRole("combobox")).toHaveValue("b");
});

test("on a phone words are picked by touch, and a picture comes with its text", async ({ visitors, arrange }) => {
  const { page, values } = await opened(visitors, arrange, true);
  await page.getByRole("radio", { name: "Text", exact: true }).tap();
  const picture = page.getByRole("img", { name: /^A small house/ });
  await expect.poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator("strong", { hasText: "open again" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("radio", { name: "Question", exact: true }).tap();
  for (let position = 1; position < 9; position += 1) {
    await expect(question(page, position)).toBeVisible();
    await next(page);
    await expectNoSidewaysScroll(page);
  }
  const item = question(page, 9);
  await item.getByText("libary").tap();
  await item.getByText("early").tap();
  // Two of two: a third waits until one is taken back.
  await expect(item.getByRole("checkbox", { name: "Wensday" })).toBeDisabled();
  await item.getByText("early").tap();
  await item.getByText("Wensday").tap();
  await expect(saved(page)).toBeAttached();
  await expect.poll(async () => (await values())[8]).toEqual(["w1", "w3"]);
});
