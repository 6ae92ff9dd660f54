import { type PartnerServer, startPartnerServer } from "@bandwise/evaluator/testing/partner-server";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Person } from "./support/arrange.ts";
import { beginDialogue, endDialogue, speak } from "./support/speaking.ts";
import { test } from "./support/test.ts";

/** `iet-speaking` in a browser: four tasks into a microphone, rated with a speech-to-text that the test itself runs. */

test.describe.configure({ mode: "serial", timeout: 300_000 });

const said =
  "I am living in a small town near the sea because I like the water, and every day I go to work by bus. She have a dog, " +
  "um, that is always hungry. I think that people should cook together, although it takes time, because they talk more.";

const better =
  "Last year I moved to a small town near the sea, because I had always wanted to live closer to the water. Although the " +
  "journey to work takes longer now, I enjoy it, since the bus follows the coast and I can read. I believe that people who " +
  "cook together talk more openly, which is why my neighbours and I share a meal every week.";

let server: TranscriptionServer;
let partner: PartnerServer;
let candidate: Person;
test.beforeAll(async () => {
  partner = await startPartnerServer(Number(new URL(process.env.LLM_PARTNER_URL ?? "").port));
  server = await startTranscriptionServer(Number(new URL(process.env.SPEECH_TO_TEXT_URL ?? "").port));
  server.say(said, 0.85);
});
test.afterAll(() => Promise.all([server.close(), partner.close()]));

