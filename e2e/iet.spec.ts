import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { test } from "./support/test.ts";

/** `iet-speaking` in a browser: four tasks into a microphone, rated with a speech-to-text that the test itself runs. */

test.describe.configure({ mode: "serial", timeout: 300_000 });

const said =
  "I am living in a small town near the sea because I like the water, and every day I go to work by bus. She have a dog, " +
  "um, that is always hungry. I think that people should cook together, although it takes time, because they talk more.";

let server: TranscriptionServer;
test.beforeAll(async () => {
  server = await startTranscriptionServer(Number(new URL(process.env.SPEECH_TO_TEXT_URL ?? "").port));
  server.say(said, 0.85);
});
test.afterAll(() => server.close());

/** Prepares, speaks for the whole time and goes on. */
async function speak(page: Page, onwards: string): Promise<void> {
  await page.getByRole("button", { name: "Start to prepare" }).click();
  await page.getByRole("button", { name: "Answer now" }).click();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await expect(page.getByText("Your answer is recorded.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: onwards }).click();
}

test("four tasks, then criteria, level, advice and a certificate within a minute", async ({ arrange, visitors }) => {
  const candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate, "iet-speaking-short");
  const page = await visitors.open(candidate);
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();

  for (let task = 1; task <= 3; task += 1) await speak(page, "Continue");

  await page.getByRole("button", { name: "Start to read" }).click();
  await page.getByRole("button", { name: "Begin now" }).click();
  await expect(page.getByText(/is speaking\. Listen/)).toBeVisible();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible({ timeout: 30_000 });
  await test.step("a reload in the middle goes on with the same conversation", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).click();
  });
  await expect(page.getByText("Your conversation is recorded.")).toBeVisible({ timeout: 120_000 });
  await page.getByRole("button", { name: "Finish and hand in" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand in" }).click();
  await page.waitForURL(`**/attempts/${attemptId}/receipt`);
  const handedIn = Date.now();
  await expect(page.getByRole("heading", { name: "Your result" })).toBeVisible({ timeout: 60_000 });
  const seconds = (Date.now() - handedIn) / 1000;
  test.info().annotations.push({ type: "seconds from the receipt to the result", description: seconds.toFixed(1) });

  await expect(page.getByRole("region", { name: "Result" }).getByText(/^(A1|A2|B1|B2|C1|C2)$/)).toBeVisible();
  await expect(page.getByText(/not yet validated on local data/)).toBeVisible();
  await expect(page.getByRole("heading", { name: /Strengths|Next steps/ }).first()).toBeVisible();
  await page
    .getByRole("button", { name: /^Play at / })
    .first()
    .click();
  await expectAccessible(page);
  await expect(page.getByRole("link", { name: "Certificate", exact: true })).toBeVisible({ timeout: 60_000 });
});

test("practice: feedback at once, one's own recording, a goal, and nothing left when deleted", async ({
  arrange,
  visitors,
}) => {
  const page = await visitors.open(await arrange.person());
  await page.goto("/practice");
  await page.getByLabel("Tasks a day").fill("1");
  await page.getByRole("button", { name: "Keep this goal" }).click();
  await expect(page.getByText("Kept.")).toBeVisible();
  await page.getByRole("listitem").filter({ hasText: "Introduce yourself" }).getByRole("link").click();
  await page.getByRole("button", { name: "Start to prepare" }).click();
  await page.getByRole("button", { name: "Answer now" }).click();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await page.waitForTimeout(12_000);
  await page.getByRole("button", { name: "Finish early" }).click();
  await page.getByRole("button", { name: "See feedback" }).click();
  await expect(page.getByRole("meter", { name: "Fluency and coherence" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("meter", { name: "Vocabulary" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Nothing recorded yet")).toBeVisible();
});
