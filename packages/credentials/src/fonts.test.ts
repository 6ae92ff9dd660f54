import { beforeAll, describe, expect, it } from "vitest";
import { prepareEastAsian } from "./east-asian-fonts.ts";
import { runsOf } from "./fonts.ts";

const pieces = (text: string) =>
  runsOf("readLight", text)
    .map((run) => run.text.trim())
    .filter((piece) => piece !== "");
const files = (text: string) => runsOf("readLight", text).map((run) => run.file?.id ?? null);

describe("the order of pieces on the page", () => {
  it.each([
    ["Anna Example", ["Anna Example"]],
    ["Anna محمد علي", ["Anna", "محمد علي"]],
    ["محمد علي Anna", ["Anna", "محمد علي"]],
    ["محمد Anna Maria علي", ["علي", "Anna Maria", "محمد"]],
    ["Anna (יוסף)", ["Anna (", "יוסף", ")"]],
  ])("%s", (text, expected) => {
    expect(pieces(text).join(" ").replace(/\s+/g, " ")).toBe(expected.join(" "));
  });

  it("shapes joined letters: none stands as it would alone", () => {
    const [run] = runsOf("readLight", "محمد");
    if (!run?.file) throw new Error("no font");
    const { font } = run.file;
    const alone = [...run.text].map((letter) => font.glyphForCodePoint(letter.codePointAt(0) ?? 0).id);
    const joined = font.layout(run.text, []).glyphs.map((glyph) => glyph.id);
    expect(joined.toReversed().filter((id, index) => id === alone[index])).toEqual([]);
  });
});

describe("Chinese, Japanese and Korean", () => {
  beforeAll(() => Promise.all(["骨", "骨 カナ", "김민준", "骨 김"].map(prepareEastAsian)));

  it("takes a character in the form of the language that the rest of the name tells", () => {
    expect(files("骨")).toEqual([expect.stringContaining("noto-serif-sc")]);
    expect(files("骨 カナ")[0]).toContain("noto-serif-jp");
    expect(files("骨 김")[0]).toContain("noto-serif-kr");
    expect(files("김민준").every((file) => file?.includes("noto-serif-kr"))).toBe(true);
  });

  it("knows no file for what was not prepared, and none for other scripts", () => {
    expect(files("鷗")).toEqual([null]);
    expect(files("ส")).toEqual([null]);
  });
});
