import { systemViewer } from "@bandwise/core/kernel/policy";
import { machineSweep } from "@bandwise/core/marking/machine-jobs";
import { versionReport } from "@bandwise/core/marking/machine-schema";
import { rubricFile } from "@bandwise/core/marking/schema";
import { quadraticKappa } from "@bandwise/evaluator/agreement";
import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Person } from "./support/arrange.ts";
import {
  attemptRated,
  contraryWriting,
  machineOn,
  measuredAnswers,
  measuredWriting,
  newestRubric,
} from "./support/machine.ts";
import { kappaOfExaminers, scale, seenByBoth } from "./support/machine-figures.ts";
import { mailTo } from "./support/mailbox.ts";
import { codeOf, mark, qualified } from "./support/marking.ts";
import { test } from "./support/test.ts";

/** The machine rater for those who work with it: turned on, blind beside an examiner; then made, tried, used and taken out of use. */

test.describe.configure({ mode: "serial", timeout: 300_000 });

const fixed = (value: number | null | undefined, digits = 2) =>
  value === null || value === undefined
    ? "–"
    : value
        .toFixed(digits)
        .replace(/^-(?=.*[1-9])/, "−")
        .replace(/^-/, "");

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

let admin: Person;
test.beforeAll(async ({ arrange }) => {
  admin = await arrange.person(["admin"], "Alma Admin");
});

test("turned on in the policy, the machine marks blind beside an examiner, and calls another where they part", async ({
  visitors,
  arrange,
  queue,
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
  expect(await queue.take(page)).toBe(agreed.code);
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
  expect(await queue.take(beside)).toBe(parted.code);
  await expect(beside.getByText("The machine’s marks")).toHaveCount(0);
  await mark(beside, far);
  await expect
    .poll(async () => (await arrange.db.script.findUniqueOrThrow({ where: { id: parted.id } })).outcome)
    .toMatchObject({ rule: "within-tolerance" });
});

test("a version is made, tried at the gate, put into use, counts, and is taken out of use when it no longer agrees", async ({
  visitors,
  arrange,
  queue,
}) => {
  const page = await visitors.open(admin);
  const make = async () => {
    await page.getByRole("button", { name: "Make a version" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
  };
  const versions = page.getByRole("table", { name: "Versions of the machine rater" });
  /** The row of a version in this state; the page is looked at again until it is there. */
  const versionRow = async (number: number, state: string, timeout = 60_000) => {
    const row = rowOf(versions, String(number));
    await expect(async () => {
      await page.goto("/admin/machine");
      await expect(row).toContainText(state, { timeout: 2_000 });
    }).toPass({ timeout });
    return row;
  };

  await test.step("too little has been settled: it says so, and nothing is put into use", async () => {
    await page.goto("/admin/machine");
    await expect(page.getByText("None yet")).toBeVisible();
    await make();
    const row = await versionRow(1, "Could not be made");
    await expect(row).toContainText("calibration needs 200");
    await expect(row.getByRole("button")).toHaveCount(0);
  });

  await test.step("on examiners' own marks it passes, with the figures it showed", async () => {
    await measuredWriting(arrange);
    await page.goto("/admin/machine");
    await make();
    const row = await versionRow(2, "Waits", 150_000);
    await expect(row).toContainText("Passed");
    const version = await arrange.db.machineVersion.findFirstOrThrow({ where: { scheme: "ielp", number: 2 } });
    const report = versionReport.parse(version.report);
    const table = page.getByRole("table", { name: "What version 2 showed" });
    const rubric = rubricFile.parse((await newestRubric(arrange)).data);
    for (const { id, name } of rubric.criteria) {
      const shown = report.criteria.find(({ criterion }) => criterion === id);
      const cells = rowOf(table, name).getByRole("cell");
      expect(shown?.agreement.n).toBeGreaterThanOrEqual(measuredAnswers);
      expect(shown?.agreement.qwk).toBeGreaterThan(0.7);
      await expect(cells).toContainText([
        name,
        String(shown?.agreement.n),
        fixed(shown?.agreement.qwk),
        fixed(await kappaOfExaminers(arrange, id)),
      ]);
      await expect(cells.last()).not.toContainText("Arabic");
    }
    await expect(page.getByRole("table", { name: /^Version 2 by group/ })).toContainText("Arabic");
    await expectAccessible(page);
  });

  await test.step("put into use, its marks count beside an examiner's", async () => {
    const row = await versionRow(2, "Waits");
    await row.getByRole("button", { name: "Put into use" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Put into use" }).click();
    await expect(page.getByText("Version 2 of the machine rater is in use for IELP writing.")).toBeVisible();
    const [script] = await attemptRated(arrange);
    if (!script) throw new Error("three texts were written");
    const examiner = await arrange.person(["examiner"], "Mina Marks");
    await qualified(arrange, examiner, "Quality School");
    const desk = await visitors.open(examiner);
    expect(await queue.take(desk)).toBe(script.code);
    const { inOrder, rating } = await machineOn(arrange, script.id);
    expect(rating.validated).toBe(true);
    await mark(desk, inOrder);
    await codeOf(desk, script.code);
    await desk.goto(`/marking/${script.code}`);
    await expect(desk.getByRole("region", { name: "The machine’s marks" })).toContainText(
      "Validated on answers of this installation.",
    );
    expect((await arrange.db.script.findUniqueOrThrow({ where: { id: script.id } })).outcome).toMatchObject({
      rule: "with-machine",
      machineMark: { machineRatingId: rating.id },
    });
  });

  await test.step("examiners see it otherwise from now on: it is demoted by itself, and every admin is told", async () => {
    await contraryWriting(arrange, 60);
    // The worker looks every hour; this is the same look.
    await machineSweep.run(arrange.as(systemViewer));
    const row = await versionRow(2, "Demoted by itself");
    await expect(row).toContainText(/weighted kappa -?\d\.\d\d on the newest \d+/);
    await expect(page.getByText("not validated on local data, that only advises")).toBeVisible();
    const mail = await mailTo(admin.email, "A version of the machine rater was taken out of use");
    expect(mail.text).toContain("/admin/machine");
    const { rows } = await seenByBoth(arrange);
    const languages = page.getByRole("table", { name: /^Agreement by first language/ });
    for (const language of ["Arabic", "Spanish"]) {
      const own = rows.filter(({ firstLanguage }) => firstLanguage === language);
      expect(own.length).toBeGreaterThan(15);
      const kappa = quadraticKappa(
        own.flatMap(({ pairs }) => pairs.map(({ machine }) => machine)),
        own.flatMap(({ pairs }) => pairs.map(({ human }) => human)),
        scale,
      );
      await expect(rowOf(languages, language).getByRole("cell")).toContainText([
        language,
        String(own.length),
        new RegExp(`^${fixed(kappa)} \\(.+\\)`),
      ]);
    }
    await expect(page.getByRole("table", { name: /^Agreement by month/ }).getByRole("row")).not.toHaveCount(2);
    await expect(page.getByText(/^Drift from \d{4}-\d\d to \d{4}-\d\d: [+−]?\d\.\d\d \(/)).toBeVisible();
    await expectAccessible(page);
  });
});
