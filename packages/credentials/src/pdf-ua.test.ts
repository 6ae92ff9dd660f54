import { inflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { renderCertificate } from "./certificate-pdf.ts";
import { checkPdfUa } from "./testing/pdf-ua.ts";
import { sampleFacts as facts } from "./testing/sample-facts.ts";

const verifyUrl = "https://exams.example.org/verify/7QK4-M2XP-9TRD-K8WD";
let good: string;

beforeAll(async () => {
  good = inflated(Buffer.from(await renderCertificate(facts, { verifyUrl, badge: "{}" })).toString("latin1"));
});

/** The same file with its streams readable, so that a test can spoil a single thing. */
function inflated(source: string): string {
  return source.replace(
    /(\d+ 0 obj\n)([^\n]*(?:\n[^\n]*)*?)\nstream\n([\s\S]*?)\nendstream/g,
    (whole, head, entries, body) =>
      entries.includes("/Filter /FlateDecode")
        ? `${head}${entries.replace("/Filter /FlateDecode", "")}\nstream\n${inflateSync(Buffer.from(body, "latin1")).toString("latin1")}\nendstream`
        : whole,
  );
}

const check = (source: string) => checkPdfUa(Buffer.from(source, "latin1"));

/** One replacement, which must find something. */
function spoil(from: string | RegExp, to: string): string {
  const spoilt = good.replace(from, to);
  if (spoilt === good) throw new Error(`${from} is not in the file`);
  return spoilt;
}

const figure = /\/S \/Figure\s\/Alt \(QR code[^)]*\)/;

describe("the certificate", () => {
  it.each([
    ["Latin", "Nadira Velasko"],
    ["Latin, extended", "Wawrzyniec Żółć-Błażejewski"],
    ["Vietnamese", "Nguyễn Thị Phượng Đặng"],
    ["Greek", "Ελένη Παπαδοπούλου"],
    ["Cyrillic", "Ольга Ївженко"],
    ["Hebrew", "דוד בן־גוריון"],
    ["Arabic", "سعاد بن علوان"],
    ["Chinese", "王小明"],
    ["Japanese", "山田 タロウ"],
    ["Korean", "김민준"],
    ["two scripts", "Wáng 王小明"],
    ["a script without a font", "สมชาย"],
  ])("passes with a name in %s", async (_script, name) => {
    expect(checkPdfUa(await renderCertificate({ ...facts, name }, { verifyUrl, badge: "{}" }))).toEqual([]);
  });

  it("passes without levels and without a badge", async () => {
    const bands = { noun: "Band", highest: 9, every: 1, levels: [] } as const;
    const overall = { score: "6.5", cefr: null, group: null, meaning: "Between two levels." };
    expect(checkPdfUa(await renderCertificate({ ...facts, scale: bands, overall }, { verifyUrl }))).toEqual([]);
  });
});

