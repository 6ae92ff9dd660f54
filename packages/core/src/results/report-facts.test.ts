import { renderReport } from "@bandwise/credentials/report-pdf";
import { checkPdfUa } from "@bandwise/credentials/testing/pdf-ua";
import { scoreIelpRaw } from "@bandwise/scoring/ielp";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";
import { describe, expect, it } from "vitest";
import { sampleInterview, sampleResult, sampleSkills, sampleSpokenTest } from "../testing/sample-results.ts";
import { reportFacts } from "./report-facts.ts";
import { resultDocument } from "./result-document.ts";
import type { StoredOutput } from "./rules.ts";

const how = { awardingBody: "Northmere Language Institute", verifyAt: "exams.example.org/verify" };
const outputs = { ielp: sampleSkills(), "ielts-speaking": sampleInterview(), "iet-speaking": sampleSpokenTest() };
const schemes = Object.keys(outputs) as (keyof typeof outputs)[];
const factsOf = (scheme: keyof typeof outputs, name = "Nadira Velasko") =>
  reportFacts(sampleResult(outputs[scheme], name), how);

describe("what the report says", () => {
  it.each(schemes)("of %s: every score, level, meaning, range, strength and step of the page's own data", (scheme) => {
    const result = sampleResult(outputs[scheme], "Nadira Velasko");
    const said = JSON.stringify(reportFacts(result, how));
    const own = resultDocument(result);
    for (const { title, score, cefr } of own.parts) {
      for (const part of [title, score, cefr ?? score]) expect(said).toContain(part);
    }
    for (const { low, high } of Object.values(own.range?.sections ?? {})) {
      expect(said).toContain(`{"low":"${low}","high":"${high}"}`);
    }
    for (const { words, evidence } of [...own.strengths.strengths, ...own.strengths.next]) {
      expect(said).toContain(words);
      expect(said).toContain(evidence);
    }
    expect(said).toContain(own.scheme.hash.slice(0, 12));
    expect(said).toContain("standard error");
    expect(said).toContain("7QK4-M2XP-9TRD-K8WD");
  });

  it("stands above what counts no more, and above what an admin opens before it is released", () => {
    const warningOf = (status: "provisional" | "released" | "superseded") =>
      reportFacts({ ...sampleResult(outputs.ielp, "Nadira Velasko"), status }, how).warning;
    expect(warningOf("released")).toBeNull();
    expect(warningOf("superseded")).toContain("replaced");
    expect(warningOf("provisional")).toContain("not been released");
  });

  it("of four skills: the composites, every sub-skill, and each section's way from its parts to its band", () => {
    const result = sampleResult(outputs.ielp, "Nadira Velasko");
    if (result.output.scheme !== "ielp") throw new Error("not in four skills");
    const { sections } = factsOf("ielp");
    const blocks = sections.flatMap(({ blocks: own }) => own);
    const composites = blocks.flatMap((block) => (block.kind === "composites" ? block.lines : []));
    expect(composites.map(({ percent }) => percent)).toEqual(Object.values(result.output.composites));
    const shares = blocks.flatMap((block) => (block.kind === "shares" ? block.groups : []));
    expect(shares.map(({ lines }) => lines.length)).toEqual([
      result.output.subSkills.reading.length,
      result.output.subSkills.listening.length,
      5,
      4,
    ]);
    const steps = blocks.flatMap((block) => (block.kind === "steps" ? [block.steps] : []));
    expect(steps).toHaveLength(ielpSections.length);
    for (const section of steps) {
      expect(section.map(({ drawing }) => drawing?.kind)).toEqual(["blocks", "packed", "rows", "opened", "scale"]);
      for (const { alt } of section) expect(alt).toMatch(/\d/);
    }
    // A task that two examiners marked shows their mean.
    expect(JSON.stringify(steps)).toContain('["Task fulfilment","8.25","7.0","5.5"]');
  });

  it("of an interview: what was taken off, and the words of both bands that a half lies between", () => {
    const said = JSON.stringify(factsOf("ielts-speaking"));
    expect(said).toContain("0.5 is taken off, once: Pronunciation lies a whole band or more below it.");
    expect(said).toMatch(/"5: .*"4: /);
  });

  it("of a spoken test: whether the machine that rated it was validated here", () => {
    const with_ = (machine: "none" | "validated" | "not-validated") =>
      JSON.stringify(reportFacts(sampleResult(outputs["iet-speaking"], "Nadira Velasko", machine), how));
    expect(with_("not-validated")).toContain("not yet validated on local data");
    expect(with_("validated")).not.toContain("not yet validated");
    expect(with_("none")).toContain("Rated by examiners.");
  });

  it("of a replaced result: that it counts no more", () => {
    const replaced = { ...sampleResult(outputs.ielp, "Nadira Velasko"), status: "superseded" as const };
    expect(reportFacts(replaced, how).warning).toMatch(/newer result has replaced/);
  });
});

