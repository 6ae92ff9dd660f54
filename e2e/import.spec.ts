import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** Files of other systems come in after a look, hostile ones do not, and what goes out comes back unchanged. */

const name = `notice-${Date.now().toString(36)}`;
const item = (identifier: string, before = ""): string => `<?xml version="1.0"?>${before}
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="${identifier}" title="A notice">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>b</value></correctResponse></responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody><p>The pool is <em>closed</em> on Sundays.</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">
    <prompt>When is the pool closed?</prompt>
    <simpleChoice identifier="a">On Saturdays</simpleChoice><simpleChoice identifier="b">On Sundays</simpleChoice><simpleChoice identifier="c">In summer</simpleChoice>
  </choiceInteraction></itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>
</assessmentItem>`;

test("items come in after a look at what was found, and the bank goes out and back unchanged", async ({
  visitors,
  arrange,
}) => {
  test.setTimeout(300_000);
  const page = await visitors.open(demo("admin"));
  const send = async (fileName: string, content: Buffer | string): Promise<void> => {
    await page.goto("/admin/bank/import");
    await page
      .getByLabel("Choose a file")
      .setInputFiles(
        { name: fileName, mimeType: "application/octet-stream", buffer: Buffer.from(content) },
        { timeout: 60_000 },
      );
    await expect(page).toHaveURL(/\/admin\/bank\/import\/[0-9a-f-]{36}$/);
  };
  const decision = page.getByText("Waits for your decision");

  await test.step("a sound item: reported, imported as a draft", async () => {
    await send("notice.xml", item(name));
    await expect(decision).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/not said in the file: level B1/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Import 1 item as drafts" }).click();
    await expect(page.getByText("Imported: 1 new draft")).toBeVisible({ timeout: 30_000 });
    await page.getByRole("link", { name: "New draft" }).click();
    await expect(page.getByRole("heading", { name })).toBeVisible();
  });

  await test.step("a hostile one: refused with its reason", async () => {
    await send("bomb.xml", item(`${name}-bomb`, '<!DOCTYPE a [<!ENTITY e "x">]>'));
    await expect(page.getByText(/document type or entity declaration/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("button", { name: /^Import/ })).toHaveCount(0);
  });

  await test.step("a file that is no package: said so", async () => {
    await send("cut.zip", "PK\u0003\u0004 and no more");
    await expect(page.getByText("This file cannot be read")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/is not a readable zip/)).toBeVisible();
  });

  const goAndComeBack = async (kind: string): Promise<void> => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto("/admin/bank/import");
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: kind }).click(),
    ]);
    await send("bank.zip", await readFile(await download.path()));
    await expect(decision).toBeVisible({ timeout: 90_000 });
    await page.getByRole("button", { name: /^Import \d+ items as drafts/ }).click();
    const told = page.getByText(/^Imported: .*\d+ unchanged$/);
    await expect(told).toBeVisible({ timeout: 90_000 });
    // Other journeys may change items of their own meanwhile; the starter bank stands still.
    const unchanged = Number(/(\d+) unchanged$/.exec((await told.textContent()) ?? "")?.[1]);
    const starters = await arrange.db.itemVersion.count({ where: { reason: "Starter bank", status: "active" } });
    expect(unchanged).toBeGreaterThanOrEqual(starters);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
  };
  for (const kind of ["All items as QTI 3.0", "All items as a table"])
    await test.step(`${kind}: out, in, nothing changed`, () => goAndComeBack(kind));
});
