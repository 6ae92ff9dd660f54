import { test as base } from "@playwright/test";
import { Arrange, openServices } from "./arrange.ts";
import { Queue, type QueueSkill } from "./queue.ts";
import { Visitors } from "./visitors.ts";

/**
 * `arrange`: rows through code. `visitors`: people in browsers of their own, watched for broken pages. `queue`: what waits
 * to be marked, for oneself; of Writing unless `queueOf` says otherwise.
 */
export const test = base.extend<{ visitors: Visitors; queue: Queue; queueOf: QueueSkill }, { arrange: Arrange }>({
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
  queueOf: ["Writing", { option: true }],
  queue: [({ arrange, queueOf }, use) => Queue.alone(arrange, queueOf, use), { timeout: Queue.patience }],
});
