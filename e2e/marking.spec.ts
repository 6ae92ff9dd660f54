import { expect } from "@playwright/test";
import type { Arrange } from "./support/arrange.ts";
import { test } from "./support/test.ts";

/** An attempt whose writing waits to be marked. */
async function writingWaits(arrange: Arrange): Promise<string> {
  const attemptId = await arrange.submitted(await arrange.person());
  await expect
    .poll(() => arrange.db.script.count({ where: { attemptId, status: "waiting", skill: "writing" } }))
    .toBeGreaterThan(0);
  return attemptId;
}

test("a script whose page fell silent goes back to the queue, and its examiner takes it up again", async ({
  visitors,
  arrange,
  queue,
}) => {
  const examiner = await arrange.person(["examiner"], "Lia Lapsed");
  await queue.putFirst({ attemptId: await writingWaits(arrange) });
  const page = await visitors.open(examiner);
  const code = await queue.take(page);
  const script = () => arrange.db.script.findUniqueOrThrow({ where: { code } });
  await page.locator("body").press("1");
  await page.keyboard.type("6");
  const draft = () => arrange.db.rating.findFirstOrThrow({ where: { script: { code }, raterId: examiner.id } });
  await expect.poll(async () => Object.keys((await draft()).scores as object).length).toBe(1);

  // The page is gone: nothing renews the lease, and two minutes later it is over. Here its end is moved to a second ago.
  await page.goto("/help");
  await arrange.db.script.update({ where: { code }, data: { leaseExpiresAt: new Date(Date.now() - 1_000) } });
  await expect.poll(async () => (await script()).status, { timeout: 30_000 }).toBe("waiting");
  expect(await script()).toMatchObject({ leaseHolderId: null, leaseToken: null });

  await page.goto("/marking");
  const begun = page.getByRole("row").filter({ hasText: code });
  await expect(begun).toContainText("1 of 5");
  await expect(begun).toContainText("no, back in the queue");
  await begun.getByRole("button").last().click();
  await expect(page).toHaveURL(new RegExp(`/marking/${code}$`));
  await expect(page.locator("[data-criterion='1']").getByRole("status"), "the mark has stayed").toHaveText("6.0");
  await expect.poll(async () => (await script()).leaseHolderId).toBe(examiner.id);
});

test("an examiner puts a script back; one who could not mark it says why and an admin finds it held", async ({
  visitors,
  arrange,
  queue,
}) => {
  const examiner = await arrange.person(["examiner"], "Pia Putback");
  await queue.putFirst({ attemptId: await writingWaits(arrange) });
  const page = await visitors.open(examiner);
  const code = await queue.take(page);
  await page.goto("/marking");
  await page.getByRole("row").filter({ hasText: code }).getByRole("button").first().click();
  await expect
    .poll(async () => (await arrange.db.script.findUniqueOrThrow({ where: { code } })).leaseHolderId)
    .not.toBe(examiner.id);
});
