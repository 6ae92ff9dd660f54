import { createLocks } from "@bandwise/db/locks";
import { useTestDatabase } from "@bandwise/db/test-database";
import { expect, it } from "vitest";
import type { Sweep } from "../kernel/jobs.ts";
import { testServices } from "../testing/services.ts";
import { startBeat } from "./beat.ts";

const database = useTestDatabase({ poolSize: 2 });

it("runs more sweeps at once than the pool has connections, each of them with a transaction", async () => {
  const locks = createLocks(database().url);
  const ended: string[] = [];
  const sweeps = Array.from({ length: 12 }, (_, index): Sweep => {
    const name = `sweep ${index}`;
    const run: Sweep["run"] = async ({ db }) => {
      await db.$transaction((tx) => tx.$executeRaw`select pg_sleep(0.02)`);
      ended.push(name);
    };
    return { name, everySeconds: 3600, run };
  });
  const beat = startBeat({ ...testServices(database().prisma), locks }, sweeps);
  await expect.poll(() => ended.length, { timeout: 5_000 }).toBe(sweeps.length);
  await beat.stop();
  await locks.close();
});
