import { makeInterviewFinal } from "@bandwise/core/interviews/commands";
import { suspendPerson } from "@bandwise/core/people/commands";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Arrange, Person } from "./support/arrange.ts";
import { bookedInterview, identifiedInterview, noonCentre } from "./support/interviews.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

const titles = ["Fluency and coherence", "Vocabulary", "Grammar", "Pronunciation"] as const;

/** Chooses each criterion by its key and types its band. */
async function giveBands(page: Page, bands: readonly string[]): Promise<void> {
  for (const [index, band] of bands.entries()) {
    await page.getByRole("heading", { name: "Bands" }).click();
    await page.keyboard.press(`Shift+Digit${index + 1}`);
    const group = page.locator(`[data-criterion="${index + 1}"]`);
    await expect(group.locator("input:focus")).toHaveCount(1);
    for (const key of band) await page.keyboard.press(key);
    await expect(group.getByRole("status"), titles[index]).toHaveText(band.includes(".") ? band : `${band}.0`);
    await page.keyboard.press("Escape");
  }
}

const overall = (page: Page) => page.getByRole("status", { name: "Overall band" });
const step = (page: Page) => page.locator("#step");

async function until(arrange: Arrange, attemptId: string, status: string): Promise<void> {
  await expect
    .poll(async () => (await arrange.db.attempt.findUnique({ where: { id: attemptId } }))?.status, { timeout: 30_000 })
    .toBe(status);
}

/** Dates as fields of forms write them. */
function inZone(at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, ...options }).format(at);
}

async function next(page: Page): Promise<void> {
  const before = await step(page).textContent();
  await page.keyboard.press("n");
  await expect(step(page)).not.toHaveText(before ?? "");
}

