import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { linkIn, mailTo } from "./support/mailbox.ts";
import { test } from "./support/test.ts";
import { demo, trySignIn } from "./support/visitors.ts";

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a wrong password is told without saying whether the address is known, and guessing is slowed down", async ({
  visitors,
  arrange,
}) => {
  const person = await arrange.person();
  const page = await visitors.open(null);
  const refusal = "That e-mail and password do not go together.";
  await signIn(page, `nobody-${randomUUID()}@journey.test`, "whatever it may be");
  await expect(page.getByRole("alert").filter({ hasText: refusal })).toBeVisible();
  await signIn(page, person.email, "not the right one");
  await expect(page.getByRole("alert").filter({ hasText: refusal })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
  const throttled = page.getByRole("alert").filter({ hasText: /Too many attempts\. Try again in \d+ minutes?\./ });
  for (let guess = 2; guess <= 8; guess += 1) {
    expect((await trySignIn({ email: person.email, password: `guess number ${guess}` })).status).toBe(401);
  }
  // The right password does not help now: the pair of account and address has to wait.
  await signIn(page, person.email, person.password);
  await expect(throttled).toBeVisible();
});

test("a forgotten password is set anew once, and ends every session", async ({ visitors, arrange }) => {
  const person = await arrange.person();
  const elsewhere = await visitors.open(person);
  await elsewhere.goto("/home");
  await expect(elsewhere.getByRole("heading", { name: /^Hello/ })).toBeVisible();

  const page = await visitors.open(null);
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mail")).toBeVisible();
  const link = linkIn(await mailTo(person.email, "Set a new password"));
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("another good sentence");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page, person.email, "another good sentence");
  await expect(page.getByRole("heading", { name: /^Hello/ })).toBeVisible();

  await elsewhere.goto("/home");
  await expect(elsewhere, "the old session has ended").toHaveURL(/\/sign-in/);
  await elsewhere.goto(link);
  await expect(elsewhere.getByLabel("New password", { exact: true }), "the link works once").toHaveCount(0);
});

test("a suspended person is out with the next click", async ({ visitors, arrange }) => {
  const person = await arrange.person(["examiner"], "Sil Suspended");
  const theirs = await visitors.open(person);
  await theirs.goto("/marking");
  await expect(theirs.getByRole("heading", { name: "Marking" })).toBeVisible();

  const admin = await visitors.open(demo("admin"));
  await admin.goto(`/admin/people/${person.id}`);
  await admin.getByRole("button", { name: "Suspend" }).first().click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Suspend" }).click();
  await expect
    .poll(async () => (await arrange.db.person.findUniqueOrThrow({ where: { id: person.id } })).status)
    .toBe("suspended");
  await theirs.goto("/marking");
  await expect(theirs).toHaveURL(/\/sign-in/);
});

test("an invited examiner joins through the mailed link", async ({ visitors }) => {
  const email = `invited-${randomUUID()}@journey.test`;
  const admin = await visitors.open(demo("admin"));
  await admin.goto("/admin/people");
  await admin.getByRole("button", { name: "Invite" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Addresses").fill(`Inga Invited <${email}>`);
  await dialog.getByLabel("Examiner", { exact: true }).check();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  const guest = await visitors.open(null);
  await guest.goto(linkIn(await mailTo(email, "You are invited")));
  await guest.getByLabel("Name").fill("Inga Invited");
  await guest.getByLabel("Password", { exact: true }).fill("a sentence of my own");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest).toHaveURL(/\/account/);
  await guest.goto("/marking");
  await expect(guest.getByRole("heading", { name: "Marking" })).toBeVisible();
});
