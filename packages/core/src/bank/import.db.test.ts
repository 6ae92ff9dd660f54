import { readFile } from "node:fs/promises";
import { useTestDatabase } from "@bandwise/db/test-database";
import { openZip } from "@bandwise/interchange/zip";
import { creditFor } from "@bandwise/scoring/credit";
import { beforeAll, describe, expect, test } from "vitest";
import { writeItemTable } from "../adapters/item-files.ts";
import type { Context } from "../kernel/context.ts";
import { sha256 } from "../kernel/hash.ts";
import { systemViewer } from "../kernel/policy.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { exportItems, getItemTableTemplate } from "./export-queries.ts";
import { confirmImport, discardImport, startImport } from "./import-commands.ts";
import { importJobs } from "./import-jobs.ts";
import { getImport } from "./import-queries.ts";
import { getItem } from "./queries.ts";
import { addToItemSet, createItemSet } from "./relation-commands.ts";
import { listeningItem } from "./schema.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";

const database = useTestDatabase();
let services: TestServices;
let writer: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 12);
  writer = services.as((await createPerson(services.db, ["item_writer"], "Wanda Writer")).viewer);
});

async function check(fileName: string, content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const { importId } = await startImport(writer, { fileName, content: new Uint8Array(bytes) });
  await services.drain();
  return importId;
}

const report = (importId: string) => getImport(writer, { importId, pageSize: 100 });

async function take(importId: string) {
  await confirmImport(writer, { importId });
  await services.drain();
  return report(importId);
}

const score = (value: number) =>
  `<setOutcomeValue identifier="SCORE"><baseValue baseType="float">${value}</baseValue></setOutcomeValue>`;
const qti = (identifier: string, { wrong = 0, stem = "Which one?" } = {}): string => `<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="${identifier}" title="A notice">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse></responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody><p>The shop is <strong>closed</strong>.</p>
    <choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>${stem}</prompt>
      <simpleChoice identifier="A">Open</simpleChoice><simpleChoice identifier="B">Closed</simpleChoice><simpleChoice identifier="C">Sold</simpleChoice>
    </choiceInteraction></itemBody>
  <responseProcessing><responseCondition>
    <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>${score(1)}</responseIf>
    <responseElse>${score(wrong)}</responseElse>
  </responseCondition></responseProcessing>
</assessmentItem>`;