test("an interview from its slot to its band: booked, held through a lost line and a reload, marked, final", async ({
  visitors,
  arrange,
}) => {
  test.setTimeout(150_000);
  const centre = await noonCentre(arrange);
  const examiner = await arrange.person(["examiner"], `Edda ${arrange.services.ids.code(1)}`);
  const candidate = await arrange.person(["candidate"], "Noé Talker-Ruiz");

  // An admin opens a time.
  const admin = await visitors.open(demo("admin"));
  await admin.goto("/interviews");
  await admin.getByRole("button", { name: "Open times" }).click();
  const dialog = admin.getByRole("dialog", { name: "Open times for interviews" });
  await dialog.getByLabel("Examiner").selectOption({ label: examiner.name });
  await dialog.getByLabel("Programme").selectOption({ label: "IELTS-style speaking interview, short, version 1" });
  await dialog.getByLabel("Centre").selectOption({ label: centre.name });
  const soon = Date.now() + 6 * 60_000;
  const day = inZone(soon, centre.timeZone, { year: "numeric", month: "2-digit", day: "2-digit" });
  const clock = (at: number) => inZone(at, centre.timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  await dialog.getByLabel("First day").fill(day);
  await dialog.getByLabel("Last day").fill(day);
  await dialog.getByLabel("From", { exact: true }).fill(clock(soon));
  await dialog.getByLabel("Until", { exact: true }).fill(clock(soon + 3_600_000));
  await dialog.getByLabel("One every … minutes").fill("60");
  await dialog.getByLabel("Minutes each").fill("60");
  await dialog.getByLabel("Book until … hours before").fill("0");
  await dialog.getByLabel("Change until … hours before").fill("0");
  await dialog.getByText("Saturdays and Sundays too").click();
  await dialog.getByRole("button", { name: "Open for booking" }).click();
  await expect(admin.getByText("1 time is open for booking.")).toBeVisible();

  // A candidate books it, and is not told with whom.
  const person = await visitors.open(candidate);
  await person.goto("/book");
  await person.getByRole("link", { name: "book an interview" }).click();
  const time = person.locator(".tick").filter({ hasText: centre.name });
  await time.getByRole("radio").check();
  await expect(person.locator("body")).not.toContainText(examiner.name);
  await person.getByRole("button", { name: "Book this time" }).click();
  await expect(person).toHaveURL(/\/home/);
  await expect(person.getByText("An examiner, who meets you at this time")).toBeVisible();
  await person.getByRole("link", { name: "Open your screen" }).click();
  await expect(person.getByRole("heading", { name: "Your interview has not begun" })).toBeVisible();

  // The examiner compares the document with the booking.
  const page = await visitors.open(examiner);
  await page.goto("/interviews");
  await page.getByRole("link", { name: candidate.name }).first().click();
  await page.getByLabel("Name on the document").fill("Noe Talker");
  await page.getByRole("checkbox", { name: /privacy notice/ }).check();
  await page.getByRole("checkbox", { name: /interview is recorded/ }).check();
  await page.getByRole("button", { name: "Compare and admit" }).click();
  await expect(page.getByText("The names differ: do not begin")).toBeVisible();
  await page.getByLabel("Name on the document").fill("NOE TALKER RUIZ");
  await page.getByRole("button", { name: "Compare and admit" }).click();
  await expect(page.getByRole("meter", { name: "Microphone level" })).toBeVisible();
  await page.getByRole("button", { name: "Begin the interview" }).click();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await expect(person.getByText("Listen to your examiner")).toBeVisible();
  await expect(person.getByText("Being recorded")).toBeVisible();

  // Part 1, by keys alone.
  while (!(await page.getByRole("button", { name: "Show the card" }).isVisible())) await next(page);
  await next(page);
  await expect(page.getByText("On the candidate’s screen")).toBeVisible();
  await expect(person.getByRole("heading", { level: 1 }), "the card").toHaveText(
    (await page.locator("p.text-read").textContent()) ?? "",
  );
  await expect(person.getByText("to prepare; you may make notes")).toBeVisible();

  // The line goes away in the long turn: what happens is kept, and nobody notices but the examiner's page.
  await page.context().setOffline(true);
  await next(page);
  await page.getByLabel("Notes").fill("Speaks at length, few pauses.");
  await giveBands(page, ["7"]);
  await expect(page.getByText("Offline: kept here")).toBeVisible();
  await page.waitForTimeout(4_000);
  await expect(person.getByText("to prepare; you may make notes"), "the server knows nothing yet").toBeVisible();
  await page.context().setOffline(false);
  await expect(person.getByText(/^speaking;/)).toBeVisible();
  const spoken = await step(page).textContent();

  // The page is reloaded: same line, same notes, same clock, and the recording goes on.
  page.on("dialog", (ask) => void ask.accept());
  await page.reload();
  await expect(step(page)).toHaveText(spoken ?? "");
  await expect(page.getByLabel("Notes")).toHaveValue("Speaks at length, few pauses.");
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await page.waitForTimeout(2_500);
  while (!(await page.getByRole("button", { name: "End the interview" }).isVisible())) await next(page);
  await page.getByRole("button", { name: "End the interview" }).click();
  await expect(person.getByText("The interview is over")).toBeVisible();

  await giveBands(page, ["7", "6.5", "6", "7"]);
  await expect(overall(page)).toHaveText("6.5");
  await expect(page.getByText("6.625")).toBeVisible();
  await page.getByRole("button", { name: "Finish and hand in" }).click();
  await expect(page.getByText(/Final in/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Make final now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make final" }).click();
  await expect(page.getByText("the first rating of this interview")).toBeVisible();

  const attempt = await arrange.db.attempt.findFirstOrThrow({ where: { candidateId: candidate.id } });
  await until(arrange, attempt.id, "marked");
  const script = await arrange.db.script.findFirstOrThrow({
    where: { attemptId: attempt.id },
    include: { ratings: true, attemptItem: { include: { recordings: true } } },
  });
  expect(script.ratings).toMatchObject([
    { status: "final", scores: { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 } },
  ]);
  const heard = script.attemptItem?.recordings.filter(({ status }) => status === "processed") ?? [];
  expect(heard.length, "what was said can be heard").toBeGreaterThan(0);
  expect(heard.some(({ id }) => id === script.ratings[0]?.recordingId)).toBe(true);
});

test("an uneven profile: 5, 7, 5 and 4.5 come to 5.0, with the reason beside it", async ({ visitors, arrange }) => {
  test.setTimeout(90_000);
  const examiner = await arrange.person(["examiner"]);
  const candidate = await arrange.person(["candidate"], "Una Uneven");
  const attemptId = await identifiedInterview(arrange, examiner, candidate);
  const page = await visitors.open(examiner);
  await page.goto(`/interviews/${attemptId}`);
  await page.getByRole("button", { name: "Begin the interview" }).click();
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  await page.getByText("Whole script, and the candidate’s screen").click();
  await page.getByRole("button", { name: "Code for the candidate’s screen" }).click();
  const code = (await page.locator("output.font-code").textContent()) ?? "";

  // A screen of the room, where nobody is signed in.
  const room = await visitors.open(null);
  await room.goto("/card");
  await room.getByLabel("Code").fill("XXXX-XXXX");
  await room.getByRole("button", { name: "Show my screen" }).click();
  await expect(room.getByText("No interview has this code now.")).toBeVisible();
  await room.getByLabel("Code").fill(code);
  await room.getByRole("button", { name: "Show my screen" }).click();
  await expect(room.getByText("Listen to your examiner")).toBeVisible();

  await page.getByRole("button", { name: /^3\. Thank you/ }).click();
  await page.getByRole("button", { name: "End the interview" }).click();
  await giveBands(page, ["5", "7", "5", "4.5"]);
  await expect(overall(page)).toHaveText("5.0");
  await expect(page.getByText("A level or more below 5.5: Pronunciation.")).toBeVisible();
  await page.getByRole("button", { name: "Finish and hand in" }).click();
  await expect(page.getByText(/Final in/)).toBeVisible({ timeout: 30_000 });
  // Left alone, the marks become final by themselves: the short programme waits twenty seconds.
  await until(arrange, attemptId, "marked");
  await makeInterviewFinal(arrange.as(examiner.viewer), { attemptId });
});

test("where both are online the candidate's microphone records, a reloaded page too, and the interview can be heard", async ({
  visitors,
  arrange,
}) => {
  test.setTimeout(120_000);
  const examiner = await arrange.person(["examiner"]);
  const candidate = await arrange.person(["candidate"], "Ota Online");
  const attemptId = await identifiedInterview(arrange, examiner, candidate);
  const person = await visitors.open(candidate);
  await person.goto("/home");
  await person.getByRole("link", { name: "Open your screen" }).click();
  await expect(person.getByRole("heading", { name: "Your interview has not begun" })).toBeVisible();

  const page = await visitors.open(examiner);
  await page.goto(`/interviews/${attemptId}`);
  await page.getByText("The candidate’s microphone").click();
  await expect(page.getByRole("meter", { name: "Microphone level" }), "the examiner's own is left alone").toHaveCount(
    0,
  );
  await page.getByRole("button", { name: "Begin the interview" }).click();
  await expect(page.getByText("Candidate’s microphone records")).toBeVisible();
  await expect(person.getByText("Being recorded")).toBeVisible();
  await person.waitForTimeout(3_000);
  await person.reload();
  await expect(person.getByText("Being recorded")).toBeVisible();
  await person.waitForTimeout(3_000);

  await page.getByText("Whole script, and the candidate’s screen").click();
  await page.getByRole("button", { name: /^3\. Thank you/ }).click();
  await page.getByRole("button", { name: "End the interview" }).click();
  await expect(person.getByText("The interview is over")).toBeVisible();
  await expect(person.getByText("Your recording is being sent"), "everything has arrived").toHaveCount(0);
  await giveBands(page, ["6", "6", "6", "6"]);
  await expect(overall(page)).toHaveText("6.0");
  await page.getByRole("button", { name: "Finish and hand in" }).click();
  await expect(page.getByText(/Final in/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Make final now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make final" }).click();
  await until(arrange, attemptId, "marked");
  const recordings = await arrange.db.recording.findMany({ where: { attemptItem: { attemptId } } });
  const heard = recordings.filter(({ status }) => status === "processed");
  expect(heard.length, "what was said can be heard").toBeGreaterThan(0);
  // Two pages recorded three seconds each: more than either alone, though leaving a page may cost the second under way.
  expect(Math.max(...heard.map(({ durationSeconds }) => durationSeconds ?? 0))).toBeGreaterThan(4);
});

test("a candidate moves and cancels an interview, and an examiner takes a time back", async ({ visitors, arrange }) => {
  const examiner: Person = await arrange.person(["examiner"]);
  const candidate = await arrange.person(["candidate"], "Mia Mover");
  await bookedInterview(arrange, examiner, candidate);
  const other = await arrange.person(["examiner"]);
  const spare = await arrange.person(["candidate"], "Spare Candidate");
  const elsewhere = await bookedInterview(arrange, other, spare);

  const page = await visitors.open(candidate);
  await page.goto("/home");
  await page.getByRole("button", { name: "Cancel booking" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel booking" }).click();
  await expect(page.getByText("No sitting booked")).toBeVisible();

  const busy = await visitors.open(other);
  await busy.goto("/interviews");
  await busy.getByRole("button", { name: "Withdraw" }).first().click();
  const dialog = busy.getByRole("alertdialog");
  await expect(dialog.getByText("The candidate loses the booking")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Ill today");
  await dialog.getByRole("button", { name: "Withdraw" }).click();
  await until(arrange, elsewhere, "cancelled");
});

test("a booked interview whose examiner is suspended stands on the admins' list, and goes to another one", async ({
  visitors,
  arrange,
}) => {
  const lost: Person = await arrange.person(["examiner"]);
  const other = await arrange.person(["examiner"], `Enda ${arrange.services.ids.code(1)}`);
  const candidate = await arrange.person(["candidate"], `Lost ${arrange.services.ids.code(1)}`);
  const attemptId = await bookedInterview(arrange, lost, candidate);
  const admin = await arrange.person(["admin"]);
  await suspendPerson(arrange.as(admin.viewer), { personId: lost.id });

  const page = await visitors.open(demo("admin"));
  await page.goto("/interviews");
  const row = page.getByRole("table", { name: "Interviews waiting for an admin" }).getByRole("row", {
    name: new RegExp(candidate.name),
  });
  await expect(row).toContainText("may hold no interviews any more");
  await expectAccessible(page);
  await row.getByRole("button", { name: "Give to another" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Examiner").selectOption({ label: other.name });
  await dialog.getByRole("button", { name: "Give it to them" }).click();
  await expect(row).toHaveCount(0);
  const { sitting } = await arrange.db.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: { sitting: { select: { interview: true } } },
  });
  expect(sitting.interview).toMatchObject({ examinerId: other.id });
});
