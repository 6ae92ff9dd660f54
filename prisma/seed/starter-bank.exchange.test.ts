import { readFile } from "node:fs/promises";
import { importDefaults, importVocabulary, judgeDraft } from "@bandwise/core/bank/import-rules";
import { mediaNames } from "@bandwise/core/bank/rules";
import { skills } from "@bandwise/core/bank/schema";
import { readCsv } from "@bandwise/interchange/csv-read";
import { csvTemplate } from "@bandwise/interchange/csv-template";
import { writeCsv } from "@bandwise/interchange/csv-write";
import { draftItem } from "@bandwise/interchange/item-draft";
import { readPackage } from "@bandwise/interchange/read-package";
import { writePackage } from "@bandwise/interchange/write-package";
import { openZip } from "@bandwise/interchange/zip";
import { describe, expect, it } from "vitest";
import { readStarterItems } from "./starter-bank.ts";

const items = await readStarterItems();
const byId = new Map(items.map((item) => [item.id, item]));

describe("the starter bank", () => {
  it("goes out as QTI 3.0 and comes back the same", async () => {
    const pieces: Buffer[] = [];
    const output = writePackage({
      items,
      mediaNames: (item) => mediaNames(item).map(({ name }) => name),
      readMedia: (name) => readFile(new URL(`bank/media/${name}`, import.meta.url)),
      vocabulary: importVocabulary,
      defaults: importDefaults,
      at: new Date(0),
    });
    for await (const piece of output) pieces.push(piece as Buffer);
    const archive = await openZip(Buffer.concat(pieces), "bank.zip");
    let count = 0;
    for await (const packaged of readPackage(archive, importVocabulary)) {
      if ("refusal" in packaged) throw new Error(`${packaged.file}: ${packaged.refusal}`);
      const { reading, own } = packaged;
      const { outcome, item } = judgeDraft(draftItem(reading, importDefaults, own), reading.findings);
      expect([packaged.file, outcome]).toEqual([packaged.file, "accepted"]);
      expect(item).toEqual(byId.get(reading.identifier));
      for (const { href } of reading.media) expect(archive.has(href)).toBe(true);
      // QTI alone carries what candidates see and how it is scored; the file beside it, what only the bank knows.
      const asked = own?.facts.filter(
        ({ place }) => place.startsWith("/content/interaction/") && !place.endsWith("/maxLength"),
      );
      expect([packaged.file, asked]).toEqual([packaged.file, []]);
      count += 1;
    }
    expect(count).toBe(items.length);
  }, 60_000);

  it("goes out as CSV, all of it, and comes back the same", () => {
    const { csv, leftOut } = writeCsv(items);
    expect(leftOut).toEqual([]);
    const rows = readCsv(Buffer.from(csv), "bank.csv").map(({ draft }) => judgeDraft(draft, []));
    expect(rows).toHaveLength(items.length);
    expect(rows.filter(({ outcome }) => outcome !== "accepted")).toEqual([]);
    expect(rows.map(({ item }) => item)).toEqual(items.map(({ review: _, ...item }) => item));
  });

  it.each(skills)("is what the template of %s is for: its rows are items", (skill) => {
    for (const { draft } of readCsv(Buffer.from(csvTemplate(skill)), "template.csv"))
      expect(judgeDraft(draft, [])).toMatchObject({ outcome: "accepted", item: { skill } });
  });
});
