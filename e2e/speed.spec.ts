import type { Page } from "@playwright/test";
import { mainPages, type Shown } from "./support/main-pages.ts";
import { test } from "./support/test.ts";

/**
 * How long each main page takes until a hand can use it: `pnpm bench pages`. Not part of the tests. From the start of
 * the navigation until everything has arrived and React holds every control; the median of a few visits after one that
 * is not counted. Browser, site and database share this machine.
 */

const visits = 5;
const target = 1000;

test.describe.configure({ timeout: 600_000 });

test("every main page", async ({ visitors, arrange }) => {
  const candidate = await arrange.person(["candidate"], "Iris Instant");
  const { attemptId } = await arrange.started(candidate, "ielp");
  const shown: Shown[] = [...(await mainPages(arrange)), { path: `/exam/${attemptId}`, by: candidate }];
  const open = new Map<string, Page>();
  const medians: number[] = [];
  for (const { path, by } of shown) {
    const who = by?.email ?? "stranger";
    const page = open.get(who) ?? (await visitors.open(by, { reducedMotion: "reduce" }));
    open.set(who, page);
    await page.goto(path);
    const times: number[] = [];
    for (let visit = 0; visit < visits; visit += 1) {
      await page.goto(path, { waitUntil: "commit" });
      times.push(await interactiveAfter(page));
    }
    times.sort((a, b) => a - b);
    const median = times[Math.floor(visits / 2)] ?? 0;
    medians.push(median);
    const plain = path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…");
    console.log(
      `${plain.padEnd(40)} ${median.toFixed(0).padStart(5)} ms  slowest ${(times.at(-1) ?? 0).toFixed(0)} ms`,
    );
  }
  const late = medians.filter((median) => median > target).length;
  console.log(
    `\n${shown.length} pages, slowest median ${Math.max(...medians).toFixed(0)} ms (≤ ${target}), ${late} above it`,
  );
});

/** Milliseconds from the start of the navigation until the document is complete and each control answers. */
function interactiveAfter(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const look = (): void => {
          const controls = [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea")];
          // React marks the elements that it has taken over from the server's text.
          const left = controls.find(
            (control) => !Object.keys(control).some((name) => name.startsWith("__reactFiber")),
          );
          if (document.readyState === "complete" && !left) resolve(performance.now());
          else if (performance.now() > 10_000) reject(new Error(`never taken over: ${left?.outerHTML}`));
          else setTimeout(look, 4);
        };
        look();
      }),
  );
}
