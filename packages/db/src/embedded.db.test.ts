import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { findEmbeddedUrl, startEmbedded } from "./embedded.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-embedded-"));
chmodSync(folder, 0o711);
const directory = join(folder, "postgres");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

it("keeps its data between two starts, durable, on loopback, behind a password only its owner can read", async () => {
  const first = await startEmbedded({ directory });
  await ask(first.url, "create table kept as select 42 as answer");
  expect(
    await ask(first.url, "select current_setting('fsync') as fsync, current_setting('listen_addresses') as at"),
  ).toEqual({
    fsync: "on",
    at: "127.0.0.1",
  });
  expect(statSync(join(directory, "password")).mode & 0o777).toBe(0o600);
  await first.stop();
  expect(findEmbeddedUrl(directory)).toBeNull();

  const second = await startEmbedded({ directory });
  expect(await ask(second.url, "select answer from kept")).toEqual({ answer: 42 });
  await second.stop();
});

it("joins the server that already runs there, and leaves stopping to its owner", async () => {
  const owner = await startEmbedded({ directory });
  expect(findEmbeddedUrl(directory)).toBe(owner.url);
  const guest = await startEmbedded({ directory });
  expect(guest).toMatchObject({ url: owner.url, shared: true });
  await guest.stop();
  expect(await ask(owner.url, "select 1 as one")).toEqual({ one: 1 });
  await owner.stop();
});

it("recovers by itself after the server was killed", async () => {
  const killed = await startEmbedded({ directory });
  const pid = Number(readFileSync(join(directory, "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
  await ask(killed.url, "insert into kept values (43)");
  process.kill(pid, "SIGKILL");
  await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
  const again = await startEmbedded({ directory });
  expect(await ask(again.url, "select count(*)::int as rows from kept")).toEqual({ rows: 2 });
  await again.stop();
});
