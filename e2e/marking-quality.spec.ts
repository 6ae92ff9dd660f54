import { publishPolicy } from "@bandwise/core/marking/lead-commands";
import { standardPolicy } from "@bandwise/core/marking/policy-rules";
import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Arrange } from "./support/arrange.ts";
import { codeOf, mark, qualified } from "./support/marking.ts";
import type { Queue } from "./support/queue.ts";
import { test } from "./support/test.ts";

/** Marking that can be trusted: an examiner qualifies, two mark double blind and disagree, a senior decides; one who misses seeds is held. */

const marksInOrder = ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"] as const;

/** Examiners and candidates of these journeys meet each other and nobody else, whatever waits besides. */
const ownSchool = "Quality School";

test.beforeAll(async ({ arrange }) => {
  const others = ["examiner@demo.test", "examiner2@demo.test", "senior@demo.test"];
  await arrange.db.person.updateMany({ where: { email: { in: others } }, data: { school: ownSchool } });
});

/** An attempt whose writing alone waits, first of all, under a policy of its own. */
async function attempt(arrange: Arrange, queue: Queue, seeds: Partial<typeof standardPolicy.seeds>): Promise<string> {
  const candidate = await arrange.person();
  await arrange.db.person.update({ where: { id: candidate.id }, data: { school: ownSchool } });
  const attemptId = await arrange.submitted(candidate);
  await expect.poll(() => arrange.db.script.count({ where: { attemptId } }), { timeout: 30_000 }).toBeGreaterThan(0);
  const data = { ...standardPolicy, seeds: { ...standardPolicy.seeds, ...seeds } };
  await arrange.db.script.updateMany({
    where: { attemptId },
    data: {
      policy: { programme: "ielp-brief", scheme: "ielp", version: 7, data },
      ratingsNeeded: 2,
      needsQualification: true,
    },
  });
  await queue.putFirst({ attemptId });
  return attemptId;
}