describe("a file that fails", () => {
  it("is the good one but for a single thing", () => {
    expect(check(good)).toEqual([]);
  });

  it.each<[string, string, () => string]>([
    [
      "01-003",
      "an artifact inside a tag",
      () => spoil(/(\/H1 <<[^>]*\/MCID 1[^>]*>> BDC\n)/, "$1/Artifact BMC\nEMC\n"),
    ],
    [
      "01-004",
      "a tag inside an artifact",
      () => spoil(/(\/Artifact <<[^>]*>> BDC\n)/, "$1/P << /MCID 77 >> BDC\nEMC\n"),
    ],
    [
      "01-005",
      "something drawn outside of both",
      () => spoil(/(\/H1 <<[^>]*\/MCID 1[^>]*>> BDC)/, "0 0 m 9 9 l S\n$1"),
    ],
    ["01-005", "a tag that names what is not there", () => spoil("/K [19]", "/K [99]")],
    ["01-005", "a piece that leads back to another tag", () => spoil(/(0 \[)(\d+ 0 R) (\d+ 0 R)/, "$1$3 $2")],
    ["01-005", "no tags at all", () => spoil(/\/StructTreeRoot \d+ 0 R/, "")],
    ["01-007", "suspect tags", () => spoil("/Marked true", "/Marked true /Suspects true")],
    ["02-001", "a type nobody knows", () => spoil("/S /H2", "/S /Headline")],
    ["06-001", "no metadata", () => spoil(/\/Metadata \d+ 0 R/, "")],
    ["06-002", "metadata without the standard", () => spoil("<pdfuaid:part>1</pdfuaid:part>", "")],
    ["06-003", "metadata without a title", () => spoil(/(<dc:title>[\s\S]*?<rdf:li[^>]*>)[^<]*/, "$1")],
    ["06-004", "not marked", () => spoil("/Marked true", "/Marked false")],
    ["07-001", "nothing about the title", () => spoil("/DisplayDocTitle true", "")],
    ["07-002", "a title that is not shown", () => spoil("/DisplayDocTitle true", "/DisplayDocTitle false")],
    ["09-004", "a cell outside of a row", () => spoil("/S /H2", "/S /TD")],
    ["09-004", "a row with something else", () => spoil(/\/S \/L\n/, "/S /TR\n")],
    ["09-005", "a list of other things", () => spoil("/S /LI", "/S /P")],
    [
      "10-001",
      "a letter without a character",
      () => spoil(/(beginbfrange\s+<0000> <[0-9a-f]+> \[<0000> )<[0-9a-f]+>/, "$1<>"),
    ],
    ["11-006", "no language", () => spoil("/Lang (en-GB)", "")],
    ["13-004", "a picture without words", () => spoil(figure, "/S /Figure /Alt ()")],
    ["14-002", "a first heading that is not the first", () => spoil("/S /H1", "/S /H2")],
    ["14-003", "a level left out", () => spoil("/S /H2", "/S /H4")],
    ["14-007", "two kinds of headings", () => spoil("/S /H2", "/S /H")],
    ["15-003", "a table's heading that heads nothing", () => spoil("/S /H2", "/S /TH")],
    ["17-002", "a formula without words", () => spoil("/S /H2", "/S /Formula")],
    ["21-001", "an attached file without a name", () => spoil("/UF (badge.json)", "")],
    ["25-001", "a form of another kind", () => spoil("/Lang (en-GB)", "/Lang (en-GB) /AcroForm << /XFA 1 0 R >>")],
    ["26-001", "a locked file", () => spoil(/(trailer\n<<\n)/, "$1/Encrypt 1 0 R\n")],
    [
      "28-002",
      "a note in no tag",
      () => spoil("/Subtype /Link", "/Subtype /Text").replace(/<<\s\/Type \/OBJR[^>]*>>/, ""),
    ],
    [
      "28-004",
      "a note that says nothing",
      () => spoil("/Subtype /Link", "/Subtype /Text").replace(/\/Contents \(Opens[^)]*\)/, ""),
    ],
    ["28-008", "tabs in another order", () => spoil("/Tabs /S", "/Tabs /R")],
    ["28-010", "a link that leads back to nothing", () => spoil("/StructParent 1", "/StructParent 7")],
    ["28-011", "a link in another tag", () => spoil("/S /Link", "/S /Span")],
    ["28-012", "a link that says nothing", () => spoil(/\/Contents \(Opens[^)]*\)/, "")],
    [
      "30-001",
      "a picture from another file",
      () => spoil("/ColorSpace <<", "/XObject << /X << /Ref 1 >> >> /ColorSpace <<"),
    ],
    ["31-004", "glyphs without numbers", () => spoil("/CIDToGIDMap /Identity", "")],
    ["31-009", "a font from elsewhere", () => spoil(/\/FontFile2 \d+ 0 R/, "")],
    ["31-027", "a font without characters", () => spoil(/\/ToUnicode \d+ 0 R/, "")],
    [
      "31-028",
      "a letter that is none",
      () => spoil(/(beginbfrange\s+<0000> <[0-9a-f]+> \[<0000> )<[0-9a-f]+>/, "$1<feff>"),
    ],
    ["31-030", "a box for what the font does not have", () => spoil(/\[<0001/, "[<0000")],
  ])("%s: %s", (checkpoint, _what, spoilt) => {
    expect(check(spoilt()).map((finding) => finding.checkpoint)).toContain(checkpoint);
  });
});
