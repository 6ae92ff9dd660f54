import { suspendPerson } from "@bandwise/core/people/commands";
import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { answerItem, begin, finishSection, keptHere, next, question, saved } from "./support/exam.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

test("two tabs: the second asks, takes over, and the first turns read-only", async ({ visitors, arrange }) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const first = await visitors.open(candidate);
  await first.goto(`/exam/${attemptId}`);
  // It was begun on another machine: here one has to continue first.
  await first.getByRole("button", { name: "Continue here" }).click();
  await answerItem(first, 1);
  await expect(saved(first)).toBeVisible();

  const second = await first.context().newPage();
  await second.goto(`/exam/${attemptId}`);
  await expect(second.getByRole("heading", { name: "Your exam is open in another tab" })).toBeVisible();
  await second.getByRole("button", { name: "Continue here" }).click();
  await expect(question(second, 2)).toBeVisible();
  await expect(first.getByRole("heading", { name: "Your exam is open in another tab" })).toBeVisible();
  await answerItem(second, 2);
  await expect(saved(second)).toBeVisible();
  const { entries } = await arrange.ledger(attemptId);
  expect(entries.map(({ standing }) => standing)).toEqual(entries.map(() => "counted"));
});

test("another device continues; what the old page still held arrives, is shown as an alternative and never wins silently", async ({
  visitors,
  arrange,
}) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const old = await visitors.open(candidate);
  await old.goto(`/exam/${attemptId}`);
  await old.getByRole("button", { name: "Continue here" }).click();
  await answerItem(old, 1, 0);
  await expect(saved(old)).toBeVisible();
  await old.context().setOffline(true);
  const before = (await arrange.ledger(attemptId)).entries.length;
  const kind = await answerItem(old, 1, 1);
  await expect(keptHere(old)).toBeVisible();

  const device = await visitors.open(candidate);
  await device.goto(`/exam/${attemptId}`);
  await expect(device.getByRole("heading", { name: "Your exam is open on another device" })).toBeVisible();
  await device.getByRole("button", { name: "Continue here" }).click();
  await expect(question(device, 2)).toBeVisible();

  await old.context().setOffline(false);
  await expect(old.getByRole("heading", { name: "Your exam is open on another device" })).toBeVisible({
    timeout: 15_000,
  });
  await expect.poll(async () => (await arrange.ledger(attemptId)).entries.length).toBeGreaterThan(before);
  const { entries, responses } = await arrange.ledger(attemptId);
  const late = entries.at(-1);
  expect(late?.standing).toBe("alternative");
  expect(responses[0]?.entryId, "the answer that counts is still the first one").not.toBe(late?.id);

  if (kind === "choice") {
    await device.reload();
    await device.getByRole("button", { name: "Item 1, answered" }).click();
    await expect(device.getByText("Your other device holds a different answer")).toBeVisible();
    await device.getByRole("button", { name: "Use that one" }).click();
    await expect(saved(device)).toBeVisible();
    await expect.poll(async () => (await arrange.ledger(attemptId)).responses[0]?.value).toEqual(late?.value);
  }
});

