import { readFileSync } from "node:fs";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createItem } from "./commands.ts";
import { uploadMedia } from "./media-commands.ts";
import { getItem } from "./queries.ts";
import type { BankItem } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let writer: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  writer = services.as((await createPerson(services.db, ["item_writer"])).viewer);
});

const bank = new URL("../../../../prisma/seed/bank/", import.meta.url);
const sound = (name: string) => new Uint8Array(readFileSync(new URL(`media/${name}`, bank)));
const upload = (name: string, content: Uint8Array<ArrayBuffer>) =>
  uploadMedia(writer, { name, mimeType: "audio/mpeg", content });
const starterItem = (id: string): Extract<BankItem, { skill: "listening" }> =>
  JSON.parse(readFileSync(new URL("listening/a1.json", bank), "utf8")).find((item: BankItem) => item.id === id);

test("a sound is measured by the server, and keeps its content for good", async () => {
  const item = starterItem("l-a1-01");
  const content = sound(item.content.stimulus.media);
  const stored = await upload("l-a1-90.mp3", content);
  expect(stored.durationSeconds).toBeCloseTo(item.content.stimulus.durationSeconds, 0);
  expect(stored.loudness).toBeGreaterThan(-19);
  expect(stored.loudness).toBeLessThan(-13);
  expect(stored.warnings).toEqual([]);
  expect(await upload("l-a1-90.mp3", content)).toEqual(stored);
  await expect(upload("l-a1-90.mp3", sound("l-a1-02.mp3"))).rejects.toMatchObject({
    code: "INVALID",
    fields: { name: expect.any(String) },
  });
  const row = await services.db.media.findUniqueOrThrow({ where: { name: "l-a1-90.mp3" } });
  expect(await services.storage.get(row.storageKey)).toEqual(content);
  expect(row.peak).toBeLessThan(0);
});

test("what holds no sound, or is no picture, is refused", async () => {
  await expect(upload("l-a1-91.mp3", new Uint8Array([0x49, 0x44, 0x33, 1]))).rejects.toMatchObject({
    userMessage: expect.stringContaining("no sound"),
  });
  const content = new TextEncoder().encode("<svg><script>1</script></svg>");
  await expect(uploadMedia(writer, { name: "s-b-90.svg", mimeType: "image/svg+xml", content })).rejects.toMatchObject({
    code: "INVALID",
  });
  await expect(
    uploadMedia(writer, { name: "s-b-90.svg", mimeType: "audio/mpeg", content: sound("l-a1-01.mp3") }),
  ).rejects.toMatchObject({ fields: { mimeType: expect.any(String) } });
});

test("a transcript that is not the recording's is refused; the item's page shows the measured sound", async () => {
  const { review: _review, ...item } = starterItem("l-a1-01");
  const { stimulus } = item.content;
  await upload("l-a1-92.mp3", sound(stimulus.media));
  const made = (changes: Partial<typeof stimulus>): BankItem => ({
    ...item,
    id: "l-a1-92",
    content: { ...item.content, stimulus: { ...stimulus, media: "l-a1-92.mp3", ...changes } },
  });
  await expect(createItem(writer, { item: made({ durationSeconds: 60 }), reason: "Length" })).rejects.toMatchObject({
    fields: { "content.stimulus.durationSeconds": expect.stringContaining("the recording lasts") },
  });
  const [first] = stimulus.turns;
  if (!first) throw new Error("no turn");
  await expect(
    createItem(writer, { item: made({ turns: [{ ...first, text: "Hello." }] }), reason: "Words" }),
  ).rejects.toMatchObject({ fields: { "content.stimulus.turns": expect.stringContaining("a minute") } });
  const { itemId } = await createItem(writer, { item: made({}), reason: "Sound" });
  expect((await getItem(writer, { itemId })).shown.sound).toMatchObject({ warnings: [], loudness: expect.any(Number) });
});
