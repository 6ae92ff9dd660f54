/**
 * `pnpm bench bank [ITEMS]`: fills a database of its own with generated items (100,000 unless told) and prints how long the
 * bank's lists take: each query called as the site calls it, at the 50th and 95th hundredth of repeated calls.
 */
import { applyBulkEdit, undoBulkEdit } from "@bandwise/core/bank/bulk-commands";
import { previewBulkEdit } from "@bandwise/core/bank/bulk-queries";
import { bankOverview, listFilterChoices, listItems } from "@bandwise/core/bank/list-queries";
import { rollUpListing } from "@bandwise/core/bank/listing-steps";
import { getItem } from "@bandwise/core/bank/queries";
import { listReviewQueue } from "@bandwise/core/bank/review-queries";
import { levelsOf } from "@bandwise/core/bank/rules";
import { type Skill, skills, subSkills, topics } from "@bandwise/core/bank/schema";
import type { Context } from "@bandwise/core/kernel/context";
import { createPerson, testServices } from "@bandwise/core/testing/services";
import type { Database } from "@bandwise/db/client";
import { seededRandom } from "@bandwise/psychometrics/random";
import { withBenchDatabase } from "./bench-database.ts";

const items = Number(process.argv[2] ?? 100_000);
const targetMilliseconds = 100;
const repeats = 15;
const filledAtOnce = 2_000;
const bulkItems = 5_000;

