import { describe, expect, it } from "vitest";
import { checkCases } from "./check-cases.ts";
import { readItem } from "./read-item.ts";
import { type PackagedItem, readPackage } from "./read-package.ts";
import { folderFiles, ownFixtures, sharedFolder, vocabulary } from "./testing/folder.ts";
import { parseXml } from "./xml.ts";

async function readAll(folder: string): Promise<PackagedItem[]> {
  const all: PackagedItem[] = [];
  for await (const packaged of readPackage(folderFiles(folder), vocabulary)) all.push(packaged);
  return all;
}

async function casesOf(folder: string): Promise<{ place: string; status: string; reason: string }[]> {
  const files = folderFiles(folder);
  const results = [];
  for (const packaged of await readAll(folder)) {
    const name = packaged.file.replace(/[^/]+$/, "cases.json");
    if ("refusal" in packaged || !files.has(name)) continue;
    const cases: unknown = JSON.parse(new TextDecoder().decode(await files.read(name)));
    for (const { name: of, status, reason } of checkCases(packaged.reading, cases)) {
      results.push({ place: `${packaged.file}: ${of}`, status, reason });
    }
  }
  return results;
}

describe("our own fixtures", () => {
  it("score as their cases say", async () => {
    const results = await casesOf(`${ownFixtures}/qti-2.1`);
    expect(results).toHaveLength(10);
    expect(results.filter(({ status }) => status !== "passed")).toEqual([]);
  });

  it("a 3.0 package is read with passages, pictures and metadata", async () => {
    const items = await readAll(`${ownFixtures}/qti-3.0`);
    const [choice] = items;
    if (choice === undefined || "refusal" in choice) throw new Error("not read");
    expect(choice.reading.findings).toEqual([]);
    expect(choice.reading.metadata).toEqual({
      ...{ skill: "reading", level: "B1", subSkill: "detail", topic: "history", difficulty: 1, anchor: true },
    });
    expect(choice.reading.body?.stimulus).toEqual([
      { type: "heading", text: "The last keeper" },
      {
        type: "paragraph",
        text: "For forty years Tom Reed lit the lamp *every* evening. Then a machine was put in, and he moved to the village.",
      },
      { type: "image", media: "sky.svg", alternative: "A cloud over a hill", caption: "The coast in March" },
    ]);
    expect(choice.reading.media).toEqual([{ href: "media/sky.svg", name: "sky.svg" }]);
    expect(items.map((item) => ("refusal" in item ? item.refusal : item.reading.scoring?.key))).toEqual([
      { type: "choice", correct: "b" },
      { type: "gap-fill", correct: { "1": "w1", "2": "w2" } },
      { type: "hottext", correct: ["h1", "h3"], allOrNothing: true },
      { type: "matching", correct: { ana: "mon", ben: "tue" } },
      undefined,
    ]);
  });
});

const shared = sharedFolder("data/qti/fixtures");
if (shared === null)
  console.log("267 shared QTI cases are skipped: ../shared/data/qti is not there (BANDWISE_SHARED says where)");

describe.skipIf(shared === null)("the shared conformance cases", () => {
  it("score as expected wherever our scoring applies, and say why elsewhere", async () => {
    const results = await casesOf(shared ?? "");
    expect(results).toHaveLength(267);
    expect(results.filter(({ status }) => status === "failed")).toEqual([]);
    expect(results.filter(({ status }) => status === "passed")).toHaveLength(116);
    expect(results.filter(({ status, reason }) => status === "not-comparable" && reason === "")).toEqual([]);
  });

  it("no damaged copy of any of them makes the reader throw", async () => {
    const files = folderFiles(shared ?? "");
    let random = 7;
    const next = (below: number): number => {
      random = (random * 48_271) % 2_147_483_647;
      return random % below;
    };
    for (const name of files.names.filter((file) => file.endsWith(".xml"))) {
      const bytes = await files.read(name);
      const copies = Array.from({ length: 8 }, (_, kind) => {
        if (kind < 3) return bytes.subarray(0, next(bytes.byteLength));
        const copy = Buffer.from(bytes);
        for (let count = 0; count < kind; count += 1) {
          const [here, there] = [next(copy.byteLength), next(copy.byteLength)];
          const byte = copy[here] ?? 0;
          copy[here] = kind < 6 ? (copy[there] ?? 0) : next(256);
          if (kind < 6) copy[there] = byte;
        }
        return copy;
      });
      for (const copy of copies) {
        const packaged = await readOne(copy);
        expect(typeof packaged).toBe("string");
      }
    }
  });

  /** Words swapped inside well-formed files reach further into the reader than broken bytes do. */
  it("nor does any of them with words of another in the wrong places", async () => {
    const files = folderFiles(shared ?? "");
    const names = files.names.filter((file) => file.endsWith(".xml"));
    const texts = await Promise.all(names.map(async (name) => new TextDecoder().decode(await files.read(name))));
    const words = [
      "single",
      "multiple",
      "ordered",
      "identifier",
      "string",
      "integer",
      "float",
      "directedPair",
      "pair",
      "SCORE",
      "RESPONSE",
      "1",
      "-1",
      "0.5",
    ];
    for (const [index, text] of texts.entries()) {
      for (let shift = 1; shift <= 6; shift += 1) {
        const from = words[(index + shift) % words.length] ?? "";
        const to = words[(index * 3 + shift * 5) % words.length] ?? "";
        expect(typeof (await readOne(Buffer.from(text.replaceAll(from, to))))).toBe("string");
      }
    }
  }, 60_000);
});

async function readOne(bytes: Uint8Array): Promise<string> {
  const files = { names: ["item.xml"], has: (name: string) => name === "item.xml", read: async () => bytes };
  for await (const packaged of readPackage(files, vocabulary)) {
    if (!("refusal" in packaged)) return packaged.reading.identifier;
    // A refusal that quotes a bug of ours is one.
    expect(packaged.refusal).not.toMatch(/TypeError|RangeError|undefined/);
  }
  return "";
}

it("items are read alike in any namespace prefix", () => {
  const plain = `<assessmentItem identifier="x"><responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>a</value></correctResponse></responseDeclaration><itemBody><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Which?</prompt><simpleChoice identifier="a">A</simpleChoice><simpleChoice identifier="b">B</simpleChoice></choiceInteraction></itemBody><responseProcessing template="match_correct"/></assessmentItem>`;
  const prefixed = plain
    .replaceAll(/<(\/?)([a-z])/gi, "<$1q:$2")
    .replace("<q:assessmentItem", '<q:assessmentItem xmlns:q="urn:x"');
  const read = (text: string) => readItem(parseXml(Buffer.from(text), "x"), { vocabulary, file: "x" }).scoring?.key;
  expect(read(prefixed)).toEqual(read(plain));
  expect(read(plain)).toEqual({ type: "choice", correct: "a" });
});
