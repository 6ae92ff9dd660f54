import { machineMark } from "@bandwise/core/marking/machine-rules";
import { machineCriterion } from "@bandwise/core/marking/machine-schema";
import { rubricFile } from "@bandwise/core/marking/schema";
import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Arrange, Person } from "./support/arrange.ts";
import { essay, wordsOfTasks } from "./support/machine.ts";
import { codeOf, mark, qualified } from "./support/marking.ts";
import { test } from "./support/test.ts";

/** The machine rater for those who work with it: turned on, blind beside an examiner; and what is said where no version can be made yet. */

test.describe.configure({ mode: "serial", timeout: 300_000 });

const fixed = (value: number | null | undefined, digits = 2) =>
  value === null || value === undefined
    ? "–"
    : value
        .toFixed(digits)
        .replace(/^-(?=.*[1-9])/, "−")
        .replace(/^-/, "");

/** An attempt whose three texts the machine has rated; two wait first of all, on days of their own, and nobody else's are as old. */
async function attemptRated(arrange: Arrange): Promise<readonly { id: string; code: string }[]> {
  const candidate = await arrange.person();
  // What it is asked to write about is known once it has begun; the text is about all three tasks.
  const attemptId = await arrange.submitted(candidate, "ielp-machine", async (begun) =>
    essay(await wordsOfTasks(arrange, begun)),
  );
  const writing = { attemptId, skill: "writing" as const };
  await expect
    .poll(() => arrange.db.machineRating.count({ where: { script: writing } }), {
      message: "the worker's machine rates all three",
      timeout: 120_000,
    })
    .toBe(3);
  const scripts = await arrange.db.script.findMany({ where: writing, orderBy: { level: "asc" } });
  for (const [place, { id }] of scripts.entries()) {
    const waitingSince = new Date(Date.UTC(2019, 0, 1 + place));
    await arrange.db.script.update({ where: { id }, data: { waitingSince } });
  }
  return scripts;
}

/** The machine's newest rating of a script, and the marks it comes to on the rubric. */
async function machineOn(arrange: Arrange, scriptId: string) {
  const rubric = rubricFile.parse((await newestRubric(arrange)).data);
  const rating = await arrange.db.machineRating.findFirstOrThrow({
    where: { scriptId },
    orderBy: { createdAt: "desc" },
  });
  const criteria = machineCriterion.array().parse(rating.criteria);
  const marks = machineMark(rubric, criteria);
  if (marks === null) throw new Error(`the machine has no mark on ${scriptId}: ${rating.flags.join(", ")}`);
  return { rating, rubric, criteria, inOrder: rubric.criteria.map(({ id }) => marks[id] ?? 0) };
}

function newestRubric(arrange: Arrange) {
  return arrange.db.rubric.findFirstOrThrow({
    where: { scheme: "ielp", skill: "writing" },
    orderBy: { version: "desc" },
  });
}

/** What the server has told this page: every answer but programs, styles, fonts and pictures. */
function answersTo(page: Page): { all(): Promise<string> } {
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    const kind = response.headers()["content-type"] ?? "";
    if (!/javascript|css|font|image|audio/.test(kind)) answers.push(response.text().catch(() => ""));
  });
  return { all: async () => (await Promise.all(answers)).join("\n") };
}

function rowOf(table: Locator, name: string): Locator {
  return table.getByRole("row").filter({ has: table.page().getByRole("cell", { name, exact: true }) });
}

async function takeNext(page: Page): Promise<string> {
  await page.goto("/marking");
  await page.getByRole("button", { name: "Take next Writing" }).click();
  return codeOf(page);
}

let admin: Person;
test.beforeAll(async ({ arrange }) => {
  admin = await arrange.person(["admin"], "Alma Admin");
});