describe("a file of another system", () => {
  test("is first only read; then its item enters as a draft with its document and what is left to settle", async () => {
    const importId = await check("shop.xml", qti("Shop_Notice"));
    const checked = await report(importId);
    expect(checked).toMatchObject({ status: "checked", format: "qti", total: 1, counts: { warnings: 1 } });
    expect(checked.entries.rows[0]?.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^not said in the file: level B1/),
    ]);
    expect(await services.db.item.count({ where: { slug: "shop-notice" } })).toBe(0);

    const done = await take(importId);
    expect(done).toMatchObject({ status: "done", effects: { created: 1 } });
    const itemId = done.entries.rows[0]?.itemId ?? "";
    const { shown, comments, openComments } = await getItem(writer, { itemId });
    expect(shown).toMatchObject({ status: "draft", approved: false });
    expect(shown.item).toMatchObject({
      id: "shop-notice",
      level: "B1",
      content: { stimulus: { blocks: [{ type: "paragraph", text: "The shop is **closed**." }] } },
      key: { type: "choice", correct: "b" },
    });
    expect(openComments).toBe(1);
    expect(comments[0]?.text).toMatch(/^not said in the file/);
    const source = await services.db.itemSource.findUniqueOrThrow({ where: { versionId: shown.id } });
    expect(source).toMatchObject({ format: "qti-2.1", identifier: "Shop_Notice" });
    expect(source.document).toContain('<simpleChoice identifier="C">Sold</simpleChoice>');
  });

  test("taken in again changes nothing; changed, it is a new version", async () => {
    const again = await take(await check("shop.xml", qti("Shop_Notice")));
    expect(again.effects).toEqual({ unchanged: 1 });
    const changed = await take(await check("shop.xml", qti("Shop_Notice", { stem: "What is true?" })));
    expect(changed.effects).toEqual({ "new-version": 1 });
    expect(await services.db.itemVersion.count({ where: { item: { slug: "shop-notice" } } })).toBe(2);
  });

  test("whose name belongs to an item of another origin is refused, not mixed up with it", async () => {
    const done = await take(await check("other.xml", qti("shop.notice", { stem: "Something else?" })));
    expect(done.effects).toEqual({ refused: 1 });
    expect(done.entries.rows[0]?.problems.at(-1)?.message).toMatch(/imported as Shop_Notice/);
  });

  test("that would part an item from the text it shares with others is refused", async () => {
    const ids: string[] = [];
    for (const name of ["board-one", "board-two"]) {
      ids.push((await take(await check(`${name}.xml`, qti(name)))).entries.rows[0]?.itemId ?? "");
    }
    await createItemSet(writer, { slug: "board", title: "The board", itemId: ids[0] ?? "" });
    await addToItemSet(writer, { setSlug: "board", itemId: ids[1] ?? "" });
    const other = qti("board-one").replace("closed", "open");
    const done = await take(await check("board-one.xml", other));
    expect(done.effects).toEqual({ refused: 1 });
    expect(done.entries.rows[0]?.problems.at(-1)?.message).toMatch(/shares its text with the set “The board”/);
    const reworded = qti("board-one", { stem: "What does the board say?" });
    expect((await take(await check("board-one.xml", reworded))).effects).toEqual({ "new-version": 1 });
  });

  test("with rules no key of ours equals comes in whole, earning nothing until somebody writes its key", async () => {
    const done = await take(await check("minus.xml", qti("minus-points", { wrong: -1 })));
    const { shown, comments } = await getItem(writer, { itemId: done.entries.rows[0]?.itemId ?? "" });
    const { item } = shown;
    if (item.skill !== "reading") throw new Error("not a reading item");
    for (const answer of ["a", "b", "c"]) expect(creditFor(item.key, answer).num).toBe(0n);
    expect(comments.find(({ field }) => field === "key")?.text).toMatch(/needs a key: SCORE can fall to -1/);
  });

  test("that means harm is refused with its reason, and nothing can be imported", async () => {
    const importId = await check("bomb.xml", `<!DOCTYPE a [<!ENTITY b "c">]>${qti("bomb")}`);
    const { entries, counts } = await report(importId);
    expect(counts).toEqual({ rejected: 1 });
    expect(entries.rows[0]?.problems[0]?.message).toMatch(/document type/);
    await expect(confirmImport(writer, { importId })).rejects.toMatchObject({ code: "CONFLICT" });
    await discardImport(writer, { importId });
    expect((await report(importId)).status).toBe("discarded");

    const broken = await report(await check("cut.zip", "PK\u0003\u0004 and no more"));
    expect(broken).toMatchObject({ status: "failed", total: 0 });
    expect(broken.failure).toMatch(/^cut\.zip: is not a readable zip/);
  });
});

