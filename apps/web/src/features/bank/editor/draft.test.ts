import { allLevels, type BankItem, skills } from "@bandwise/core/bank/schema";
import { openTypes } from "@bandwise/core/bank/speaking-schema";
import { describe, expect, test } from "vitest";
import { blankAnswer, freeId, interactionTypes, withPartType, withText } from "./answer-drafts.ts";
import { blankItem, draftOf, finished, problemsOf } from "./draft.ts";

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

test("optional sentences left blank are left out, written ones kept", () => {
  const { difficultyReason, fairness, ...rest } = finished(
    draftOf({ ...complete, difficultyReason: " ", fairness: "" }),
    null,
  );
  expect([difficultyReason, fairness, rest.id]).toEqual([undefined, undefined, "r-b1-90"]);
  const noted = finished(draftOf({ ...complete, fairness: "Soup is eaten everywhere." }), null);
  expect(noted.fairness).toBe("Soup is eaten everywhere.");
});

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

  test("says that a choice has no key, not how one is spelt", () => {
    const problems = problemsOf(finished(draftOf(blankItem("reading")), null));
    expect(problems["key.correct"]).toBe("needs a key: mark what is right");
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

describe("a blank open task", () => {
  test.each(openTypes)("is a %s for all levels that only its words are missing from", (type) => {
    const item = blankItem("speaking", { type });
    expect(item).toMatchObject({ level: allLevels, content: { type } });
    const problems = problemsOf(finished(draftOf(item), null));
    expect(problems).toMatchObject({ "content.title": "is missing" });
    expect(Object.values(problems).filter((rule) => rule.startsWith("needs") || rule.startsWith("takes"))).toEqual([]);
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

describe("a text with gaps", () => {
  test("gives each gap its options, and takes them with it when it goes", () => {
    const blank = blankAnswer("inline-choice");
    if (blank.interaction.type !== "inline-choice" || blank.key.type !== "inline-choice") throw new Error("not inline");
    const two = withText({ interaction: blank.interaction, key: blank.key }, "One [[1]] and [[2]] and [[1]].");
    if (two.interaction.type !== "inline-choice") throw new Error("not inline");
    expect(two.interaction.gaps.map(({ id }) => id)).toEqual(["1", "2"]);
    const named = { ...two.interaction, gaps: two.interaction.gaps.map((gap) => ({ ...gap, options: [] })) };
    const one = withText({ ...two, interaction: named }, "Only [[2]].");
    expect(one.interaction).toMatchObject({ gaps: [{ id: "2", options: [] }] });
  });

  test("gives each gap its box and what is accepted there", () => {
    const { interaction, key } = blankAnswer("cloze");
    if (interaction.type !== "cloze" || key.type !== "cloze") throw new Error("not a cloze");
    const given = withText(
      { interaction, key: { ...key, gaps: { 9: { accepted: ["x"], spellingTolerance: 0 } } } },
      "[[1]]",
    );
    expect(given.key).toEqual({ type: "cloze", gaps: { 1: { accepted: [], spellingTolerance: 0 } } });
  });

  test("keeps no key for words that went away", () => {
    const { interaction, key } = blankAnswer("hottext");
    if (interaction.type !== "hottext" || key.type !== "hottext") throw new Error("not a hottext");
    const given = withText({ interaction, key: { ...key, correct: ["w1", "w2"] } }, "[[w2|She]] [[w3|go]]");
    expect(given.key).toMatchObject({ correct: ["w2"] });
  });
});

test("between one and several answers the options and what is right stay", () => {
  const { interaction, key } =
    complete.content.interaction.type === "choice" && complete.key.type === "choice"
      ? { interaction: complete.content.interaction, key: complete.key }
      : { interaction: null, key: null };
  if (!interaction || !key) throw new Error("not a choice");
  const several = withPartType({ interaction, key }, "multiple-response");
  expect(several.interaction).toMatchObject({ options: interaction.options, choose: 2 });
  expect(withPartType(several, "choice")).toEqual({ interaction, key });
});

test("a composite keeps no weight of 1, no key of a part that is gone, and no reason for one", () => {
  const part = { interaction: complete.content.interaction, key: complete.key };
  const item = {
    ...complete,
    content: {
      ...complete.content,
      interaction: {
        type: "composite",
        stem: "All.",
        parts: ["p1", "p2"].map((id) => ({ id, interaction: part.interaction })),
      },
    },
    key: { type: "composite", parts: { p1: part.key, p2: part.key, p3: part.key }, weights: { p1: 1, p2: 2, p3: 3 } },
    rationale: { key: "All", distractors: { "p1/b": "No.", "p1/a": "It is right.", "p3/b": "Gone.", b: "Nowhere." } },
  } as BankItem;
  const whole = finished(draftOf(item), null);
  expect(whole).toMatchObject({
    key: { parts: { p1: part.key, p2: part.key }, weights: { p2: 2 } },
    rationale: { distractors: { "p1/b": "No." } },
  });
  expect(Object.keys("distractors" in whole.rationale ? whole.rationale.distractors : {})).toEqual(["p1/b"]);
  expect(problemsOf(whole)).toEqual({});
});
