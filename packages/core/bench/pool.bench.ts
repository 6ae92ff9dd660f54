/**
 * `pnpm bench pool [ITEMS …]`: what the bank in memory costs a process, with 100,000 and 1,000,000 generated items unless
 * told: reading it in full (once), looking whether something changed (each start), reading changed items anew, memory.
 */
import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { lookAtPool } from "@bandwise/core/bank/pool-steps";
import { testServices } from "@bandwise/core/testing/services";
import { type Database, sqlTransaction } from "@bandwise/db/client";
import { withBenchDatabase } from "./bench-database.ts";

const asked = process.argv.slice(2).map(Number);
const sizes = asked.filter((size) => size > 0);
const looks = 50;
const changed = 1_000;

for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) await measure(size);

async function measure(size: number): Promise<void> {
  await withBenchDatabase(async (database) => {
    const { prisma } = database;
    const filling = performance.now();
    await fill(database, size);
    console.log(
      `\n${size.toLocaleString("en")} items, filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`,
    );
    const { memory, clock } = testServices(prisma);
    const look = () => sqlTransaction(prisma, (tx) => lookAtPool({ tx, memory, now: clock.now() }, randomUUID()));
    const before = heapMiB();
    const { ms: whole, result } = await timed(look);
    print(
      "first look, the whole bank",
      `${(whole / 1000).toFixed(1)} s, ${result.pool.size.toLocaleString("en")} kept`,
    );
    print("kept in memory", `${(heapMiB() - before).toFixed(0)} MiB`);
    const times: number[] = [];
    for (let index = 0; index < looks; index += 1) times.push((await timed(look)).ms);
    times.sort((a, b) => a - b);
    print("a look when nothing has changed", `median ${(times[looks / 2] ?? 0).toFixed(1)} ms`);
    await prisma.$executeRaw`
      update item_version set status = 'resting'
      where id in (select current_id from item where current_id is not null order by id limit ${changed})`;
    const { ms } = await timed(look);
    print(`a look after ${changed.toLocaleString("en")} items changed`, `${ms.toFixed(0)} ms`);
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

function print(name: string, value: string): void {
  console.log(`  ${name.padEnd(38)} ${value}`);
}

/** What the heap holds once it is swept. */
function heapMiB(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Items with a version in use each, most of them active; texts are short, for the pool reads none. Triggers and foreign keys rest. */
async function fill({ prisma }: Database, size: number): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.$executeRaw`
        create temporary table made on commit drop as
        select n, skill, level,
               ('00000001-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as item_id,
               ('00000002-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as version_id
        from (select n, (array['reading', 'listening', 'writing', 'speaking'])[1 + n % 4] as skill from generate_series(1, ${size}::int) n) s,
          lateral (select (case when skill in ('reading', 'listening') then array['A1', 'A2', 'B1', 'B2', 'C1', 'C2']
                                else array['A', 'B', 'C', 'A', 'B', 'C'] end)[1 + (n / 4) % 6] as level) l`;
      await tx.$executeRaw`
        insert into item (id, slug, skill, created_at, current_id)
        select item_id, 'item-' || n, skill::skill, now(), version_id from made`;
      await tx.$executeRaw`
        insert into item_version (id, item_id, version, status, skill, level, sub_skill, topic, difficulty, anchor, type, content,
                                  rationale, hash, search_text, reason, created_at)
        select version_id, item_id, 1, (case when n % 20 = 0 then 'draft' else 'active' end)::item_status, skill::skill, level,
               'sub-skill ' || floor(power(random(), 1.5) * 7), 'topic ' || floor(power(random(), 1.5) * 40), random() * 8 - 4,
               n % 40 < 4, skill, case when skill = 'speaking' and n % 8 < 4 then '{"turn": 1}' else '{"text": "short"}' end::jsonb,
               '{}', version_id::text, '', 'Bench', now()
        from made`;
      await tx.$executeRaw`
        insert into item_exposure (item_id, shard, allotted, presented)
        select item_id, n % 16, n % 7, 0 from made where n % 7 > 0`;
    },
    { timeout: 600_000 },
  );
  await prisma.$executeRaw`vacuum analyze`;
}
