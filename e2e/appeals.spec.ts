import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { mailTo } from "./support/mailbox.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** A candidate appeals, a senior examiner marks anew without knowing, two admins replace the result, the old certificate says so. */

async function confirm(page: Page, trigger: string, confirmLabel: string, reason?: { label: string; text: string }) {
  await page.getByRole("button", { name: trigger, exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  if (reason) await dialog.getByLabel(reason.label).fill(reason.text);
  await dialog.getByRole("button", { name: confirmLabel, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test("an appeal from the candidate's page to a certificate that says it was replaced", async ({
  visitors,
  arrange,
  queue,
}) => {
  test.setTimeout(240_000);
  const candidate = await arrange.person(["candidate"], "Ottilie Appeals");
  const { attemptId, resultId, code } = await arrange.released(candidate);

  const hers = await visitors.open(candidate);
  await hers.goto("/certificates");
  await hers.getByRole("button", { name: "Share", exact: true }).click();
  await hers.getByLabel("Recipient", { exact: true }).fill("Admissions office");
  await hers.getByLabel("Recipient’s e-mail").fill("admissions@journey.test");
  await hers.getByRole("button", { name: "Make the link" }).click();
  await expect(hers.getByText("Admissions office").first()).toBeVisible();
  const { token } = await arrange.db.shareLink.findFirstOrThrow({ where: { certificate: { code } } });

  await hers.goto(`/results/${resultId}`);
  await hers.getByRole("button", { name: "Ask for a re-mark" }).click();
  await hers.getByRole("checkbox", { name: "Writing" }).check();
  await hers.getByRole("textbox", { name: "Why" }).fill("My texts keep to the task; I do not understand these marks.");
  await expectAccessible(hers);
  await hers.getByRole("button", { name: "Send the request" }).click();
  await expect(hers.getByText("We have your request.")).toBeVisible();
  await mailTo(candidate.email, "Your request for a re-mark is in");

  const admin = await visitors.open(demo("admin"));
  await admin.goto("/admin/appeals");
  await expectAccessible(admin);
  await admin.getByRole("link", { name: "Ottilie Appeals" }).click();
  await expect(admin.getByText("Cannot begin yet")).toBeVisible();
  await confirm(admin, "Waive the fee", "Waive the fee");
  await confirm(admin, "Send to be marked anew", "Send to be marked anew");
  await expect(admin.getByText("waits for a senior examiner").first()).toBeVisible();
  await expectAccessible(admin);
  const { id: appealId } = await arrange.db.appeal.findFirstOrThrow({ where: { resultId } });
  await hers.reload();
  await expect(hers.getByRole("button", { name: "Take it back" })).toHaveCount(0);

  await queue.putFirst({ appealId });
  const senior = await arrange.person(["senior_examiner"], "Salome Senior");
  const marker = await visitors.open(senior);
  await queue.take(marker);
  for (let script = 1; script <= 3; script += 1) {
    const criteria = marker.locator("[data-criterion]");
    await expect(criteria).toHaveCount(5);
    const marked = new URL(marker.url()).pathname;
    await expect(marker.getByText(/appeal|re-mark/i), "nothing tells").toHaveCount(0);
    await marker.locator("body").press("1");
    for (let place = 0; place < 5; place += 1) {
      await expect(criteria.nth(place).locator("input:focus")).toHaveCount(1);
      await marker.keyboard.type("9");
      await marker.keyboard.press("Enter");
    }
    await marker.keyboard.press("Control+Enter");
    await marker
      .getByRole("alertdialog", { name: "Submit these marks?" })
      .getByRole("button", { name: "Submit and next" })
      .click();
    await expect(marker).not.toHaveURL((url) => url.pathname === marked);
  }
  await expect
    .poll(async () => (await arrange.db.appeal.findUniqueOrThrow({ where: { id: appealId } })).status, {
      timeout: 15_000,
    })
    .toBe("marked");

  await admin.goto(`/admin/appeals/${appealId}`);
  await expect(admin.getByRole("table", { name: "Both results" })).toBeVisible();
  await confirm(admin, "Release the new result", "Ask a second admin", {
    label: "Reason",
    text: "The re-mark is clearly higher and was checked.",
  });
  await expect(admin.getByText("A second admin is asked")).toBeVisible();

  const second = await visitors.open(demo("admin2"));
  await second.goto("/admin/approvals");
  const row = second.getByRole("row").filter({ has: second.locator(`a[href="/admin/appeals/${appealId}"]`) });
  await row.getByRole("button", { name: "Approve" }).click();
  await second.getByRole("alertdialog").getByRole("button", { name: "Approve" }).click();
  await expect(row).toHaveCount(0);

  await mailTo(candidate.email, "The re-mark changes your result");
  await mailTo("admissions@journey.test", "has been replaced");
  const newer = await arrange.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  expect(newer.id).not.toBe(resultId);
  const stranger = await visitors.open(null);
  await expect(async () => {
    await stranger.goto(`/verify/${code}`);
    await expect(stranger.getByRole("heading", { level: 1 })).toContainText("replaced");
  }).toPass({ timeout: 20_000 });
  await stranger.goto(`/share/${token}`);
  await expect(stranger.getByRole("heading", { level: 1 })).toContainText("replaced");
  await hers.goto(`/results/${resultId}`);
  await hers.getByRole("link", { name: "Open the newer result" }).click();
  await expect(hers.getByText("It is final.")).toBeVisible();
  await expect(hers.getByText("Writing was marked anew on appeal.")).toBeVisible();
});
