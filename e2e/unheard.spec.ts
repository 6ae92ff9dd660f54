import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { beginDialogue, endDialogue, speak } from "./support/speaking.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/**
 * `iet-speaking` where no speech-to-text is configured: what a machine cannot measure goes to an examiner, that alone. Runs on
 * the site started without one, after the other journeys.
 */

test.use({ queueOf: "Speaking" });
test.describe.configure({ timeout: 300_000 });

const missing = ["Pronunciation", "Grammar", "Vocabulary"] as const;
const marks = ["61", "55", "70"] as const;

test("four tasks: said at once what could not be measured, rated for that alone by an examiner, certificate", async ({
  arrange,
  queue,
  visitors,
}) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate, "iet-speaking-short");
  const page = await visitors.open(candidate);
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  for (let task = 1; task <= 3; task += 1) await speak(page, "Continue");
  await beginDialogue(page);
  await endDialogue(page, attemptId);

  await test.step("the candidate reads what is missing, why, and who gives it", async () => {
    await expect(page.getByText("Part of this could not be measured by the machine")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("With an examiner", { exact: true })).toHaveCount(4, { timeout: 30_000 });
    const reason = "Not measured: there is no speech-to-text. An examiner rates them.";
    await expect(page.getByText(reason)).toHaveCount(4);
    await expect(page.getByText("Pronunciation and intonation, Grammar and Vocabulary")).toHaveCount(4);
    await expect(page.getByRole("meter", { name: "Fluency and coherence" })).toHaveCount(4);
    await expectAccessible(page);
  });

  await queue.putFirst({ attemptId });
  const examiner = await visitors.open(await arrange.person(["examiner"], "Hanna Hears"));
  await queue.take(examiner);
  for (let task = 1; task <= 4; task += 1) {
    await expect(examiner).toHaveURL(/\/marking\/[A-Z0-9-]+$/);
    await markByKeyboard(examiner, task);
    await expect
      .poll(() => arrange.db.script.count({ where: { attemptId, status: "settled" } }), { timeout: 20_000 })
      .toBe(task);
  }

  // The page does not look again by itself while people work.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "Your result" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("meter", { name: "Vocabulary (examiner)" })).toHaveCount(4);
  await expect(page.getByRole("link", { name: "Certificate", exact: true })).toBeVisible({ timeout: 60_000 });
});

/** The criteria left to her and no other, each by its number, its mark and Enter. */
async function markByKeyboard(examiner: Page, task: number): Promise<void> {
  const criteria = examiner.locator("[data-criterion]");
  await expect(criteria).toHaveCount(missing.length);
  for (const [place, name] of missing.entries())
    await expect(criteria.nth(place).getByRole("heading")).toContainText(name);
  await expect(examiner.getByText("Measured by the machine and not asked for: Fluency and coherence.")).toBeVisible();
  await expect(examiner.getByText("Juno Journey")).toHaveCount(0);
  await expect(criteria.first().getByRole("status"), "a script without marks").toHaveText("–");
  await examiner.locator("body").press("1");
  for (const [place, mark] of marks.entries()) {
    const field = criteria.nth(place).getByRole("spinbutton");
    await expect(field).toBeFocused();
    await examiner.keyboard.type(mark);
    await examiner.keyboard.press("Enter");
    await expect(criteria.nth(place).getByRole("status")).toHaveText(mark);
  }
  if (task === 1) {
    await test.step("a mark typed over, and descriptors beside it", async () => {
      // After the last criterion the comment has the focus.
      await examiner.getByRole("heading", { name: "Marks", exact: true }).click();
      await examiner.keyboard.press("2");
      await expect(criteria.nth(1).getByRole("spinbutton")).toBeFocused();
      await examiner.keyboard.type("48");
      await expect(criteria.nth(1).getByRole("status")).toHaveText("48");
      await examiner.keyboard.press("ArrowUp");
      await expect(criteria.nth(1).getByRole("status")).toHaveText("49");
      await expect(criteria.nth(1).getByRole("definition").first()).toBeVisible();
      await expectAccessible(examiner);
    });
  }
  const code = new URL(examiner.url()).pathname;
  await examiner.keyboard.press("Control+Enter");
  const sure = examiner.getByRole("alertdialog", { name: "Submit these marks?" });
  await expect(async () => {
    // Marked faster than anybody listens: the page asks whether that is meant.
    if (await sure.isVisible()) await sure.getByRole("button", { name: "Submit and next" }).click();
    expect(new URL(examiner.url()).pathname).not.toBe(code);
  }).toPass({ timeout: 20_000 });
}

test("an admin reads what to configure, somebody who practises what can be measured", async ({ arrange, visitors }) => {
  const admin = await visitors.open(demo("admin"));
  await admin.goto("/admin/speech");
  await expect(admin.getByText("None is configured")).toBeVisible();
  await expect(admin.getByText("SPEECH_TO_TEXT=openai")).toBeVisible();
  await expectAccessible(admin);
  const page = await visitors.open(await arrange.person());
  await page.goto("/practice");
  await expect(page.getByText("Only fluency can be measured here at present")).toBeVisible();
});