test("a sign-in that ends in the middle: answers made before still drain with the exam token", async ({
  visitors,
  arrange,
}) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const page = await visitors.open(candidate);
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  await answerItem(page, 1);
  await expect(saved(page)).toBeVisible();
  const first = (await arrange.ledger(attemptId)).entries.map((entry) => entry.attemptItemId);
  await page.context().setOffline(true);
  await next(page);
  await answerItem(page, 2);
  await expect(keptHere(page)).toBeVisible();
  // Page and server agree on the time to within a round trip: the suspension comes clearly later.
  const answeredAt = Date.now();
  await expect.poll(() => Date.now() - answeredAt, { message: "some time passes" }).toBeGreaterThan(2_000);

  const admin = arrange.as(await arrange.demo("admin"));
  await suspendPerson(admin, { personId: candidate.id });
  await page.context().setOffline(false);
  const entriesOfSecond = async () =>
    (await arrange.ledger(attemptId)).entries.filter((entry) => !first.includes(entry.attemptItemId));
  await expect.poll(async () => (await entriesOfSecond()).length, { timeout: 15_000 }).toBeGreaterThan(0);
  const { entries, responses } = await arrange.ledger(attemptId);
  expect(responses).toHaveLength(2);
  expect(entries.map(({ standing }) => standing)).toEqual(entries.map(() => "counted"));
  // Draining only: the token opens nothing else, and what is answered from now on does not count.
  expect((await page.request.get(`/api/exam/${attemptId}/state`)).status()).toBe(401);
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the server ends each section and hands in although the browser is gone", async ({ visitors, arrange }) => {
  const candidate = await arrange.person();
  const attemptId = await arrange.checkedIn(candidate, "ielp-blink");
  const page = await visitors.open(candidate);
  await page.goto(`/attempts/${attemptId}/lobby`);
  const started = await page.evaluate(async (id) => {
    const answer = await fetch(`/api/exam/${id}/start`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientId: crypto.randomUUID() }),
    });
    return answer.status;
  }, attemptId);
  expect(started).toBe(200);
  await page.close();
  const attempt = () => arrange.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  await expect.poll(async () => (await attempt()).receipt, { timeout: 55_000 }).not.toBeNull();
  expect((await attempt()).submittedBy).toBe("time");
  const sections = await arrange.db.attemptSection.findMany({ where: { attemptId } });
  expect(sections.map(({ closedBy }) => closedBy)).toEqual(["time", "time", "time", "time"]);

  const later = await visitors.open(candidate);
  await later.goto(`/attempts/${attemptId}/receipt`);
  await expect(later.getByText("Your time ran out, so we handed it in for you.")).toBeVisible();
});

test("an invigilator gives time, and the page's clock follows", async ({ visitors, arrange }) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const page = await visitors.open(candidate);
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  await expect(page.getByRole("timer")).toHaveText(/^[45]:\d\d left$/);
  const invigilator = await visitors.open(demo("invigilator"));
  await invigilator.goto(`/admin/attempts/${attemptId}`);
  await invigilator.getByRole("button", { name: "Grant time" }).first().click();
  const dialog = invigilator.getByRole("alertdialog", { name: "Grant time in Reading" });
  await dialog.getByLabel("Minutes").fill("10");
  await dialog.getByLabel("Reason").fill("Fire alarm in the corridor");
  await dialog.getByRole("button", { name: "Grant", exact: true }).click();
  await expect(page.getByRole("timer"), "with the next heartbeat").toHaveText(/^1[345]:\d\d left$/, {
    timeout: 15_000,
  });
  const grant = await arrange.db.sectionTimeEntry.findFirstOrThrow({
    where: { section: { attemptId }, kind: "grant" },
  });
  expect(grant).toMatchObject({ seconds: 600, reason: "Fire alarm in the corridor" });
});

test("a phone is wide enough for reading and writing", async ({ visitors, arrange }) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate);
  const page = await visitors.open(candidate, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  await expectNoSidewaysScroll(page);
  await page.getByRole("radio", { name: "Text" }).click();
  await expect(page.getByRole("region", { name: "Text" })).toBeVisible();
  await page.getByRole("radio", { name: "Question" }).click();
  await answerItem(page, 1);
  await next(page);
  await answerItem(page, 2);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Item 2 of 12: show all" }).click();
  const sheet = page.getByRole("dialog", { name: "Items of this section" });
  await expect(sheet).toContainText("2 answered, 10 left");
  await sheet.getByRole("button", { name: "Finish section" }).click();
  await finishSection(page, "Reading");
  await begin(page, "Listening");
  await expectNoSidewaysScroll(page);

  // Larger letters and stronger contrast: taken at once, kept over a reload, and still no wider than the phone.
  await expect(question(page, 1)).toBeVisible();
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("radio", { name: "Largest" }).click();
  await page.getByRole("radio", { name: "High" }).click();
  await page.keyboard.press("Escape");
  await expectNoSidewaysScroll(page);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-text", "largest");
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "high");
  await expect(page.getByRole("button", { name: "Display" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
