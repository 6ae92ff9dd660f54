import type { SqlTransaction } from "@bandwise/db/client";
import { useTestDatabase } from "@bandwise/db/test-database";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { testServices } from "../testing/services.ts";
import type { CommandContext } from "./context.ts";
import { defineCommand, defineSqlCommand } from "./define.ts";
import { systemViewer } from "./policy.ts";

const database = useTestDatabase();

/** Both calls hold their first lock before either asks for its second: a deadlock, once. */
function crossing(key: number) {
  let held = 0;
  let open = (): void => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async ({ tx }: CommandContext<SqlTransaction>, { first, second }: { first: number; second: number }) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${key}::int, ${first}::int)`;
    held += 1;
    if (held === 2) open();
    await both;
    await tx.$executeRaw`select pg_advisory_xact_lock(${key}::int, ${second}::int)`;
    return second;
  };
}

describe("two commands that stand in each other's way", () => {
  const head = {
    name: "cross",
    permission: "attempt:sweep",
    audit: "ledger",
    input: z.object({ first: z.number(), second: z.number() }),
  } as const;

  it.each([
    ["through the client", defineCommand({ ...head, run: crossing(1) })],
    ["in plain SQL", defineSqlCommand({ ...head, run: crossing(2) })],
  ])("are both carried out, %s", async (_how, cross) => {
    const context = testServices(database().prisma).as(systemViewer);
    const done = [cross(context, { first: 1, second: 2 }), cross(context, { first: 2, second: 1 })];
    expect(await Promise.all(done)).toEqual([2, 1]);
  });
});
