import { describe, expect, it } from "vitest";
import { cohesionOf } from "./cohesion.ts";
import { hdd, mtld } from "./diversity.ts";
import { connectives } from "./phrases.ts";
import { createSpeller } from "./spelling.ts";
import { syntaxOf } from "./syntax.ts";
import { taskFit } from "./task-fit.ts";
import { tokenise } from "./tokens.ts";
import { vocabularyOf } from "./vocabulary.ts";

describe("tokenise", () => {
  it("finds words, sentences and paragraphs with their places", () => {
    const text = "Dr. Lee's twenty-one pupils can’t wait. Can you?\n\nNo!";
    const { words, sentences, paragraphs } = tokenise(text);
    expect(words.map(({ plain }) => plain)).toEqual([
      "dr",
      "lee's",
      "twenty-one",
      "pupils",
      "can't",
      "wait",
      "can",
      "you",
      "no",
    ]);
    expect(words.every(({ text: word, start, end }) => text.slice(start, end) === word)).toBe(true);
    expect(sentences.map((sentence) => sentence.words.length)).toEqual([6, 2, 1]);
    expect(paragraphs).toBe(2);
  });

  it("sees a sentence's end where the learner forgot the space, and not in e.g. or U.S.", () => {
    expect(tokenise("I like school.My friend does not").sentences).toHaveLength(2);
    expect(tokenise("Pets, e.g. dogs, are common in the U.S. today.").sentences).toHaveLength(1);
  });

  it("does not care how hostile the text is", () => {
    expect(tokenise("").words).toEqual([]);
    expect(tokenise("!!!…\n\n\n").sentences).toEqual([]);
    expect(tokenise(`${"a".repeat(200_000)} ${".".repeat(200_000)}`).words).toHaveLength(1);
  });
});

describe("lexical diversity", () => {
  // Counted by hand: two words in turn fall to 2/3 < 0.72 at each third word, so sixty words hold twenty factors both ways.
  it("MTLD counts the words of a factor", () => {
    expect(mtld(Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? "yes" : "no")))).toBe(3);
  });

  // Every word once: 42 drawn words are 42 types. One word only: one type of 42.
  it("HD-D lies between one type and as many types as words", () => {
    const different = Array.from({ length: 80 }, (_, at) => `w${at}`);
    expect(hdd(different)).toBeCloseTo(1, 12);
    expect(hdd(different.map(() => "same"))).toBeCloseTo(1 / 42, 12);
  });

  // Two types, thirty of each: 1 − C(30, 42)/C(60, 42) is 1 for both, so 2/42.
  it("HD-D follows the hypergeometric distribution", () => {
    expect(hdd(Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? "a" : "b")))).toBeCloseTo(2 / 42, 12);
  });

  it("neither is given for a text under fifty words", () => {
    const few = Array.from({ length: 49 }, (_, at) => `w${at}`);
    expect([mtld(few), hdd(few)]).toEqual([null, null]);
  });
});

describe("syntax", () => {
  const measured = (text: string) => syntaxOf(tokenise(text).sentences);

  it("counts clauses by their openings", () => {
    expect(measured("I stayed at home.").clauses).toBe(1);
    expect(measured("I stayed at home because it was raining.").clauses).toBe(2);
    expect(measured("I stayed at home and she went out.").clauses).toBe(2);
    expect(measured("Tea and bread are what I had after work.").subordinateClauses).toBe(1);
  });

  it("names the structures it finds", () => {
    const { structures } = measured(
      "Although he had been warned, he left. If I were you, I would stay. The book which was given to me is better than yours.",
    );
    expect(structures).toEqual(
      expect.arrayContaining([
        "past perfect",
        "passive",
        "second conditional",
        "relative with which",
        "comparative",
        "concession",
      ]),
    );
    expect(structures).not.toContain("cleft");
  });
});

describe("cohesion", () => {
  it("takes the longest connective and counts each kind once", () => {
    expect(connectives.find("on the other hand i left".split(" "))).toEqual([{ phrase: "on the other hand", at: 0 }]);
    const text = "However, dogs bark. The dog is loud. However, cats sleep. This noise stops.";
    expect(cohesionOf(tokenise(text))).toMatchObject({ connectiveTypes: 1, referencePer100: 100 / 13 });
    expect(cohesionOf(tokenise(text)).overlap).toBeCloseTo(1 / 3);
  });
});

describe("spelling and vocabulary", () => {
  const speller = createSpeller();

  it("takes American and British spellings, and new words", () => {
    const words =
      "colour color organise organize travelling theatre centre favourite analyse practise grey don’t online friends'";
    expect(words.split(" ").filter((word) => !speller.isWord(word))).toEqual([]);
  });

  it("finds slips and says what was meant", () => {
    const slips = {
      becuase: "because",
      dont: "don't",
      freind: "friend",
      writting: "writing",
      belive: "believe",
      definately: "definitely",
    };
    for (const [slip, meant] of Object.entries(slips)) {
      expect(speller.isWord(slip)).toBe(false);
      expect(speller.suggest(slip)).toBe(meant);
    }
    expect(speller.suggest("xqzptlk")).toBeNull();
  });

  it("counts rare words by stem and passes over names and slips", () => {
    const text =
      "The inhabitants of Zanzibar inhabited caves and the adolescents rmemberd ancient volcanoes volcano and dogs cats house";
    const { rareTypes } = vocabularyOf(tokenise(text).words, speller);
    expect(rareTypes).toBeGreaterThanOrEqual(4);
    expect(rareTypes).toBeLessThanOrEqual(6);
  });
});

describe("task fit", () => {
  const task = {
    prompt: "Write to your friend about her visit next Saturday.",
    points: ["where to meet", "food she likes"],
    minWords: 30,
  };

  it("sees which points are taken up and how long the answer is", () => {
    const fit = taskFit(tokenise("We can meet at the station. I am happy."), task);
    expect(fit).toMatchObject({ pointsAddressed: 0.5, lengthFit: 0.3, copiedShare: 0 });
  });

  it("sees what is copied and what is said again", () => {
    const copied = taskFit(tokenise("Write to your friend about her visit next Saturday. Yes."), task);
    expect(copied.copiedShare).toBeCloseTo(0.9);
    const again = taskFit(tokenise("I like tea very much. I like tea very much. I like tea very much."), task);
    expect(again.repeatedShare).toBeCloseTo(2 / 3);
  });
});