describe("the bank's own exports", () => {
  const bytesOf = async (stream: AsyncIterable<unknown>): Promise<Uint8Array> => {
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(Buffer.from(piece as Uint8Array));
    return new Uint8Array(Buffer.concat(pieces));
  };

  test("come back unchanged, in stretches that two workers may both run", async () => {
    const { content, count } = await exportItems(writer, { format: "qti", skill: "reading" });
    const importId = await check("bank.zip", await bytesOf(content));
    const checked = await report(importId);
    // One of them came in above without a key, and that is not forgotten on the way.
    expect(checked).toMatchObject({ status: "checked", total: count, counts: { accepted: count - 1, warnings: 1 } });
    await confirmImport(writer, { importId });
    const [, run] = importJobs;
    if (!run) throw new Error("no job");
    const before = await services.db.itemVersion.count();
    const system = services.as(systemViewer);
    await Promise.all([run.run(system, { importId }), run.run(system, { importId })]);
    await services.drain();
    expect(await report(importId)).toMatchObject({ status: "done", done: count, effects: { unchanged: count } });
    expect(await services.db.itemVersion.count()).toBe(before);
  });

  test("as a table come back unchanged, recordings beside it, and name what a table cannot carry", async () => {
    // Nothing comes in again that is no sound.
    const sound = await readFile(new URL("../../../evaluator/fixtures/voice.mp3", import.meta.url));
    await services.storage.put("bank/test-voice", sound);
    const stored = { storageKey: "bank/test-voice", sha256: sha256(sound), bytes: sound.byteLength };
    await services.db.media.updateMany({ where: { name: "test.mp3" }, data: stored });
    const [reviewed] = await services.db.itemVersion.findMany({ where: { skill: "writing" }, take: 1 });
    const review = { checklist: ["Read by a second person"] };
    await services.db.itemVersion.update({ where: { id: reviewed?.id ?? "" }, data: { review } });
    const { content, leftOut, count } = await exportItems(writer, { format: "csv" });
    expect(new Set(leftOut.map(({ reason }) => reason))).toEqual(new Set(["mapped points travel as QTI"]));
    const bytes = await bytesOf(content);
    const archive = await openZip(bytes, "table.zip");
    const table = Buffer.from(await archive.read("items.csv")).toString();
    expect(table).toContain("shop-notice");
    expect(Buffer.from(await archive.read("left-out.txt")).toString()).toContain(leftOut[0]?.id);
    const back = await take(await check("table.zip", bytes));
    expect(back).toMatchObject({ format: "csv", counts: { accepted: count }, effects: { unchanged: count } });
  });

  test("a recording comes in measured, and gives its length to an item that does not know it", async () => {
    const sound = await readFile(new URL("../../../evaluator/fixtures/voice.mp3", import.meta.url));
    const { item: known, ...row } = await services.db.itemVersion.findFirstOrThrow({
      where: { skill: "listening" },
      select: { ...storedItemColumns, item: { select: { slug: true } } },
    });
    const item = listeningItem.parse(storedItem(known.slug, row));
    const stimulus = { ...item.content.stimulus, media: "new-voice.mp3", durationSeconds: 1 };
    const heard = { ...item, id: "new-voice", content: { ...item.content, stimulus } };
    const { content } = await writeItemTable([heard], async () => sound, services.clock.now());
    expect((await take(await check("voice.zip", await bytesOf(content)))).effects).toEqual({ created: 1 });
    const media = await services.db.media.findUniqueOrThrow({ where: { name: "new-voice.mp3" } });
    expect(media.durationSeconds).toBeGreaterThan(1);
    expect(media.loudness).toBeGreaterThan(-40);
    expect(media.peak).toBeLessThan(1);
    const version = await services.db.itemVersion.findFirstOrThrow({ where: { item: { slug: "new-voice" } } });
    expect(version.content).toMatchObject({ stimulus: { durationSeconds: media.durationSeconds } });
  });

  test("tables bring new items in and refuse what the bank cannot have", async () => {
    const done = await take(await check("new.csv", await getItemTableTemplate(writer, { skill: "reading" })));
    expect(done).toMatchObject({ format: "csv", effects: { created: 4 } });
    const pictured = await take(
      await check(
        "p.csv",
        'id,level,sub_skill,topic,difficulty,kind,passage,type,stem,options,correct,rationale\r\npic-1,B1,detail,travel,0,notice,![A bus](nowhere.svg),choice,Which?,"a) A\nb) B",a,x\r\n',
      ),
    );
    expect(pictured.effects).toEqual({ refused: 1 });
    expect(pictured.entries.rows[0]?.problems.at(-1)?.message).toMatch(
      /nowhere\.svg, which is not among the bank's media/,
    );
  });
});
