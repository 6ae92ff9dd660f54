import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { approveRequest } from "@bandwise/core/approvals";
import { requestRevocation } from "@bandwise/core/certificates/commands";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import type { Arrange, Person } from "./support/arrange.ts";
import { test } from "./support/test.ts";
import { baseUrl } from "./support/visitors.ts";

/** What a certificate is worth to a stranger: checked by code, by file and by program; shared; altered; revoked. */
test.describe.configure({ mode: "serial", timeout: 120_000 });

let holder: Person;
let code = "";
let certificateId = "";
const files: Record<"pdf" | "json" | "jwt", Buffer> = { pdf: Buffer.of(), json: Buffer.of(), jwt: Buffer.of() };
let shareUrl = "";

test.beforeAll(async ({ arrange }) => {
  holder = await arrange.person(["candidate"], "Čárli Šťastná");
  ({ code, certificateId } = await arrange.released(holder));
});

async function api(path: string): Promise<{ status: string } & Record<string, unknown>> {
  const response = await fetch(`${baseUrl}/api/v1/verify/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { status: string } & Record<string, unknown>;
}

async function checkFile(page: Page, name: string, content: Buffer, holderName = ""): Promise<void> {
  await page.goto("/verify");
  await page.getByLabel("PDF or badge").setInputFiles({ name, mimeType: "application/octet-stream", buffer: content });
  await page.getByLabel("Name of the holder").fill(holderName);
  await page.getByRole("button", { name: "Check the file" }).click();
}

test("the holder downloads the PDF and the badge in both forms", async ({ visitors }) => {
  const page = await visitors.open(holder);
  await page.goto("/certificates");
  for (const [form, name] of [
    ["pdf", "PDF"],
    ["json", "signed JSON"],
    ["jwt", "JWT"],
  ] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    files[form] = readFileSync(await (await download).path());
  }
  expect(files.json.toString()).toContain("OpenBadgeCredential");
  expect(`${files.json}`).not.toContain("Šťastná");
  await expectAccessible(page);
});

test("a stranger checks by code, on the page and by program", async ({ visitors }) => {
  const page = await visitors.open(null);
  await page.goto(`/verify/${code}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This certificate is valid");
  expect(await api(code.toLowerCase())).toMatchObject({
    status: "valid",
    code,
    certificate: { name: holder.name },
    documentSha256: createHash("sha256").update(files.pdf).digest("hex"),
  });
  expect(await api("2222-2222-2222-2222")).toMatchObject({ status: "unknown" });
});

test("a stranger checks by file: each value agrees; an altered one is told apart", async ({ visitors }) => {
  const page = await visitors.open(null);
  for (const [name, content] of [
    ["certificate.pdf", files.pdf],
    ["badge.json", files.json],
    ["badge.jwt", files.jwt],
  ] as const) {
    await checkFile(page, name, content, holder.name);
    await expect(page.getByText("The certificate is valid")).toBeVisible();
    await expect(page.getByText("The file is as it was issued, to the last byte.")).toBeVisible();
    await expect(page.getByText("The name agrees")).toBeVisible();
    await expect(page.locator("tr[data-same=false]")).toHaveCount(0);
    await expect(page.locator("tr[data-same=true]")).toHaveCount(14);
  }
  await expectAccessible(page);
  const altered = Buffer.from(files.json.toString().replace(/"value": "[\d.]+"/, '"value": "9.75"'));
  await checkFile(page, "badge.json", altered, "Somebody Else");
  await expect(page.getByText("This file was altered")).toBeVisible();
  await expect(page.locator("tr[data-same=false]")).toContainText("Overall band");
  await expect(page.locator("tr[data-same=false]")).toContainText("9.75");
  await expect(page.getByText("The name is another one")).toBeVisible();
  await checkFile(page, "letter.txt", Buffer.from("hello"));
  await expect(page.getByText(/neither JSON nor a JWT/)).toBeVisible();
});

test("keys and status list are open to every verifier", async () => {
  const did = await fetch(`${baseUrl}/.well-known/did.json`);
  expect(did.headers.get("access-control-allow-origin")).toBe("*");
  const document = (await did.json()) as { id: string; assertionMethod: string[] };
  const badge = JSON.parse(files.json.toString()) as {
    issuer: { id: string };
    proof: { verificationMethod: string }[];
    credentialStatus: { statusListCredential: string };
  };
  expect(document.id).toBe(badge.issuer.id);
  expect(document.assertionMethod).toContain(badge.proof[0]?.verificationMethod);
  const list = await fetch(baseUrl + new URL(badge.credentialStatus.statusListCredential).pathname);
  expect(list.headers.get("content-type")).toContain("application/vc");
  expect(await list.json()).toMatchObject({ type: ["VerifiableCredential", "BitstringStatusListCredential"] });
});

test("the holder shares chosen scores with one recipient, sees the view and withdraws", async ({ visitors }) => {
  const page = await visitors.open(holder);
  await page.goto("/certificates");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Recipient", { exact: true }).fill("Northmere University");
  for (const score of ["Reading", "Listening", "Speaking"]) await dialog.getByLabel(score).uncheck();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Not opened yet.")).toBeVisible();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const shared = page.getByRole("region", { name: "Share links" });
  await shared.getByRole("button", { name: "Copy link" }).click();
  shareUrl = await page.evaluate(() => navigator.clipboard.readText());

  const stranger = await visitors.open(null);
  await stranger.goto(new URL(shareUrl).pathname);
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("This certificate is valid");
  await expect(stranger.getByText(holder.name)).toBeVisible();
  await expect(stranger.getByText("Writing", { exact: true })).toBeVisible();
  await expect(stranger.getByText("Reading", { exact: true })).toHaveCount(0);
  expect(await stranger.content()).not.toContain(code);
  await expectAccessible(stranger);

  await page.reload();
  await expect(shared.getByText(/Opened once/)).toBeVisible();
  await expectAccessible(page);
});

async function revoke(arrange: Arrange): Promise<void> {
  const admin = await arrange.person(["admin"], "Ada Asks");
  const other = await arrange.person(["admin"], "Bo Decides");
  const reason = "The identity document shown on the day was not genuine.";
  const { approvalId } = await requestRevocation(arrange.as(admin.viewer), { certificateId, reason });
  await approveRequest(arrange.as(other.viewer), { approvalId });
}

test("once revoked, every way says so", async ({ arrange, visitors }) => {
  await revoke(arrange);
  expect(await api(code)).toMatchObject({ status: "revoked", reason: expect.stringContaining("identity document") });
  expect(JSON.stringify(await api(code))).not.toContain(holder.name);
  const page = await visitors.open(null);
  await checkFile(page, "badge.json", files.json);
  await expect(page.getByText("The certificate has been revoked")).toBeVisible();
  await page.goto(new URL(shareUrl).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This certificate has been revoked");
  await expect(page.getByText(holder.name)).toHaveCount(0);

  const mine = await visitors.open(holder);
  await mine.goto("/certificates");
  await mine.getByRole("button", { name: "Withdraw" }).click();
  await mine.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(mine.getByText(/Withdrawn on/)).toBeVisible();
  await page.reload();
  await expect(page.getByText("The holder has withdrawn this link")).toBeVisible();
});