test("turned on in the policy, the machine marks blind beside an examiner, and calls another where they part", async ({
  visitors,
  arrange,
}) => {
  const board = await visitors.open(admin);
  await board.goto("/admin/marking/policies");
  const programme = board.getByRole("region", { name: "IELP with the machine" });
  await expect(programme.getByText("The machine is not asked.")).toBeVisible();
  await programme.getByRole("button", { name: "New version" }).click();
  const dialog = board.getByRole("alertdialog");
  await dialog.getByLabel("The machine, for writing").selectOption("second");
  await expect(dialog.getByText(/Neither sees the other’s marks before both are given/)).toBeVisible();
  await dialog.getByLabel("Qualified examiners only").check({ force: true });
  await dialog.getByLabel("Why").fill("We try it.");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(programme.getByText(/The machine is the second marker of writing, blind/)).toBeVisible();

  const scripts = await attemptRated(arrange);
  const [agreed, parted] = scripts;
  if (!agreed || !parted) throw new Error("three texts were written");
  const examiner = await arrange.person(["examiner"], "Mara Marks");
  await qualified(arrange, examiner, "Quality School");
  const page = await visitors.open(examiner);
  const told = answersTo(page);
  expect(await takeNext(page)).toBe(agreed.code);
  // Read whole: of an answer that came on the way from page to page the browser may not keep the body.
  await page.reload();
  await expect(page.locator("[data-answer]")).toBeVisible();
  await expect(page.getByText("The machine’s marks")).toHaveCount(0);
  const machine = await machineOn(arrange, agreed.id);
  const secrets = [machine.rating.id, machine.rating.raterId, machine.rating.raterHash, machine.rating.inputHash];
  const before = await told.all();
  expect(before, "the page did learn its script").toContain(agreed.code);
  for (const secret of [...secrets, "contributions"]) expect(before, "nothing of the machine").not.toContain(secret);

  await mark(page, machine.inOrder);
  expect(await codeOf(page, agreed.code)).toBe(parted.code);
  expect(await arrange.db.script.findUniqueOrThrow({ where: { id: agreed.id } })).toMatchObject({
    status: "settled",
    // It has passed no gate: her mark counts alone.
    outcome: { rule: "single" },
  });
  await page.goto(`/marking/${agreed.code}`);
  const shown = page.getByRole("region", { name: "The machine’s marks" });
  await expect(shown).toContainText("Not yet validated on local data: it only advises.");
  for (const { criterion, score, contributions } of machine.criteria) {
    const name = machine.rubric.criteria.find(({ id }) => id === criterion)?.name ?? "";
    const line = shown.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
    await expect(line).toContainText(fixed(score, 1));
    const strongest = contributions
      .filter(({ value }) => value !== null)
      .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0];
    await expect(line, "what moved it most").toContainText(fixed(strongest?.effect));
  }
  await expectAccessible(page);

  // Four points from what the machine thinks of the other text.
  const other = await machineOn(arrange, parted.id);
  const far = other.inOrder.map((given) => (given >= 4.5 ? given - 4 : given + 4));
  await page.goto(`/marking/${parted.code}`);
  await mark(page, far);
  await expect
    .poll(() => arrange.db.script.findUniqueOrThrow({ where: { id: parted.id } }))
    .toMatchObject({ status: "waiting", ratingsNeeded: 2, secondReason: "machine" });
  const second = await arrange.person(["examiner"], "Sigi Second");
  await qualified(arrange, second, "Quality School");
  const beside = await visitors.open(second);
  expect(await takeNext(beside)).toBe(parted.code);
  await expect(beside.getByText("The machine’s marks")).toHaveCount(0);
  await mark(beside, far);
  await expect
    .poll(async () => (await arrange.db.script.findUniqueOrThrow({ where: { id: parted.id } })).outcome)
    .toMatchObject({ rule: "within-tolerance" });
});

test("a version that too little has been settled for could not be made, says so, and has nothing to put into use", async ({
  visitors,
}) => {
  const page = await visitors.open(admin);
  await page.goto("/admin/machine");
  await expect(page.getByText("None yet")).toBeVisible();
  await page.getByRole("button", { name: "Make a version" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  const row = rowOf(page.getByRole("table", { name: "Versions of the machine rater" }), "1");
  await expect(async () => {
    await page.goto("/admin/machine");
    await expect(row).toContainText("Could not be made", { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(row).toContainText("calibration needs 200");
  await expect(row.getByRole("button")).toHaveCount(0);
});
