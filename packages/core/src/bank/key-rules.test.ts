import { describe, expect, test } from "vitest";
import { keyProblems } from "./key-rules.ts";
import { type BankItem, bankItem } from "./schema.ts";

const options = ["a", "b", "c"].map((id) => ({ id, text: `Option ${id}` }));
const text = (interaction: object, key: object): [object, object] => [interaction, key];

function item([interaction, key]: [object, object]): BankItem {
  return bankItem.parse({
    id: "r-b1-90",
    skill: "reading",
    level: "B1",
    subSkill: "gist",
    topic: "food",
    difficulty: 0,
    anchor: false,
    content: { stimulus: { kind: "note", blocks: [{ type: "paragraph", text: "Soup." }] }, interaction },
    key,
    rationale: { key: "Line 1", distractors: {} },
  });
}
const problems = (answer: [object, object]): Record<string, string> => keyProblems(item(answer));

const choice = (key: object = {}) =>
  text({ type: "choice", stem: "?", options }, { type: "choice", correct: "a", ...key });
const multiple = (key: object = {}, choose = 2) =>
  text(
    { type: "multiple-response", stem: "?", options, choose },
    { type: "multiple-response", correct: ["a"], ...key },
  );
const gaps = [1, 2].map((id) => ({ id: String(id), options }));
const inline = (given: object = {}, key: object = {}) =>
  text(
    { type: "inline-choice", stem: "?", text: "One [[1]] and [[2]].", gaps, ...given },
    { type: "inline-choice", correct: { 1: "a", 2: "b" }, ...key },
  );
const entered = { accepted: ["tea"], spellingTolerance: 0 };
const cloze = (given: object = {}, key: object = {}) =>
  text(
    { type: "cloze", stem: "?", text: "Drink [[1]].", gaps: [{ id: "1", maxLength: 20 }], ...given },
    { type: "cloze", gaps: { 1: entered }, ...key },
  );
const hottext = (words: string, key: object = {}, choose = 1) =>
  text({ type: "hottext", stem: "?", text: words, choose }, { type: "hottext", correct: ["w1"], ...key });
const composite = (parts: [string, [object, object]][], key: object = {}) =>
  text(
    { type: "composite", stem: "?", parts: parts.map(([id, [interaction]]) => ({ id, interaction })) },
    { type: "composite", parts: Object.fromEntries(parts.map(([id, [, part]]) => [id, part])), ...key },
  );

test("a text has no more gaps than an answer may have places", () => {
  const fill = (count: number) => {
    const ids = Array.from({ length: count }, (_, index) => String(index + 1));
    return text(
      { type: "gap-fill", stem: "?", text: ids.map((id) => `[[${id}]]`).join(" and "), options },
      { type: "gap-fill", correct: Object.fromEntries(ids.map((id) => [id, "a"])) },
    );
  };
  expect(problems(fill(20))).toEqual({});
  expect(problems(fill(21))).toEqual({ "content.interaction.text": "has more than 20 gaps" });
});

describe("a key that fits", () => {
  test.each<[string, [object, object]]>([
    ["choice", choice()],
    ["multiple response with fewer keys than may be chosen", multiple()],
    ["inline choice", inline()],
    ["cloze", cloze()],
    ["hottext", hottext("[[w1|She]] [[w2|go]] home.")],
    [
      "composite",
      composite(
        [
          ["p1", choice()],
          ["p2", cloze()],
        ],
        { weights: { p2: 3 } },
      ),
    ],
    ["points of a choice", choice({ points: { values: { a: "1", b: "0.5" }, max: "1" } })],
    ["points of placings", inline({}, { points: { values: { "1:a": "1", "2:c": "-1" }, min: "0", max: "2" } })],
    ["points of a cloze", cloze({}, { points: { values: { "1:tea": "1" }, max: "1" } })],
  ])("%s", (_, answer) => {
    expect(problems(answer)).toEqual({});
  });
});

describe("a key that does not fit is refused at its field", () => {
  const points = (values: object, others: object = {}) => ({ points: { values, max: "1", ...others } });
  test.each<[string, [object, object]]>([
    ["key.correct", choice({ correct: "d" })],
    ["key.correct", multiple({ correct: ["a", "b", "c"] })],
    ["key.correct", multiple({ correct: ["a", "a"] })],
    ["key", text(choice()[0], cloze()[1])],
    [
      "key",
      text(
        composite([
          ["p1", choice()],
          ["p2", choice()],
        ])[0],
        choice()[1],
      ),
    ],
    ["content.interaction.text", inline({ text: "No gap." })],
    ["content.interaction.text", inline({ text: "[[1]] [[1]] [[2]]" })],
    ["content.interaction.gaps", inline({ text: "One [[1]] alone." })],
    ["content.interaction.gaps.0.options", inline({ gaps: [{ id: "1", options: [options[0], options[0]] }, gaps[1]] })],
    ["key.correct", inline({}, { correct: { 1: "a" } })],
    ["key.correct", inline({}, { correct: { 1: "a", 2: "z" } })],
    ["content.interaction.gaps", cloze({ text: "[[1]] [[2]]" })],
    ["key.gaps", cloze({}, { gaps: { 2: entered } })],
    [
      "key.gaps.1.spellingTolerance",
      cloze({}, { gaps: { 1: { ...entered, spellingTolerance: 1, caseSensitive: true } } }),
    ],
    ["key.gaps.1.accepted", cloze({}, { gaps: { 1: { ...entered, numeric: true } } })],
    ["content.interaction.text", hottext("Only [[w1|one]].")],
    ["content.interaction.text", hottext("[[w1|one]] [[w1|two]]")],
    ["key.correct", hottext("[[w1|one]] [[w2|two]]", { correct: ["w3"] })],
    ["key.correct", hottext("[[w1|one]] [[w2|two]]", { correct: ["w1", "w2"] })],
    [
      "content.interaction.parts",
      composite([
        ["p1", choice()],
        ["p1", choice()],
      ]),
    ],
    [
      "key.parts",
      composite(
        [
          ["p1", choice()],
          ["p2", choice()],
        ],
        { parts: { p1: choice()[1] } },
      ),
    ],
    [
      "key.weights",
      composite(
        [
          ["p1", choice()],
          ["p2", choice()],
        ],
        { weights: { p3: 2 } },
      ),
    ],
    [
      "key.parts.p2.correct",
      composite([
        ["p1", choice()],
        ["p2", choice({ correct: "z" })],
      ]),
    ],
    [
      "content.interaction.parts.1.interaction.text",
      composite([
        ["p1", choice()],
        ["p2", inline({ text: "None" })],
      ]),
    ],
    ["key.points.values", choice(points({ z: "1" }))],
    ["key.points.values", inline({}, points({ "3:a": "1" }))],
    ["key.points.values", cloze({}, points({ tea: "1" }))],
    ["key.points.max", choice(points({ a: "1" }, { max: "0" }))],
    ["key.points.min", choice(points({ a: "1" }, { min: "2" }))],
    ["key.points.otherwise", multiple(points({ a: "1" }, { otherwise: "0.5" }))],
  ])("%s", (field, answer) => {
    expect(Object.keys(problems(answer))).toContain(field);
  });
});
