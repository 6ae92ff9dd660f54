import { describe, expect, it } from "vitest";
import { Refusal } from "./refusal.ts";
import { deepTree, entityBomb, hostileZips, outsideEntity, rawZip, wideTree } from "./testing/hostile.ts";
import { parseXml } from "./xml.ts";
import { openZip } from "./zip.ts";

const refusalOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return "";
};

describe("hostile XML is refused before a tree is built", () => {
  it.each([
    ["entities that expand a billion times", entityBomb, /document type/],
    ["an entity from outside", outsideEntity, /document type/],
    ["200,000 elements inside each other", deepTree, /deeper than 100/],
    ["500,000 elements beside each other", wideTree, /more than 50000 elements/],
    ["more than 4 MB", Buffer.alloc(4_000_001, " "), /larger than 4 MB/],
    ["an undeclared entity", Buffer.from("<a>&nbsp;</a>"), /not well-formed.*nbsp/],
    ["half a tree", Buffer.from("<a><b></a>"), /not well-formed/],
    [
      "bytes that are no text",
      Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
      /not text in its encoding/,
    ],
    ["nothing", Buffer.alloc(0), /not well-formed/],
  ])("%s", async (_, bytes, says) => {
    expect(await refusalOf(() => parseXml(bytes, "a.xml"))).toMatch(says);
  });

  it("but the signs of markup inside comments, CDATA and values are text", () => {
    const text = `<!-- <!DOCTYPE a> --><a b="<c>&gt;"><![CDATA[<!DOCTYPE <<<]]></a>`.replace('"<c>', '"&lt;c>');
    expect(parseXml(Buffer.from(text), "a.xml").children).toEqual(["<!DOCTYPE <<<"]);
  });

  it("and UTF-16 and Latin-1 are read", () => {
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', "utf16le"),
    ]);
    const latin1 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', "latin1");
    expect([utf16, latin1].map((bytes) => parseXml(bytes, "a.xml").children)).toEqual([["é"], ["é"]]);
  });
});

describe("hostile packages are refused before anything is unpacked", () => {
  it.each(Object.entries(hostileZips))("%s", async (_, { make, says }) => {
    const refusal = await refusalOf(async () => {
      const archive = await openZip(make(), "p.zip");
      for (const name of archive.names) await archive.read(name);
    });
    expect(refusal).toMatch(says);
    expect(refusal).toMatch(/^p\.zip/);
  });

  it("an honest one is read", async () => {
    const archive = await openZip(rawZip([{ name: "a/b.xml", content: Buffer.from("<a/>") }]), "p.zip");
    expect(archive.names).toEqual(["a/b.xml"]);
    expect(Buffer.from(await archive.read("a/b.xml")).toString()).toBe("<a/>");
  });
});
