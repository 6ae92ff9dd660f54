import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectContrast, expectNoSidewaysScroll } from "./support/accessible.ts";
import { mainPages } from "./support/main-pages.ts";
import { test } from "./support/test.ts";

/** Every main page for the role it is made for: readable by everybody in light and in dark, and on a phone. */

test.describe.configure({ mode: "parallel" });

const shares = [1, 2, 3];

for (const share of shares) {
  test(`main pages pass axe in light and dark, and fit a phone: ${share} of ${shares.length}`, async ({
    visitors,
    arrange,
  }) => {
    test.setTimeout(180_000);
    const shown = (await mainPages(arrange)).filter((_, place) => place % shares.length === share - 1);
    const open = new Map<string, Page>();
    for (const { path, by } of shown) {
      const who = by?.email ?? "stranger";
      const page = open.get(who) ?? (await visitors.open(by, { reducedMotion: "reduce" }));
      open.set(who, page);
      await test.step(`${who} at ${path}`, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.emulateMedia({ colorScheme: "light" });
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
        await expect(page.getByRole("main")).toBeVisible();
        await expectAccessible(page);
        await page.emulateMedia({ colorScheme: "dark" });
        await expectContrast(page);
        await page.setViewportSize({ width: 390, height: 844 });
        await expectNoSidewaysScroll(page);
      });
    }
  });
}
