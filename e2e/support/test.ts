import { test as base } from "@playwright/test";
import { Arrange, openServices } from "./arrange.ts";
import { Visitors } from "./visitors.ts";

/** `arrange`: rows through code. `visitors`: people in browsers of their own, watched for broken pages. */
export const test = base.extend<{ visitors: Visitors }, { arrange: Arrange }>({
  arrange: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const services = await openServices();
      await use(new Arrange(services));
      await services.close();
    },
    { scope: "worker" },
  ],
  visitors: async ({ browser }, use) => {
    const visitors = new Visitors(browser);
    await use(visitors);
    await visitors.close();
  },
});
