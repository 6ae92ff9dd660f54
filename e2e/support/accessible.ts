import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** No violation of WCAG 2.2 AA, nor of what axe holds for good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  // The title of a page that is streamed comes a moment after its first words, and goes for one where the page is read anew.
  await expect(page).toHaveTitle(/./);
  await expectNothingFound(page, () => new AxeBuilder({ page }).withTags(rules));
}

/** Every text stands out from its ground: the one rule on which light and dark can differ. */
export async function expectContrast(page: Page): Promise<void> {
  await expectNothingFound(page, () => new AxeBuilder({ page }).withRules("color-contrast"));
}

async function expectNothingFound(page: Page, axe: () => AxeBuilder): Promise<void> {
  const analyse = async () => (await axe().analyze()).violations;
  let violations = await analyse();
  if (violations.length > 0) {
    await page.waitForTimeout(1_000);
    violations = await analyse();
  }
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} (${node.failureSummary})`).join("; ")}`,
  );
  expect.soft(found, `accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Nothing sticks out to the right. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, has } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    has: document.documentElement.clientWidth,
  }));
  expect.soft(wide, `${new URL(page.url()).pathname} fits its width`).toBeLessThanOrEqual(has);
}
