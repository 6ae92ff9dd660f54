import type { BankItem } from "@bandwise/core/bank/schema";
import { skills } from "@bandwise/core/bank/schema";
import { describe, expect, test } from "vitest";
import { blankAnswer, blankItem, draftOf, finished, freeId, interactionTypes, problemsOf } from "./draft.ts";

const complete: Extract<BankItem, { skill: "reading" }> = {
  id: "r-b1-90",
  skill: "reading",
  level: "B1",
  subSkill: "gist",
  topic: "food",
  difficulty: -0.5,
  anchor: false,
  content: {
    stimulus: { kind: "article", title: "Soup", blocks: [{ type: "paragraph", text: "Soup is served." }] },
    interaction: {
      type: "choice",
      stem: "What is served?",
      options: [
        { id: "a", text: "Soup" },
        { id: "b", text: "Bread" },
        { id: "c", text: "Rice" },
      ],
    },
  },
  key: { type: "choice", correct: "a" },
  rationale: { key: "Line 1", distractors: { b: "Not said.", c: "Not said." } },
  review: { solvedWithStimulus: "a", solvedWithoutStimulus: "chance", checklist: ["One key"] },
};

describe("a blank item", () => {
  test.each(skills)("of %s names what is missing instead of failing", (skill) => {
    const problems = problemsOf(finished(draftOf(blankItem(skill)), null));
    expect(problems.id).toBeDefined();
    expect(Object.keys(problems).length).toBeGreaterThan(3);
  });

  test.each(interactionTypes)("takes an empty %s", (type) => {
    const item = {
      ...complete,
      content: { ...complete.content, interaction: blankAnswer(type).interaction },
      key: blankAnswer(type).key,
    };
    expect(problemsOf(finished(draftOf(item), null))["content.interaction.stem"]).toBe("is missing");
  });

  test("starts where the plan of what to write next points", () => {
    expect(blankItem("listening", { level: "C2", subSkill: "function" })).toMatchObject({
      level: "C2",
      subSkill: "function",
    });
    expect(blankItem("writing", { level: "C2", subSkill: "nonsense" })).toMatchObject({
      level: "B",
      subSkill: "message",
    });
  });
});

describe("a finished item", () => {
  test("is what it was when nothing changed, review and all", () => {
    expect(finished(draftOf(complete), complete)).toEqual(complete);
    expect(problemsOf(complete)).toEqual({});
  });

  test("loses its review with a change of what was reviewed, and keeps it otherwise", () => {
    const retitled = {
      ...complete,
      content: { ...complete.content, stimulus: { ...complete.content.stimulus, title: "Tea" } },
    };
    expect(finished(draftOf(retitled), complete).review).toBeUndefined();
    expect(finished(draftOf({ ...complete, topic: "health" }), complete).review).toBeDefined();
  });

  test("keeps no reason for an option that became the key or went away", () => {
    const draft = draftOf({ ...complete, key: { type: "choice", correct: "b" } });
    expect(finished(draft, complete).rationale).toEqual({ key: "Line 1", distractors: { c: "Not said." } });
  });

  test("keeps no placing of a gap that went away", () => {
    const { interaction } = blankAnswer("gap-fill");
    if (interaction.type !== "gap-fill") throw new Error("not a gap fill");
    const item: BankItem = {
      ...complete,
      content: { ...complete.content, interaction: { ...interaction, text: "Only [[1]]." } },
      key: { type: "gap-fill", correct: { 1: "a", 2: "b" } },
    };
    expect(finished(draftOf(item), null)).toMatchObject({ key: { correct: { 1: "a" } } });
  });
});

test("a new option gets the first letter that is free", () => {
  expect(freeId([{ id: "a" }, { id: "c" }])).toBe("b");
  expect(freeId([{ id: "p1" }], "p")).toBe("p2");
});
