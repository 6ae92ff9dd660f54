import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gapIds, hotWords, plainText, richText, textPieces } from "./marked-text.ts";

describe("emphasis", () => {
  it.each([
    ["plain", [{ text: "plain" }]],
    ["a *b* c", [{ text: "a " }, { text: "b", emphasis: true }, { text: " c" }]],
    ["**No** dogs", [{ text: "No", strong: true }, { text: " dogs" }]],
    ["***both***", [{ text: "both", strong: true, emphasis: true }]],
    [
      "**a *b* c**",
      [
        { text: "a ", strong: true },
        { text: "b", strong: true, emphasis: true },
        { text: " c", strong: true },
      ],
    ],
    ["2 * 3 * 4", [{ text: "2 * 3 * 4" }]],
    ["a * b*", [{ text: "a * b*" }]],
    ["5* hotel", [{ text: "5* hotel" }]],
    ["****", [{ text: "****" }]],
    ["\\*not\\* and C:\\\\", [{ text: "*not* and C:\\" }]],
    ["C:\\x", [{ text: "C:\\x" }]],
    ["*a **b*", [{ text: "a **b", emphasis: true }]],
    ["", []],
  ])("%j", (text, runs) => {
    expect(richText(text)).toEqual(runs);
  });

  const written = fc.string({ unit: fc.constantFrom("a", " ", "*", "\\", "é", "\n"), maxLength: 24 });

  it("keeps every character but the marks, and joins what belongs together", () => {
    fc.assert(
      fc.property(written, (text) => {
        const runs = richText(text);
        const letters = (from: string) => from.replaceAll(/[*\\]/g, "");
        expect(letters(plainText(text))).toBe(letters(text));
        expect(runs.every((run) => run.text !== "")).toBe(true);
        for (const [at, run] of runs.entries()) {
          const next = runs[at + 1];
          if (next) expect([run.strong, run.emphasis]).not.toEqual([next.strong, next.emphasis]);
        }
      }),
    );
  });

  it("takes an escaped text literally", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(plainText(text.replaceAll(/[\\*]/g, "\\$&"))).toBe(text);
      }),
    );
  });
});

describe("gaps and selectable words", () => {
  it("falls into plain text, gaps and words", () => {
    expect(textPieces("She [[1]] home.")).toEqual([{ text: "She " }, { id: "1", text: "" }, { text: " home." }]);
    expect(textPieces("[[w1|Yesterday]] she [[w2|has gone]]")).toEqual([
      { id: "w1", text: "Yesterday" },
      { text: " she " },
      { id: "w2", text: "has gone" },
    ]);
    expect(gapIds("[[1]] or [[w1|two]] [[x y]] [[2]]")).toEqual(["1", "2"]);
    expect(hotWords("[[1]] or [[w1|two]]")).toEqual([{ id: "w1", text: "two" }]);
  });
});
