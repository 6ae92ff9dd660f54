import { describe, expect, it } from "vitest";
import { renderCertificate, unprintable } from "./certificate-pdf.ts";
import { parseCredential, UnreadableCredential } from "./parse.ts";
import { readPdf as read } from "./testing/pdf-text.ts";
import { sampleFacts as facts } from "./testing/sample-facts.ts";

const verifyUrl = "https://exams.example.org/verify/7QK4-M2XP-9TRD-K8WD";

describe("renderCertificate", () => {
  it("says on one page what the facts say", async () => {
    const { source, text } = read(await renderCertificate(facts, { verifyUrl }));
    expect(source.match(/\/Type \/Page\b/g)).toHaveLength(1);
    for (const part of [
      "Nadira Velasko",
      "Northmere Language Institute",
      "28 February 2026",
      "Reading 7.00 C1",
      "Listening 6.00 B2",
      "Writing 6.00 B2",
      "Speaking 7.00 C1",
      "6.50 C1 Proficient user",
      "Issued 2 March 2026",
      "Valid until 2 March 2028",
      facts.code,
      "exams.example.org/verify",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("is tagged: language, title, structure, words for both pictures, a described link", async () => {
    const { source, streams } = read(await renderCertificate(facts, { verifyUrl }));
    for (const mark of ["/MarkInfo", "/StructTreeRoot", "/Lang (en-GB)", "/DisplayDocTitle true", "/S /H1", "/S /H2"]) {
      expect(source).toContain(mark);
    }
    expect(source.match(/\/S \/Figure/g)).toHaveLength(2);
    expect(source).toContain("/Alt (Band 6.50 on a scale from 0 to 10, level C1.)");
    expect(source).toContain("/Alt (QR code that opens the verification page)");
    expect(source).toContain("/Contents (Opens the verification page of this certificate)");
    expect(source).toContain(`/URI (${verifyUrl})`);
    expect(streams.some((stream) => stream.includes("<pdfuaid:part>1</pdfuaid:part>"))).toBe(true);
    // Nothing is drawn outside a tag or an artifact.
    const page = streams.find((stream) => /^BT$/m.test(stream)) ?? "";
    expect(page.match(/BDC|BMC/g)?.length).toBe(page.match(/EMC/g)?.length);
    expect(source).not.toContain("Helvetica");
  });

  it.each([
    "Jo Ó",
    "Nguyễn Thị Phượng Đặng",
    "Wawrzyniec Żółć-Błażejewski",
    "İbrahim Şükrüoğlu",
    "Ελένη Παπαδοπούλου",
    "Ольга Ївженко",
    "Maximiliana Konstantina Throckmorton-Wolfeschlegelstein da Silva",
    "Dvořák",
    "王小明",
    "歐陽靜怡",
    "山田 タロウ",
    "さくら 花子",
    "김민준",
    "Wáng 王小明",
  ])("prints the name %s with every letter, small enough to mail", async (name) => {
    const pdf = await renderCertificate({ ...facts, name }, { verifyUrl });
    expect(await unprintable(name)).toEqual([]);
    expect(pdf.byteLength).toBeLessThan(200_000);
    expect(read(pdf).text.replace(/\s+/g, "")).toContain(name.normalize("NFC").replace(/\s+/g, ""));
  });

  it("says where a name stands that its fonts do not hold, rather than drawing boxes", async () => {
    expect(await unprintable("สมชาย")).toEqual(["สมชาย"]);
    expect(await unprintable("Anna สมชาย")).toEqual(["สมชาย"]);
    const { source, text } = read(await renderCertificate({ ...facts, name: "สมชาย" }, { verifyUrl }));
    expect(text).toContain("the person named on the verification page");
    expect(text).toContain(`exams.example.org/verify/${facts.code}`);
    expect(source).toContain("/ActualText");
  });

  it.each([
    ["דוד בן־גוריון", "NotoSerifHebrew"],
    ["سعاد بن علوان", "NotoNaskhArabic"],
  ])("sets the name %s from right to left and tells it in the order of writing", async (name, font) => {
    const { source, text: shown } = read(await renderCertificate({ ...facts, name }, { verifyUrl }));
    expect(await unprintable(name)).toEqual([]);
    // Dots are glyphs of their own and lead to a character without width.
    const text = shown.replaceAll("\u2060", "");
    expect(source).toContain(font);
    expect(source).toContain("/ActualText");
    // The last letter written is the first on the page, and no empty place stands before it.
    const last = [...name].at(-1) ?? "";
    expect(text).toMatch(new RegExp(`This is to certify that ${last}`));
    expect(text.indexOf(last)).toBeLessThan(text.indexOf(name[0] ?? ""));
  });

  it("carries the badge inside, to be read out again", async () => {
    const badge = JSON.stringify({ "@context": [], id: "urn:uuid:1", name: "Příklad" });
    const pdf = await renderCertificate(facts, { verifyUrl, badge });
    expect(parseCredential(pdf)).toEqual({ form: "embedded", credential: JSON.parse(badge) });
    expect(Buffer.from(pdf).toString("latin1")).toContain("/AFRelationship /Alternative");
    expect(() => parseCredential(pdf.subarray(0, 300))).toThrow(UnreadableCredential);
  });

  it("gives the same bytes for the same facts", async () => {
    const [one, two] = await Promise.all([1, 2].map(() => renderCertificate(facts, { verifyUrl })));
    expect(Buffer.compare(one ?? Buffer.of(1), two ?? Buffer.of(2))).toBe(0);
  });
});
