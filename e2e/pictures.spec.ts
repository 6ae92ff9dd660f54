import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beginSection, endSection } from "@bandwise/core/delivery/exam-commands";
import { expect, type Page } from "@playwright/test";
import type { Account, Person, Started } from "./support/arrange.ts";
import { answerItem, next, saved } from "./support/exam.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/**
 * The pictures of the README, taken from the site as it is: `E2E_ONLY=pictures pnpm e2e`. Not part of the tests. The people
 * and attempts are those of the demonstration.
 */

const folder = join(import.meta.dirname, "..", "docs", "pictures");
const sizes = { "1440": { width: 1440, height: 900 }, "390": { width: 390, height: 844 } } as const;
type Size = keyof typeof sizes;
type Theme = "light" | "dark";

test.use({ queueOf: "Speaking" });
test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(() => {
  mkdirSync(folder, { recursive: true });
});

async function take(page: Page, name: string, size: Size, theme: Theme): Promise<void> {
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`), animations: "disabled", caret: "hide" });
}

const looks: readonly (readonly [Size, Theme])[] = [
  ["1440", "light"],
  ["1440", "dark"],
  ["390", "light"],
];

async function takeAll(page: Page, name: string): Promise<void> {
  for (const [size, theme] of looks) await take(page, name, size, theme);
  await page.setViewportSize(sizes["1440"]);
}

test("pages that stand still", async ({ visitors, arrange }) => {
  const candidate = await arrange.db.person.findUniqueOrThrow({ where: { email: "candidate2@demo.test" } });
  const result = await arrange.db.result.findFirstOrThrow({
    where: { attempt: { candidateId: candidate.id }, status: "released" },
    orderBy: { releasedAt: "desc" },
    include: { certificates: true },
  });
  const still: readonly (readonly [name: string, path: string, by: Account | null])[] = [
    ["landing", "/", null],
    ["sign-in", "/sign-in", null],
    ["verify", `/verify/${result.certificates[0]?.code}`, null],
    ["home", "/home", demo("candidate2")],
    ["result", `/results/${result.id}`, demo("candidate2")],
    ["certificate", "/certificates", demo("candidate2")],
    ["overview", "/admin", demo("admin")],
    ["bank", "/admin/bank", demo("admin")],
    ["sittings", "/admin/sittings", demo("admin")],
    ["attempts", "/admin/attempts", demo("admin")],
    ["results", "/admin/results", demo("admin")],
    ["people", "/admin/people", demo("admin")],
    ["audit", "/admin/audit", demo("admin")],
    ["queue", "/marking", demo("examiner")],
  ];
  for (const [name, path, by] of still) {
    const page = await visitors.open(by);
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await takeAll(page, name);
    await page.context().close();
  }
});

test("marking a spoken answer", async ({ visitors, queue }) => {
  const page = await visitors.open(demo("examiner2"));
  await queue.take(page);
  await page.locator("body").press("1");
  for (const [place, mark] of ["6.5", "7", "6.5", "6"].entries()) {
    await expect(page.locator("[data-criterion]").nth(place).locator("input:focus")).toHaveCount(1);
    await page.keyboard.type(mark);
    if (place < 3) await page.keyboard.press("Enter");
  }
  await page.mouse.move(0, 0);
  await page.locator("[data-criterion='1']").scrollIntoViewIfNeeded();
  await expect(page.getByRole("banner").getByText("Saved", { exact: true })).toBeVisible();
  await takeAll(page, "marking");
});

test("the lobby and the exam", async ({ visitors, arrange }) => {
  const candidate = await arrange.person(["candidate"], "Carla Example");
  const lobby = await arrange.checkedIn(candidate, "ielp");
  const page = await visitors.open(candidate);
  await page.goto(`/attempts/${lobby}/lobby`);
  await page.getByRole("button", { name: "Play the tones" }).click();
  await page.getByRole("button", { name: "I heard all three" }).click();
  await expect(page.getByRole("button", { name: "Record the sentence" })).toBeEnabled();
  await takeAll(page, "lobby");

  const started = await arrange.started(candidate, "ielp");
  await page.goto(`/exam/${started.attemptId}`);
  await page.getByRole("button", { name: "Continue here" }).click();
  for (let position = 1; position <= 7; position += 1) {
    await answerItem(page, position);
    await next(page);
  }
  await expect(saved(page)).toBeVisible();
  await takeAll(page, "exam-reading");

  await goOnTo(page, started, candidate, 2);
  await takeAll(page, "exam-listening");
  await goOnTo(page, started, candidate, 3);
  await page
    .getByRole("textbox", { name: "Your answer" })
    .fill("Dear Sam,\n\nThank you for your message. I would choose the morning, because the room is quiet then.");
  await expect(page.getByText(/^[1-9]\d* words of /)).toBeVisible();
  await expect(saved(page)).toBeVisible();
  await takeAll(page, "exam-writing");
  await goOnTo(page, started, candidate, 4);
  await page.getByRole("button", { name: /Start to prepare|Listen and prepare/ }).click();
  await page.getByRole("button", { name: "Answer now" }).click({ timeout: 60_000 });
  await expect(page.getByText("Recording", { exact: true })).toBeVisible();
  const begun = Date.now();
  await expect.poll(() => Date.now() - begun, { message: "the ring has begun to close" }).toBeGreaterThan(4_000);
  await expect(saved(page)).toBeVisible();
  await takeAll(page, "exam-speaking");

  async function goOnTo(on: Page, { attemptId }: Started, sitter: Person, position: number): Promise<void> {
    const sections = await arrange.db.attemptSection.findMany({ where: { attemptId }, orderBy: { position: "asc" } });
    const { writerClientId } = await arrange.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
    const context = arrange.as(sitter.viewer);
    const clientId = writerClientId ?? "";
    await endSection(context, { attemptId, sectionId: sections[position - 2]?.id ?? "", clientId });
    await beginSection(context, { attemptId, sectionId: sections[position - 1]?.id ?? "", clientId });
    await on.reload();
    await expect(on.getByText(`Section ${position} of 4`)).toBeVisible();
  }
});

test("the index", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const pages = [...new Set(names.map((name) => name.replace(/-(1440|390)-(light|dark)\.png$/, "")))].sort();
  const lines = pages.flatMap((page) => [
    `## ${page}`,
    "",
    ...names
      .filter((name) => name.replace(/-(1440|390)-(light|dark)\.png$/, "") === page)
      .sort()
      .map(
        (name) =>
          `![${page}, ${/390/.test(name) ? "phone" : "wide"}, ${/dark/.test(name) ? "dark" : "light"}](${name})`,
      ),
    "",
  ]);
  const head = [
    "# Pictures",
    "",
    "Taken from the running site with the people and attempts of the demonstration: `E2E_ONLY=pictures pnpm e2e`.",
    "",
  ];
  writeFileSync(join(folder, "README.md"), [...head, ...lines].join("\n"));
  for (const name of names) expect(statSync(join(folder, name)).size, name).toBeLessThan(700_000);
});