test("four tasks, then criteria, level, advice and a certificate within a minute", async ({ arrange, visitors }) => {
  candidate = await arrange.person();
  const { attemptId } = await arrange.started(candidate, "iet-speaking-short");
  const page = await visitors.open(candidate);
  await page.goto(`/exam/${attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();

  for (let task = 1; task <= 3; task += 1) await speak(page, "Continue");

  partner.ask("Could you tell me a little more?");
  await beginDialogue(page);
  await expect(page.getByText("Recording", { exact: true })).toBeVisible({ timeout: 30_000 });
  await test.step("a reload in the middle goes on with the same conversation", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).click();
  });
  await test.step("what the model asks back is asked once, kept, and still asked after a reload", async () => {
    const question = page.getByText("“Could you tell me a little more?”");
    await expect(question).toBeVisible({ timeout: 30_000 });
    partner.ask(null);
    await expect(page.getByText("Recording", { exact: true })).toBeVisible();
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(question).toBeVisible();
  });
  await endDialogue(page, attemptId);
  expect(
    await arrange.db.partnerReply.findMany({
      where: { attemptItem: { attemptId } },
      select: { turn: true, rule: true, words: true },
    }),
  ).toEqual([{ turn: 0, rule: "model", words: "Could you tell me a little more?" }]);
  const heard = partner.requests.filter(({ path }) => path === "/v1/chat/completions");
  expect(JSON.parse(heard[0]?.body.messages?.[1]?.content ?? "")).toMatchObject({ answer: said });
  const handedIn = Date.now();
  await expect(page.getByRole("heading", { name: "Your result" })).toBeVisible({ timeout: 60_000 });
  const seconds = (Date.now() - handedIn) / 1000;
  test.info().annotations.push({ type: "seconds from the receipt to the result", description: seconds.toFixed(1) });

  await expect(page.getByRole("region", { name: "Result" }).getByText(/^(A1|A2|B1|B2|C1|C2)$/)).toBeVisible();
  await expect(page.getByText(/not yet validated on local data/)).toBeVisible();
  await expect(page.getByRole("list", { name: "What you were asked back in task 4" })).toHaveText(
    "Turn 1, your partner: “Could you tell me a little more?” (a language model’s question)",
  );
  await expect(page.getByRole("heading", { name: /Strengths|Next steps/ }).first()).toBeVisible();
  await page
    .getByRole("button", { name: /^Play at / })
    .first()
    .click();
  await expectAccessible(page);
  await expect(page.getByRole("link", { name: "Certificate", exact: true })).toBeVisible({ timeout: 60_000 });
});

test("a second attempt shows how far one has come since the first", async ({ arrange, visitors }) => {
  server.say(better, 0.95);
  const attemptId = await arrange.spoken(candidate);
  server.say(said, 0.85);
  const page = await visitors.open(candidate);
  await page.goto(`/attempts/${attemptId}/receipt`);
  await expect(page.getByRole("heading", { name: "Your result" })).toBeVisible({ timeout: 60_000 });
  const earlier = page.getByRole("list", { name: "Earlier results" }).getByRole("listitem");
  await expect(earlier).toHaveCount(1);
  await expect(earlier).toHaveText(/: \d+\.\d\d, (A1|A2|B1|B2|C1|C2) \([+−]\d+\.\d\d since\)/);
  const results = await arrange.db.result.findMany({
    where: { attempt: { candidateId: candidate.id }, status: "released" },
    orderBy: { releasedAt: "asc" },
  });
  const [first, second] = results.map(({ output }) => Number((output as { overall: string }).overall));
  const change = (second ?? 0) - (first ?? 0);
  await expect(earlier).toContainText(`${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(2)} since`);
  await expectAccessible(page);
});

test("practice: feedback at once, progress over two answers, a goal and its calendar, and nothing left when deleted", async ({
  arrange,
  visitors,
}) => {
  const page = await visitors.open(await arrange.person());
  await page.goto("/practice");
  await page.getByLabel("Tasks a day").fill("1");
  await page.getByRole("button", { name: "Keep this goal" }).click();
  await expect(page.getByText("Kept.")).toBeVisible();
  const answer = async () => {
    await page.getByRole("button", { name: "Start to prepare" }).click();
    await page.getByRole("button", { name: "Answer now" }).click();
    await expect(page.getByText("Recording", { exact: true })).toBeVisible();
    await page.waitForTimeout(12_000);
    await page.getByRole("button", { name: "Finish early" }).click();
    await page.getByRole("button", { name: "See feedback" }).click();
    await expect(page.getByRole("meter", { name: "Fluency and coherence" })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("meter", { name: "Vocabulary" })).toBeVisible();
  };
  await page.getByRole("listitem").filter({ hasText: "Introduce yourself" }).getByRole("link").click();
  await answer();
  server.say(better, 0.95);
  await page.getByRole("link", { name: "The same task again" }).click();
  await answer();
  server.say(said, 0.85);
  await test.step("one's own answers to the same task stand side by side, each to be heard", async () => {
    const answers = page.getByRole("table", { name: /^Your answers to “/ }).getByRole("row");
    await expect(answers).toHaveCount(3);
    await answers
      .last()
      .getByRole("button", { name: /^Listen to/ })
      .click();
    await expect(answers.getByRole("button", { name: /^Pause/ })).toHaveCount(1);
    await expectAccessible(page);
  });
  await page.goto("/practice");
  await expect(page.getByLabel("Tasks a day"), "the goal has stayed").toHaveValue("1");
  const today = page.getByRole("table", { name: "Practice by day" }).locator("[aria-current=date]");
  await expect(today).toContainText("practised");
  await expect(today).toContainText("2");
  const vocabulary = page.getByRole("figure").filter({ hasText: "Vocabulary" });
  await expect(vocabulary).toContainText(/\d+ → \d+, 2 answers/);
  const [from, to] = ((await vocabulary.textContent()) ?? "").match(/(\d+) → (\d+), 2 answers/)?.slice(1) ?? [];
  expect(Number(to), "richer words score higher").toBeGreaterThan(Number(from));
  await expectAccessible(page);
  const recordings = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Delete" }) });
  await expect(recordings).toHaveCount(2);
  await recordings.first().getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(recordings).toHaveCount(1);
  await recordings.first().getByRole("link").click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Nothing recorded yet")).toBeVisible();
});

test("a partner who was not told what was asked for asks back once", async ({ arrange, visitors }) => {
  const title = "The missing suitcase";
  const item = await arrange.db.itemVersion.findFirstOrThrow({
    where: { status: "active", type: "dialogue", content: { path: ["title"], equals: title } },
  });
  const { turns } = item.content as { turns: { listensFor?: { otherwise: string } }[] };
  const asked = turns.flatMap(({ listensFor }) => (listensFor ? [listensFor.otherwise] : []));
  server.say("I do not know what to tell you about it, because it is big and blue.");
  const page = await visitors.open(await arrange.person());
  await page.goto(`/practice/${item.id}`);
  await page.getByRole("button", { name: "Start to read" }).click();
  await page.getByRole("button", { name: "Begin now" }).click();
  const answer = async (seconds: number) => {
    await expect(page.getByText("Recording", { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.waitForTimeout(seconds * 1000);
    await page.getByRole("button", { name: "Finish answer" }).click();
  };
  const backs = asked.map((words) => page.getByText(`“${words}”`));
  for (const { listensFor } of turns) {
    await answer(8);
    if (!listensFor) continue;
    await expect(page.getByText(`“${listensFor.otherwise}”`)).toBeVisible();
    await answer(1);
  }
  for (const back of backs) await expect(back).toHaveCount(0);
  await expect(page.getByText("Your conversation is recorded.")).toBeVisible();
  server.say(said, 0.85);
});
