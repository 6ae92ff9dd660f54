import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { securedLevel } from "@bandwise/scoring/cefr";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { beforeAll, expect, test } from "vitest";
import { type RubricFile, rubricFile } from "./schema.ts";

const folder = fileURLToPath(new URL("../../../../prisma/seed/rubrics", import.meta.url));
const rubrics = new Map<string, RubricFile>();

beforeAll(async () => {
  for (const file of await readdir(folder)) {
    const rubric = rubricFile.parse(JSON.parse(await readFile(`${folder}/${file}`, "utf8")));
    rubrics.set(rubric.id, rubric);
  }
});

const ids = (rubric: RubricFile | undefined) => rubric?.criteria.map(({ id }) => id);

test("every rubric has its scheme's criteria and scale", () => {
  expect([...rubrics.keys()].sort()).toEqual(["ielp-speaking", "ielp-writing", "ielts-speaking", "iet-speaking"]);
  expect(ids(rubrics.get("ielp-writing"))).toEqual([...IELP.sections.writing.criteria]);
  expect(ids(rubrics.get("ielp-speaking"))).toEqual([...IELP.sections.speaking.criteria]);
  expect(ids(rubrics.get("ielts-speaking"))).toEqual([...IELTS_SPEAKING.criteria]);
  expect(ids(rubrics.get("iet-speaking"))).toEqual([...IET_SPEAKING.criteria]);
  expect([...rubrics.values()].map(({ scheme, scale }) => [scheme, scale.highest, scale.step])).toEqual([
    ["ielp", 10, 0.5],
    ["ielp", 10, 0.5],
    ["ielts-speaking", 9, 0.5],
    ["iet-speaking", 100, 1],
  ]);
});

test("the interview's rubric speaks with the scheme's words", () => {
  for (const { id, descriptors } of rubrics.get("ielts-speaking")?.criteria ?? []) {
    const words = IELTS_SPEAKING.descriptors[IELTS_SPEAKING.criteria.find((known) => known === id) ?? "fluency"];
    const plain = (text: string) => text.toLowerCase().replace(/\.$/, "");
    expect(descriptors.slice(1).map(({ score, text }) => [score, plain(text)])).toEqual(
      Object.entries(words).map(([band, text]) => [Number(band), plain(text)]),
    );
  }
});

test("each descriptor of the spoken test covers the marks of one level, without gap", () => {
  for (const { descriptors } of rubrics.get("iet-speaking")?.criteria ?? []) {
    const levels = descriptors.map(({ score, upTo = score }) => {
      const at = (value: number) => {
        const all = { fluency: value, pronunciation: value, grammar: value, vocabulary: value };
        return securedLevel(scoreIetSpeaking([all, all, all, all]).cefr);
      };
      expect(at(score)).toBe(at(upTo));
      return at(score);
    });
    expect(levels).toEqual(["below A1", "A1", "A2", "B1", "B2", "C1", "C2"]);
    expect(descriptors.slice(1).map(({ score }) => score - 1)).toEqual(
      descriptors.slice(0, -1).map(({ score, upTo = score }) => upTo),
    );
    expect(descriptors.at(-1)?.upTo).toBe(100);
  }
});
