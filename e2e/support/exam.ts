import { expect, type Locator, type Page } from "@playwright/test";

/** The exam page in the words of whoever sits there. */

export const saved = (page: Page): Locator => page.getByText("Saved", { exact: true });
export const keptHere = (page: Page): Locator => page.getByText("Offline: kept here", { exact: true });

/** The question in hand. */
export function question(page: Page, position: number): Locator {
  return page.getByRole("region", { name: new RegExp(`^Item ${position} of `) });
}

/** Answers the item in hand with the nth choice, whatever kind it is. @returns the kind. */
export async function answerItem(page: Page, position: number, nth = 0): Promise<string> {
  const item = question(page, position);
  await expect(item).toBeVisible();
  const squares = page.getByRole("navigation", { name: "Items of this section" });
  const kind = await kindOf(item);
  // The card is what a hand presses; the control itself is drawn away.
  const cards = item.locator("label").filter({ has: page.getByRole("radio").or(page.getByRole("checkbox")) });
  if (kind === "choice") await cards.nth(nth).click();
  // A second answer takes the first card off again and another on.
  if (kind === "multiple-response") for (const card of nth === 0 ? [0, 1] : [0, 2]) await cards.nth(card).click();
  if (kind === "places") {
    const places = item.getByRole("combobox");
    for (let index = 0; index < (await places.count()); index += 1) {
      await places.nth(index).selectOption({ index: ((index + nth) % 2) + 1 });
    }
  }
  if (kind === "text-entry") {
    await item.getByRole("textbox").fill(nth === 0 ? "seven" : "eleven");
    await item.getByRole("textbox").blur();
  }
  if (kind === "ordering") {
    const asGiven = item.getByRole("button", { name: "This order is right" });
    if (nth === 0) await asGiven.click();
    else
      await item
        .getByRole("button", { name: /^Move down/ })
        .first()
        .click();
  }
  if (await squares.isVisible()) {
    await expect(squares.getByRole("button", { name: `Item ${position}, answered` })).toBeVisible();
  }
  return kind;
}

async function kindOf(item: Locator): Promise<string> {
  const controls = {
    choice: item.getByRole("radio"),
    "multiple-response": item.getByRole("checkbox"),
    places: item.getByRole("combobox"),
    "text-entry": item.getByRole("textbox"),
    ordering: item.getByRole("button", { name: /^Move down/ }),
  };
  const any = Object.values(controls).reduce((all, one) => all.or(one));
  await expect(any.first()).toBeVisible();
  for (const [kind, control] of Object.entries(controls)) if ((await control.count()) > 0) return kind;
  throw new Error("an item without a control");
}

export async function next(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Next" }).click();
}

/** Ends the open section over its dialog: `name` is what the section is called. */
export async function finishSection(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: `Finish ${name}?` });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: `Finish ${name}` }).click();
}

export async function begin(page: Page, section: string): Promise<void> {
  await page.getByRole("button", { name: `Begin ${section}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(section);
}
