import { describe, expect, test } from "vitest";
import { assemblyBlueprint, countDrawable, interactiveTag, mediaProblem } from "./rules.ts";

describe("a file for the bank", () => {
  const text = (content: string) => new TextEncoder().encode(content);

  test("must hold what its type says", () => {
    expect(mediaProblem(text("ID3…"), "audio/mpeg")).toBeNull();
    expect(mediaProblem(new Uint8Array([0xff, 0xfb, 0x90]), "audio/mpeg")).toBeNull();
    expect(mediaProblem(text("<html>"), "audio/mpeg")).not.toBeNull();
    expect(mediaProblem(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), "image/png")).toBeNull();
    expect(mediaProblem(text("GIF89a"), "image/jpeg")).not.toBeNull();
  });

  test("must, as a drawing, be a picture alone", () => {
    const drawing = (inside: string) =>
      mediaProblem(text(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`), "image/svg+xml");
    expect(drawing('<path d="M0 0"/><use href="#a"/>')).toBeNull();
    expect(drawing("<script>alert(1)</script>")).not.toBeNull();
    expect(drawing('<rect onclick="go()"/>')).not.toBeNull();
    expect(drawing('<image href="https://example.org/x.png"/>')).not.toBeNull();
    expect(drawing("<foreignObject/>")).not.toBeNull();
  });
});

test("a form of levels draws on nothing that is put to everybody, and scores nothing that is tried out", () => {
  const blueprint = assemblyBlueprint([{ skill: "speaking", slots: [{ level: "B", count: 2, interactive: 1 }] }]);
  const item = { skill: "speaking", level: "B", tag: "", use: "scored" as const };
  const others = [
    { level: "all", tag: "interview" },
    { level: "A" },
    { skill: "writing" },
    { use: "pretest" as const },
  ];
  const pool = [item, { ...item, tag: interactiveTag }, ...others.map((other) => ({ ...item, ...other }))];
  expect(countDrawable(blueprint, pool)).toBe(2);
});