describe("the document", () => {
  it.each(schemes)("of %s passes the checkpoints of PDF/UA", async (scheme) => {
    const pdf = await renderReport(factsOf(scheme));
    expect(checkPdfUa(pdf)).toEqual([]);
    expect(pdf.byteLength).toBeLessThan(200_000);
  });

  it.each([
    "Nguyễn Thị Phượng Đặng",
    "Ελένη Παπαδοπούλου",
    "Ольга Ївженко",
    "דוד בן־גוריון",
    "سعاد بن علوان",
    "王小明",
    "山田 タロウ",
    "김민준",
    "Wáng 王小明",
    "สมชาย",
    "Maximiliana Konstantina Throckmorton-Wolfeschlegelstein da Silva",
  ])("passes with the name %s", async (name) => {
    const pdf = await renderReport(factsOf("ielts-speaking", name));
    expect(checkPdfUa(pdf)).toEqual([]);
  });

  it("passes where a centre, an examination and the awarding body have names the fonts lack", async () => {
    const facts = { ...factsOf("ielp"), centre: "ศูนย์สอบ", examination: "ข้อสอบ IELP", awardingBody: "สถาบัน" };
    expect(checkPdfUa(await renderReport(facts))).toEqual([]);
  });

  it("passes without a range and without a date", async () => {
    const facts = factsOf("ielp");
    const parts = facts.parts.map((part) => ({ ...part, range: null }));
    const overall = { ...facts.overall, range: null };
    expect(checkPdfUa(await renderReport({ ...facts, satOn: null, releasedOn: null, overall, parts }))).toEqual([]);
  });

  it("passes of the lowest result there is", async () => {
    const lowest = scoreIelpRaw(
      { reading: "0.00", listening: "0.50", writing: "0.00", speaking: "0.00" },
      { trace: true },
    ) as StoredOutput;
    expect(checkPdfUa(await renderReport(reportFacts(sampleResult(lowest, "Nadira Velasko"), how)))).toEqual([]);
  });

  it("goes over as many pages as there is to say", async () => {
    const facts = factsOf("ielp");
    const sections = facts.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === "entries"
          ? { ...block, entries: Array.from({ length: 12 }, () => block.entries).flat() }
          : block,
      ),
    }));
    const pdf = await renderReport({ ...facts, sections });
    expect(checkPdfUa(pdf)).toEqual([]);
    expect(
      Buffer.from(pdf)
        .toString("latin1")
        .match(/\/Type \/Page\b/g)?.length,
    ).toBeGreaterThan(6);
  });

  it("is numbered page by page, and the same bytes for the same facts", async () => {
    const [one, two] = await Promise.all([1, 2].map(() => renderReport(factsOf("ielp"))));
    expect(Buffer.compare(one ?? Buffer.of(1), two ?? Buffer.of(2))).toBe(0);
    expect(
      Buffer.from(one ?? [])
        .toString("latin1")
        .match(/\/Type \/Page\b/g)?.length,
    ).toBeGreaterThan(3);
  });
});