await withBenchDatabase(async (database) => {
  const services = testServices(database.prisma);
  const { viewer } = await createPerson(services.db, ["admin"], "Bench Admin");
  const context = services.as(viewer);
  const began = performance.now();
  await fill(database, viewer.personId);
  console.log(`${items.toLocaleString("en")} items filled in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  await measureLists(context);
  await measureChanges(context);
});

async function measureLists(context: Context): Promise<void> {
  const [someone] = (await listItems(context, {})).rows;
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["first page", () => listItems(context, {})],
    ["page 2,000", () => listItems(context, { page: 2000 })],
    ["last page", () => listItems(context, { page: Math.ceil(items / 25) })],
    ...(["name", "level", "difficulty", "exposure", "newest"] as const).flatMap((sort) =>
      (["asc", "desc"] as const).map(
        (direction) => [`sorted by ${sort}, ${direction}`, () => listItems(context, { sort, direction })] as const,
      ),
    ),
    ["skill and level", () => listItems(context, { skill: "reading", level: "B2" })],
    [
      "cell of the heat map",
      () => listItems(context, { skill: "reading", level: "B2", subSkill: "inference", status: "active" }),
    ],
    [
      "topic, difficulty, sorted",
      () =>
        listItems(context, { topic: "food", minDifficulty: -1, maxDifficulty: 1, sort: "exposure", direction: "desc" }),
    ],
    ["exposure from 10", () => listItems(context, { minExposure: 10, sort: "exposure", direction: "desc" })],
    ["anchors", () => listItems(context, { anchor: "yes", status: "active" })],
    ["versions waiting", () => listItems(context, { waiting: "yes" })],
    ["of a set", () => listItems(context, { set: "any" })],
    ["with enemies", () => listItems(context, { enemy: "yes" })],
    ["changed since", () => listItems(context, { changedAfter: "2026-02-20", sort: "newest", direction: "desc" })],
    ["search: rare word", () => listItems(context, { search: word(7_000) })],
    ["search: two words", () => listItems(context, { search: `${word(60)} ${word(90)}` })],
    ["search: word of every third text", () => listItems(context, { search: word(20) })],
    ["search: beginning of a word", () => listItems(context, { search: word(400).slice(0, 4) })],
    ["search: name of an item", () => listItems(context, { search: someone?.slug.slice(0, 6) ?? "" })],
    [
      "search and filter, sorted",
      () => listItems(context, { search: word(20), skill: "listening", sort: "difficulty" }),
    ],
    ["heat map and counts", () => bankOverview(context, {})],
    ["filter choices", () => listFilterChoices(context, {})],
    ["review queue", () => listReviewQueue(context, { waitsFor: "reviewer" })],
    ["review queue: returned", () => listReviewQueue(context, { waitsFor: "author" })],
    ["one item", () => getItem(context, { itemId: someone?.id ?? "" })],
  ];
  console.log("query                                    p50 ms   p95 ms");
  for (const [title, call] of calls) {
    await call();
    const times: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    const over = at(0.95) > targetMilliseconds ? "  over 100" : "";
    console.log(`${title.padEnd(38)} ${at(0.5).toFixed(1).padStart(8)} ${at(0.95).toFixed(1).padStart(8)}${over}`);
  }
}

async function measureChanges(context: Context): Promise<void> {
  const timed = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    console.log(`${title.padEnd(38)} ${(performance.now() - start).toFixed(0).padStart(8)} ms`);
    return result;
  };
  const filter = { skill: "reading", level: "B1", status: "active" } as const;
  const change = { kind: "metadata", set: { topic: "science" } } as const;
  const found = await listItems(context, filter);
  console.log(`\nBulk edit over ${Math.min(found.total, bulkItems).toLocaleString("en")} items`);
  const itemIds: string[] = [];
  for (let page = 1; itemIds.length < Math.min(found.total, bulkItems); page += 1) {
    itemIds.push(...(await listItems(context, { ...filter, page, pageSize: 100 })).rows.map(({ id }) => id));
  }
  const selection = { itemIds: itemIds.slice(0, bulkItems) };
  await timed("preview", () => previewBulkEdit(context, { selection, change }));
  const { bulkEditId } = await timed("apply", () => applyBulkEdit(context, { selection, change, reason: "Bench" }));
  await timed("undo", () => undoBulkEdit(context, { bulkEditId }));
  await timed("roll exposure up, whole bank", () => context.db.$transaction((tx) => rollUpListing(tx, null)));
}

/** Made-up words, the same every time: `word(0)` is the commonest. */
function word(rank: number): string {
  const syllables = ["ba", "ne", "ki", "lo", "tu", "ra", "se", "mi", "do", "va", "pe", "gu", "fa", "zo", "ri", "hu"];
  let rest = rank + 17;
  let text = "";
  do {
    text += syllables[rest % syllables.length] ?? "";
    rest = Math.floor(rest / syllables.length);
  } while (rest > 0);
  return `${text}n`;
}

function wording(skill: Skill, stem: string, body: string, options: { id: string; text: string }[]) {
  const key = { type: "choice", correct: "a" };
  const rationale = { key: "Line 1", distractors: { b: "No", c: "No", d: "No" } };
  const interaction = { type: "choice", stem, options };
  switch (skill) {
    case "reading":
      return {
        content: { stimulus: { kind: "article", blocks: [{ type: "paragraph", text: body }] }, interaction },
        key,
        rationale,
      };
    case "listening": {
      const turns = [{ speaker: "One", voice: "slt", text: body, pauseAfterMs: 0 }];
      const stimulus = { kind: "talk", setting: stem, plays: 1, media: "bench.mp3", durationSeconds: 60, turns };
      return { content: { stimulus, interaction }, key, rationale };
    }
    case "writing": {
      const points = ["One", "Two", "Three"];
      const limits = { minWords: 80, maxWords: 100, suggestedMinutes: 7 };
      const content = {
        title: stem,
        situation: body,
        reader: "A reader",
        purpose: "A purpose",
        instruction: "Write",
        points,
        ...limits,
      };
      return { content, key: null, rationale: { markerNotes: "None" } };
    }
    case "speaking": {
      const times = { prepareSeconds: 30, answerSeconds: 60, reRecord: true };
      return {
        content: { title: stem, prompt: body, points: ["One", "Two"], ...times },
        key: null,
        rationale: { markerNotes: "None" },
      };
    }
  }
}

async function fill(target: Database, personId: string): Promise<void> {
  const random = seededRandom("bank");
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  // Ranks fall off as in real text: a few words everywhere, most of them seldom.
  const text = (words: number): string =>
    Array.from({ length: words }, () => word(Math.floor(8_000 ** random()) - 1)).join(" ");
  const uuid = (kind: number, index: number): string =>
    `0000000${kind}-0000-7000-8000-${index.toString(16).padStart(12, "0")}`;
  for (let start = 0; start < items; start += filledAtOnce) {
    const rows = Array.from({ length: Math.min(filledAtOnce, items - start) }, (_, offset) => {
      const index = start + offset;
      const skill = pick(skills);
      const level = pick(levelsOf(skill));
      const stem = text(10);
      const body = text(110);
      const objective = skill === "reading" || skill === "listening";
      return {
        item_id: uuid(1, index),
        version_id: uuid(2, index),
        draft_id: uuid(3, index),
        review_id: uuid(4, index),
        slug: `${skill[0]}-${level.toLowerCase()}-${index}`,
        skill,
        level,
        sub_skill: pick<string>(subSkills[skill]),
        topic: pick(topics),
        type: objective ? "choice" : skill,
        status: random() < 0.85 ? "active" : pick(["draft", "in_review", "pretest", "resting", "retired"]),
        difficulty: Math.round((random() * 8 - 4) * 100) / 100,
        anchor: random() < 0.05,
        ...wording(
          skill,
          stem,
          body,
          ["a", "b", "c", "d"].map((id) => ({ id, text: text(6) })),
        ),
        search_text: `${stem} ${body}`,
        created_at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
        waits: random() < 0.05,
        allotted: Math.floor(20 * random() ** 3),
        shard: Math.floor(random() * 16),
      };
    });
    const data = JSON.stringify(rows);
    await target.prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`
          insert into item (id, slug, skill, created_at)
          select item_id, slug, skill::skill, created_at from jsonb_to_recordset(${data}::jsonb)
            as r(item_id uuid, slug text, skill text, created_at timestamptz)`;
        await tx.$executeRaw`
          insert into item_version (id, item_id, version, status, skill, level, sub_skill, topic, difficulty, anchor, type, content,
                                    key, rationale, hash, search_text, author_id, reason, created_at)
          select case when n = 1 then version_id else draft_id end, item_id, n, case when n = 1 then status else 'draft' end::item_status,
                 skill::skill, level, sub_skill, topic, difficulty, anchor, type, content, key, rationale, version_id::text,
                 search_text, ${personId}::uuid, 'Bench', created_at
          from jsonb_to_recordset(${data}::jsonb)
            as r(item_id uuid, version_id uuid, draft_id uuid, status text, skill text, level text, sub_skill text, topic text,
                 difficulty float8, anchor boolean, type text, content jsonb, key jsonb, rationale jsonb, search_text text, created_at timestamptz, waits boolean),
            generate_series(1, case when waits and status = 'active' then 2 else 1 end) n`;
        await tx.$executeRaw`
          insert into item_review (id, version_id, reviewer_id, decision, checklist, summary, at)
          select review_id, version_id, ${personId}::uuid, 'approve', '{}', '', created_at from jsonb_to_recordset(${data}::jsonb)
            as r(review_id uuid, version_id uuid, created_at timestamptz, status text) where status <> 'draft'`;
        await tx.$executeRaw`
          insert into item_exposure (item_id, shard, allotted, presented)
          select item_id, shard, allotted, allotted from jsonb_to_recordset(${data}::jsonb)
            as r(item_id uuid, shard int, allotted int) where allotted > 0`;
        await tx.$executeRaw`
          update item set current_id = version_id from jsonb_to_recordset(${data}::jsonb) as r(item_id uuid, version_id uuid)
          where id = item_id`;
      },
      { timeout: 120_000 },
    );
  }
  await target.prisma.$executeRaw`
    insert into item_set (id, slug, title, skill, created_at)
    select gen_random_uuid(), 'set-' || n, 'Set ' || n, 'reading', now() from generate_series(1, 100) n`;
  await target.prisma.$executeRaw`
    update item set set_id = s.id from (select id, row_number() over () - 1 as n from item_set) s
    where ('x' || right(item.id::text, 8))::bit(32)::int % 1000 = s.n`;
  await target.prisma.$executeRaw`
    insert into item_enemy (lower_id, higher_id, reason, created_at)
    select a.id, b.id, 'Bench', now() from (select id, row_number() over (order by id) n from item) a
    join (select id, row_number() over (order by id) n from item) b on b.n = a.n + 1 where a.n % 50 = 0`;
  await target.prisma.$transaction((tx) => rollUpListing(tx, null), { timeout: 60_000 });
  await target.prisma.$executeRaw`vacuum analyze`;
}
