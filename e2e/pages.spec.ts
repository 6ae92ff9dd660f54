import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import type { Account, Arrange, Person } from "./support/arrange.ts";
import { test } from "./support/test.ts";
import { demo } from "./support/visitors.ts";

/** Every main page for the role it is made for: readable by everybody in light and in dark, and on a phone. */

interface Shown {
  readonly path: string;
  readonly by: Account | null;
}

async function mainPages(arrange: Arrange): Promise<Shown[]> {
  const candidate: Person = await arrange.person(["candidate"], "Lena Look");
  const { attemptId, resultId, certificateId, code } = await arrange.released(candidate);
  const lobby = await arrange.checkedIn(candidate);
  const sitting = await arrange.sitting();
  const [admin, examiner] = [demo("admin"), demo("examiner")];
  const item = await arrange.db.item.findFirstOrThrow({ where: { skill: "listening" }, select: { id: true } });
  return [
    ...[
      "/",
      "/sign-in",
      "/register",
      "/forgot-password",
      "/verify",
      `/verify/${code}`,
      "/privacy",
      "/help",
      "/mailbox",
    ].map((path) => ({ path, by: null })),
    ...[
      "/home",
      "/book",
      "/results",
      `/results/${resultId}`,
      "/certificates",
      "/account",
      `/attempts/${lobby}/lobby`,
      `/attempts/${attemptId}/receipt`,
    ].map((path) => ({ path, by: candidate })),
    ...[
      "/admin",
      "/admin/sittings",
      `/admin/sittings/${sitting.id}`,
      "/admin/attempts",
      `/admin/attempts/${attemptId}`,
      "/admin/results",
      `/admin/results/${attemptId}`,
      "/admin/scripts",
      "/admin/bank",
      "/admin/bank/new",
      `/admin/bank/${item.id}`,
      `/admin/bank/${item.id}/edit`,
      "/admin/certificates",
      `/admin/certificates/${certificateId}`,
      "/admin/people",
      `/admin/people/${candidate.id}`,
      "/admin/people/invitations",
      "/admin/centres",
      "/admin/approvals",
      "/admin/audit",
    ].map((path) => ({ path, by: admin })),
    { path: "/marking", by: examiner },
  ];
}

test("every main page passes axe in light and dark, and fits a phone", async ({ visitors, arrange }) => {
  test.setTimeout(240_000);
  const shown = await mainPages(arrange);
  const open = new Map<string, Page>();
  for (const { path, by } of shown) {
    const who = by?.email ?? "stranger";
    const page = open.get(who) ?? (await visitors.open(by, { reducedMotion: "reduce" }));
    open.set(who, page);
    await test.step(`${who} at ${path}`, async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
      await expect(page.getByRole("main")).toBeVisible();
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
    });
  }
});