test("an examiner trains, sees the model marks and their reasons, passes both sets and is qualified", async ({
  visitors,
  arrange,
}) => {
  test.setTimeout(180_000);
  const examiner = await arrange.person(["examiner"], "Quinn Qualifying");
  const page = await visitors.open(examiner);
  await page.goto("/marking");
  await expect(page.getByText("Not qualified yet").first()).toBeVisible();
  await page.getByRole("link", { name: "Qualify for Writing" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begin" }).click();
  const model = async (code: string) => {
    const { benchmark } = await arrange.db.script.findUniqueOrThrow({ where: { code }, include: { benchmark: true } });
    return {
      use: benchmark?.use,
      scores: benchmark?.scores as Record<string, number>,
      reasons: benchmark?.reasons as Record<string, string>,
    };
  };
  let code = await codeOf(page);
  // Four training scripts: each shows its model marks once one's own are given.
  for (let script = 1; script <= 4; script += 1) {
    const { use, scores, reasons } = await model(code);
    expect(use).toBe("training");
    await expect(page.getByText(reasons.grammar ?? "?")).toHaveCount(0);
    await mark(
      page,
      marksInOrder.map((id) => scores[id] ?? 0),
    );
    await expect(page.getByText(reasons.grammar ?? "?")).toBeVisible();
    if (script === 1) await expectAccessible(page);
    await page.goto("/marking/qualification/writing");
    await page.getByRole("button", { name: "Go on" }).click();
    code = await codeOf(page);
  }
  for (let script = 1; script <= 20; script += 1) {
    const { use, scores } = await model(code);
    expect(use).toBe(script <= 10 ? "set_one" : "set_two");
    await mark(
      page,
      marksInOrder.map((id) => scores[id] ?? 0),
    );
    if (script < 20) code = await codeOf(page, code);
  }
  await expect(page.getByText("Both sets passed")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText("Qualified").first()).toBeVisible();
});

test("two examiners mark double blind and disagree; a senior sees both marks side by side and decides", async ({
  visitors,
  arrange,
  queue,
}) => {
  test.setTimeout(120_000);
  const one = await arrange.person(["examiner"], "Una First");
  const two = await arrange.person(["examiner"], "Sven Second");
  const senior = await arrange.person(["senior_examiner"], "Stella Senior");
  for (const person of [one, two]) await qualified(arrange, person);
  const attemptId = await attempt(arrange, queue, { every: 0 });
  const [only] = await arrange.db.script.findMany({
    where: { attemptId, skill: "writing" },
    orderBy: { level: "asc" },
  });
  await arrange.db.script.updateMany({
    where: { attemptId, id: { not: only?.id ?? "" } },
    data: { waitingSince: new Date() },
  });
  const code = only?.code ?? "";

  const first = await visitors.open(one);
  expect(await queue.take(first)).toBe(code);
  // A comment on chosen words, kept with the marks.
  const answer = first.locator("[data-answer]");
  await answer.evaluate((element) => {
    const node = element.firstChild;
    if (!node) return;
    const range = document.createRange();
    range.setStart(node, 5);
    range.setEnd(node, 11);
    window.getSelection()?.removeAllRanges();
    window.getSelection()?.addRange(range);
  });
  await first.getByRole("button", { name: "Comment", exact: true }).click();
  await first.getByLabel(/^Comment on/).fill("A fitting greeting.");
  await first.getByRole("button", { name: "Add comment" }).click();
  await expect(answer.locator("mark")).toHaveText("friend");
  await first.getByRole("button", { name: "Exemplars" }).click();
  await expect(first.getByRole("dialog", { name: "Marked exemplars" }).getByRole("table")).toBeVisible();
  await first.keyboard.press("Escape");
  await expect(first.getByRole("dialog")).toHaveCount(0);
  await expect(first.getByRole("button", { name: "Exemplars" })).toBeFocused();
  await mark(first, [8, 8, 8, 8, 8]);
  await codeOf(first, code);

  const second = await visitors.open(two);
  expect(await queue.take(second)).toBe(code);
  await expect(second.getByText("A fitting greeting."), "blind").toHaveCount(0);
  await mark(second, [4, 4.5, 4, 4, 4]);
  await expect
    .poll(async () => (await arrange.db.script.findUniqueOrThrow({ where: { code } })).status)
    .toBe("adjudication");

  const third = await visitors.open(senior);
  await third.goto("/marking");
  await third.getByRole("button", { name: /^Decide 1 adjudication/ }).click();
  expect(await codeOf(third)).toBe(code);
  await expect(third.getByRole("heading", { name: "Marks to decide between" })).toBeVisible();
  await expect(third.getByText("A fitting greeting.")).toBeVisible();
  await expect(third.getByText("Una First")).toHaveCount(0);
  await expectAccessible(third);
  await mark(third, [7, 7, 7, 6.5, 7]);
  await expect
    .poll(async () => (await arrange.db.script.findUniqueOrThrow({ where: { code } })).outcome)
    .toMatchObject({ rule: "adjudicated", difference: { criterion: 4 } });
  const ratings = await arrange.db.rating.findMany({ where: { script: { code }, status: "final" } });
  expect(ratings).toHaveLength(3);
});

test("who misses two seeds is held, sees why, appeals; the lead sends the marks back and lets her go on", async ({
  visitors,
  arrange,
  queue,
}) => {
  test.setTimeout(120_000);
  const examiner = await arrange.person(["examiner"], "Mira Misses");
  const senior = await arrange.person(["senior_examiner"], "Leo Lead");
  await qualified(arrange, examiner);
  const attemptId = await attempt(arrange, queue, { every: 0 });
  const page = await visitors.open(examiner);
  let code = await queue.take(page);
  const doubtful = code;
  // From the second script on every one is a seed.
  const data = { ...standardPolicy, seeds: { ...standardPolicy.seeds, every: 1, graceMarks: 0 } };
  await arrange.db.script.updateMany({
    where: { attemptId, code: { not: code } },
    data: { policy: { programme: "ielp-brief", scheme: "ielp", version: 8, data } },
  });
  await mark(page, [6, 6, 6, 6, 6]);
  for (let seed = 1; seed <= 2; seed += 1) {
    code = await codeOf(page, code);
    expect((await arrange.db.script.findUniqueOrThrow({ where: { code } })).purpose).toBe("seed");
    await expect(page.getByText(/seed/i), "nothing tells").toHaveCount(0);
    const { benchmark } = await arrange.db.script.findUniqueOrThrow({ where: { code }, include: { benchmark: true } });
    const model = benchmark?.scores as Record<string, number>;
    await mark(
      page,
      marksInOrder.map((id) => ((model[id] ?? 0) > 5 ? 1 : 9.5)),
    );
  }
  await expect(page.getByText("Your Writing queue stands still")).toBeVisible({ timeout: 15_000 });
  await page.getByRole("link", { name: "See why, and appeal" }).click();
  await expect(page.getByRole("table")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Appeal" }).click();
  await page.getByLabel("What you think of these marks").fill("I read them as one level higher.");
  await page.getByRole("alertdialog").getByRole("button", { name: "Appeal" }).click();
  await expect(page.getByText("I read them as one level higher.")).toBeVisible();

  const lead = await visitors.open(senior);
  await lead.goto("/admin/marking/examiners");
  await lead.getByRole("link", { name: "Mira Misses" }).click();
  await expect(lead.getByText("I read them as one level higher.")).toBeVisible();
  await expectAccessible(lead);
  await lead.getByRole("button", { name: "Send back 1 mark" }).click();
  await lead.getByLabel("Reason").fill("Two seeds missed.");
  await lead
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Send back/ })
    .click();
  await expect(lead.getByText("1 mark was sent back")).toBeVisible();
  expect(await arrange.db.script.findUniqueOrThrow({ where: { code: doubtful } })).toMatchObject({ status: "waiting" });
  await lead.getByRole("button", { name: "Let her go on" }).click();
  await lead.getByLabel("Note to the examiner").fill("Please read the exemplars again.");
  await lead.getByRole("alertdialog").getByRole("button", { name: "Let her go on" }).click();
  await expect(lead.getByText("Please read the exemplars again.")).toBeVisible();
  await page.goto("/marking");
  await expect(page.getByText("Your Writing queue stands still")).toHaveCount(0);
  await lead.goto("/admin/marking");
  await expect(lead.getByRole("heading", { name: "Marking quality" })).toBeVisible();
  await expectAccessible(lead);
  await lead.goto("/admin/marking/policies");
  await expectAccessible(lead);
});

test("an admin publishes another policy, and the page says so in words", async ({ visitors, arrange }) => {
  const admin = await arrange.person(["admin"], "Paul Policy");
  await publishPolicy(arrange.as(admin.viewer), {
    programme: "ielp-blink",
    skill: "speaking",
    level: null,
    data: standardPolicy,
    reason: "First",
    after: 0,
  });
  const page = await visitors.open(admin);
  await page.goto("/admin/marking/policies");
  const programme = page.getByRole("region", { name: "IELP blink" });
  await programme.getByRole("button", { name: "New version" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Skill").selectOption("speaking");
  await dialog.getByLabel("Marking").selectOption("sampled");
  await dialog.getByLabel("Sampled, of a hundred").fill("25");
  await dialog.getByLabel("Why").fill("Agreement is good.");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(programme.getByRole("row").filter({ hasText: "Agreement is good." })).toContainText(
    "One mark, a sample twice",
  );
  const newest = await arrange.db.markingPolicy.findFirstOrThrow({
    where: { programme: "ielp-blink", skill: "speaking" },
    orderBy: { version: "desc" },
  });
  expect(newest).toMatchObject({ version: 2, data: { mode: "sampled", samplePercent: 25 } });
});
