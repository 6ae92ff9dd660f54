import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { frequentFamilyCount, isFrequentWord } from "@bandwise/evaluator/frequent-words";
import { describe, expect, it } from "vitest";
import { dialogue, interview, introduction, openTask, opinion, pictureTask } from "../testing/open-tasks.ts";
import { type LintRule, lintBank } from "./lint.ts";
import { mediaNames } from "./rules.ts";
import { type BankItem, bankItem, cefrLevels, levelBands, topics } from "./schema.ts";
import { fleschKincaidGrade, sentenceCount, shingles, syllablesIn, wordsOf } from "./text-measures.ts";

type Reading = Extract<BankItem, { skill: "reading" }>;
type Listening = Extract<BankItem, { skill: "listening" }>;
type Writing = Extract<BankItem, { skill: "writing" }>;
type Speaking = Extract<BankItem, { skill: "speaking"; level: "A" | "B" | "C" }>;
type Answering = Pick<Reading, "key" | "rationale"> & { interaction: Reading["content"]["interaction"] };

const notice =
  "The pool is closed today. We are cleaning it. You can swim in the lake by the park. Come back on Monday.";

function choice(texts: readonly string[], correct: string, explained?: readonly string[]): Answering {
  const options = texts.map((text, at) => ({ id: "abcdefgh".charAt(at), text }));
  const wrong = explained ?? options.map((option) => option.id).filter((id) => id !== correct);
  return {
    interaction: { type: "choice", stem: "What can people do today?", options },
    key: { type: "choice", correct },
    rationale: { key: "Line 3", distractors: Object.fromEntries(wrong.map((id) => [id, "Not said."])) },
  };
}

function multiple(correct: string[], choose: number): Answering {
  const { interaction, rationale } = choice(["one", "two", "three", "four"], "a", ["c", "d"]);
  const options = interaction.type === "choice" ? interaction.options : [];
  return {
    interaction: { type: "multiple-response", stem: "Which?", options, choose },
    key: { type: "multiple-response", correct },
    rationale,
  };
}

const pairs = [
  { id: "a", text: "north" },
  { id: "b", text: "south" },
  { id: "c", text: "west" },
];
const people = [
  { id: "p1", text: "Ana" },
  { id: "p2", text: "Kofi" },
];
const matching = (correct: Record<string, string>, explained = "p1:c"): Answering => ({
  interaction: { type: "matching", stem: "Who goes where?", prompts: people, options: pairs },
  key: { type: "matching", correct },
  rationale: { key: "Line 1", distractors: { [explained]: "Not said." } },
});
const ordering = (correct: string[]): Answering => ({
  interaction: { type: "ordering", stem: "In which order?", elements: pairs },
  key: { type: "ordering", correct },
  rationale: { key: "Line 1", distractors: { order: "Not said." } },
});
const gapFill = (text: string, correct: Record<string, string>): Answering => ({
  interaction: { type: "gap-fill", stem: "Fill the gaps.", text, options: pairs },
  key: { type: "gap-fill", correct },
  rationale: { key: "Line 1", distractors: { "1:c": "Not said." } },
});
const textEntry = (accepted: string[], maxLength: number, wrong: string[] = ["Sunday"]): Answering => ({
  interaction: { type: "text-entry", stem: "Which day?", maxLength },
  key: { type: "text-entry", accepted, spellingTolerance: 0 },
  rationale: { key: "Line 4", distractors: Object.fromEntries(wrong.map((text) => [text, "Not said."])) },
});

const reasons = (...names: string[]) => ({
  rationale: { key: "Line 1", distractors: Object.fromEntries(names.map((name) => [name, "Not said."])) },
});
const hottext = (choose: number, correct: string[], wrong: string): Answering => ({
  interaction: { type: "hottext", stem: "Which word?", text: "[[w1|Come]] [[w2|back]] on [[w3|Monday]].", choose },
  key: { type: "hottext", correct },
  ...reasons(wrong),
});
const cloze = (text: string, accepted: string, wrong: string): Answering => ({
  interaction: { type: "cloze", stem: "Fill the gap.", text, gaps: [{ id: "1", maxLength: 10 }] },
  key: { type: "cloze", gaps: { 1: { accepted: [accepted], spellingTolerance: 0 } } },
  ...reasons(wrong),
});
const inlineChoice = (correct: string, wrong: string): Answering => ({
  interaction: { type: "inline-choice", stem: "Fill the gap.", text: "Go [[1]].", gaps: [{ id: "1", options: pairs }] },
  key: { type: "inline-choice", correct: { 1: correct } },
  ...reasons(wrong),
});
/** Two questions as parts of one. */
function composite(first: Answering, second: Answering): Answering {
  if (first.interaction.type === "composite" || first.key.type === "composite") throw new Error("a part of a part");
  if (second.interaction.type === "composite" || second.key.type === "composite") throw new Error("a part of a part");
  const within = (id: string, from: Answering) =>
    Object.keys(from.rationale.distractors).map((name) => `${id}/${name}`);
  return {
    interaction: {
      type: "composite",
      stem: "Answer both.",
      parts: [
        { id: "p1", interaction: first.interaction },
        { id: "p2", interaction: second.interaction },
      ],
    },
    key: { type: "composite", parts: { p1: first.key, p2: second.key } },
    ...reasons(...within("p1", first), ...within("p2", second)),
  };
}

const threeOptions = ["swim in the lake", "clean all the park", "close up the pools"];

interface ObjectiveChange {
  id?: string;
  level?: Reading["level"];
  topic?: Reading["topic"];
  difficulty?: number;
  anchor?: boolean;
  text?: string;
  answering?: Answering;
}

const difficultyOf = { A1: -2.5, A2: -1.5, B1: -0.5, B2: 0.5, C1: 1.5, C2: 2.5 } as const;

function reading({
  id = "r-1",
  level = "A1",
  topic = "sport",
  anchor = false,
  text = notice,
  ...change
}: ObjectiveChange = {}): Reading {
  const { interaction, key, rationale } = change.answering ?? choice(threeOptions, "a");
  const stimulus = { kind: "notice", blocks: [{ type: "paragraph" as const, text }] };
  const common = { id, level, topic, anchor, difficulty: change.difficulty ?? difficultyOf[level] };
  return { ...common, skill: "reading", subSkill: "detail", content: { stimulus, interaction }, key, rationale };
}

function listening({
  id = "l-1",
  level = "A1",
  seconds = 15,
  plays = 2,
  media = `${id}.mp3`,
  text = notice,
}: {
  id?: string;
  level?: Listening["level"];
  seconds?: number;
  plays?: 1 | 2;
  media?: string;
  text?: string;
} = {}): Listening {
  const { interaction, key, rationale } = choice(threeOptions, "a");
  const turns = [{ speaker: "Rosa", voice: "slt" as const, text, pauseAfterMs: 0 }];
  const stimulus = { kind: "announcement", setting: "At a pool", plays, media, durationSeconds: seconds, turns };
  const common = { id, level, topic: "sport" as const, anchor: false, difficulty: difficultyOf[level] };
  return { ...common, skill: "listening", subSkill: "detail", content: { stimulus, interaction }, key, rationale };
}

const minutesOf = { A: 4, B: 7, C: 9 } as const;
const wordRangeOf = { A: [30, 40], B: [80, 100], C: [120, 150] } as const;
const bandDifficultyOf = { A: -2, B: 0, C: 2 } as const;

function writing({
  id = "w-1",
  level = "A",
  topic = "home",
  subSkill = "message",
  anchor = false,
  maxWords,
  minutes,
}: Partial<Pick<Writing, "id" | "level" | "topic" | "subSkill" | "anchor">> & {
  maxWords?: number;
  minutes?: number;
} = {}): Writing {
  const [low, high] = wordRangeOf[level];
  return {
    id,
    skill: "writing",
    level,
    subSkill,
    topic,
    anchor,
    difficulty: bandDifficultyOf[level],
    content: {
      title: id,
      situation: "Your friend visits you.",
      reader: "Your friend",
      purpose: "To help",
      instruction: `Write ${low}–${high} words.`,
      points: ["when", "where", "what"],
      minWords: low,
      maxWords: maxWords ?? high,
      suggestedMinutes: minutes ?? minutesOf[level],
    },
    rationale: { markerNotes: "All three points." },
  };
}

const timesOf = { A: [15, 40], B: [30, 60], C: [45, 90] } as const;
const turnOf = (id: string): NonNullable<Speaking["content"]["turn"]> => ({
  speaker: "Mei",
  voice: "slt",
  text: notice,
  media: `${id}.mp3`,
  durationSeconds: 9,
});
const pictureOf = (id: string): NonNullable<Speaking["content"]["picture"]> => ({
  media: `${id}.svg`,
  alternative: "A park",
});

function speaking({
  id = "s-1",
  level = "A",
  topic = "home",
  turn = false,
  picture = false,
  content = {},
}: Partial<Pick<Speaking, "id" | "level" | "topic">> & {
  turn?: boolean;
  picture?: boolean;
  content?: Partial<Speaking["content"]>;
} = {}): Speaking {
  const [prepareSeconds, answerSeconds] = timesOf[level];
  return {
    id,
    skill: "speaking",
    level,
    subSkill: "personal",
    topic,
    anchor: false,
    difficulty: bandDifficultyOf[level],
    content: {
      title: id,
      prompt: turn ? "Listen to Mei and answer." : picture ? "Look at the picture." : "Talk about yourself.",
      points: ["what", "why"],
      prepareSeconds,
      answerSeconds,
      reRecord: level !== "C" && !turn,
      ...(turn ? { turn: turnOf(id) } : {}),
      ...(picture ? { picture: pictureOf(id) } : {}),
      ...content,
    },
    rationale: { markerNotes: "Both points." },
  };
}

/** Distinct, meaningless texts: `count` items of one cell. */
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const wholeBank: BankItem[] = [
  ...cefrLevels.flatMap((level) => many(10, (at) => reading({ id: `r-${level.toLowerCase()}-${at}`, level }))),
  ...cefrLevels.flatMap((level) => many(10, (at) => listening({ id: `l-${level.toLowerCase()}-${at}`, level }))),
  ...levelBands.flatMap((level) => many(8, (at) => writing({ id: `w-${level.toLowerCase()}-${at}`, level }))),
  ...levelBands.flatMap((level) => many(12, (at) => speaking({ id: `s-${level.toLowerCase()}-${at}`, level }))),
];

const openBank: BankItem[] = [
  ...many(20, (at) => openTask(`i-${at}`, interview(`subject ${at}`))),
  ...many(8, (at) => openTask(`introduction-${at}`, introduction)),
  ...many(8, (at) => openTask(`opinion-${at}`, opinion)),
  ...many(8, (at) => openTask(`picture-${at}`, pictureTask(`picture-${at}.svg`))),
  ...many(8, (at) => openTask(`dialogue-${at}`, dialogue([1, 2, 3].map((turn) => `dialogue-${at}-${turn}.mp3`)))),
];
const plainInterview = interview("a walk");

const answered = (answering: Answering, level: Reading["level"] = "A1", id = "r-1"): Reading =>
  reading({ id, level, answering });
const keyed = (keys: string): Reading[] =>
  [...keys].map((key, at) => reading({ id: `r-${at}`, answering: choice(threeOptions, key) }));
const longKey = choice(["swim in the big lake", "clean the parks", "close the pools"], "a");
const plain = "The old dog is in the park. It can see a cat.";
const academic =
  "Comparative investigations of municipal administration, notwithstanding considerable methodological disagreement, consistently demonstrate unanticipated institutional consequences.";
const longer = (times: number): string =>
  many(times, (at) => `The ${at} people of town ${at} walked slowly along the long river to the old bridge.`).join(" ");

/** Twenty-four texts about twenty-four things, as different as items of one bank are. */
const distinctTexts = many(24, (at) =>
  reading({
    id: `r-${at}`,
    text: many(30, (word) => `thing${at}w${word} lies beside another${(at + word) % 24}.`).join(" "),
  }),
);
/** One story with other names and some other words: not a run of five words in common. */
const retold = (id: string, name: string): Reading =>
  reading({
    id,
    text:
      name === "Ruta"
        ? "Ruta mends violins in a cellar near the harbour; sailors bring her cracked bows, and she glues them by candle."
        : "Near the harbour, in a cellar, Omar glues cracked bows by candle: sailors bring him violins that he mends.",
  });

/** For each rule: banks it must let pass and banks it must stop. A rule without an entry does not compile. */
const cases: Record<LintRule, { good: readonly BankItem[][]; bad: readonly BankItem[][] }> = {
  "unique-ids": { good: [[reading(), listening()]], bad: [[reading(), reading()]] },
  "key-matches-interaction": {
    good: [
      [
        answered(multiple(["a", "b"], 2)),
        answered(matching({ p1: "a", p2: "b" })),
        answered(ordering(["c", "a", "b"])),
        answered(gapFill("Go [[1]], then [[2]].", { "1": "a", "2": "b" })),
        answered(textEntry(["Monday", "Mon"], 10)),
        answered(hottext(1, ["w3"], "w2")),
        answered(cloze("Back on [[1]].", "Monday", "1:Sunday")),
        answered(inlineChoice("a", "1:b")),
        answered(composite(choice(threeOptions, "a"), cloze("Back on [[1]].", "Monday", "1:Sunday"))),
        reading(),
      ],
    ],
    bad: [
      [answered(choice(threeOptions, "d"))],
      [answered(multiple(["a", "b"], 3))],
      [answered(multiple(["a", "e"], 2))],
      [answered(multiple(["a", "a"], 2))],
      [answered(multiple(["a", "b", "c", "d"], 4))],
      [answered(textEntry(["Monday morning"], 6))],
      [answered(textEntry(["Monday", "Monday"], 10))],
      [answered(matching({ p1: "a" }))],
      [answered(matching({ p1: "a", p2: "b", p3: "c" }))],
      [answered(matching({ p1: "a", p2: "d" }))],
      [answered(ordering(["c", "a", "a"]))],
      [answered(ordering(["c", "b"]))],
      [answered(ordering(["a", "b", "c"]))],
      [answered(gapFill("Go [[1]], then [[2]].", { "1": "a" }))],
      [answered(gapFill("Go [[1]], then [[3]].", { "1": "a", "3": "b" }))],
      [answered(gapFill("Go [[1]].", { "1": "d" }))],
      [answered(gapFill("Go there.", {}))],
      [{ ...reading(), key: { type: "ordering", correct: ["a", "b", "c"] } }],
      [answered(hottext(2, ["w3"], "w2"))],
      [answered(hottext(3, ["w1", "w2", "w3"], "w2"))],
      [answered(cloze("Back on [[1]].", "Monday morning", "1:Sunday"))],
      [answered(cloze("Back on [[2]].", "Monday", "1:Sunday"))],
      [answered(inlineChoice("d", "1:b"))],
      [answered(composite(choice(threeOptions, "d"), inlineChoice("a", "1:b")))],
    ],
  },
  "distinct-options": {
    good: [[reading()]],
    bad: [
      [answered(choice(["a lake", "A lake.", "a pool"], "a"))],
      [
        answered({
          ...ordering(["a", "b", "c"]),
          interaction: { type: "ordering", stem: "Order?", elements: [...pairs, { id: "a", text: "east" }] },
        }),
      ],
    ],
  },
  "option-count": {
    good: [[reading(), answered(choice(["one", "two", "three", "four"], "a"), "B1")]],
    bad: [
      [answered(choice(["one", "two", "three", "four"], "a"))],
      [answered(choice(threeOptions, "a"), "C1")],
      [answered(composite(inlineChoice("a", "1:b"), choice(["one", "two"], "a")))],
      [
        answered({
          ...multiple(["a", "b"], 2),
          interaction: { type: "multiple-response", stem: "?", options: pairs, choose: 2 },
        }),
      ],
    ],
  },
  "parallel-options": {
    good: [[reading(), answered(choice(["yes", "certainly", "no"], "a"))]],
    bad: [[answered(choice(["go there", "stay at home all day", "swim in the big lake"], "a"))]],
  },
  "no-catch-all-option": {
    good: [[reading(), answered(choice(["all of the pool", "a lake", "none"], "a"))]],
    bad: [
      [answered(choice(["a lake", "a pool", "All of the above"], "a"))],
      [answered(choice(["a lake", "a pool", "none of these options"], "a", ["b"]))].map((item) =>
        withOption(item, "none of the others"),
      ),
      [answered(choice(["a lake", "a pool", "both a and b"], "a"))],
    ],
  },
  "numbers-ascend": {
    good: [[answered(choice(["£5", "£10", "£15.50"], "a")), answered(choice(["at 9:15", "at 9.30", "at 10"], "a"))]],
    bad: [[answered(choice(["10", "5", "15"], "a"))]],
  },
  "even-key-positions": { good: [keyed("abcabc"), keyed("aab")], bad: [keyed("aaaaaa"), keyed("bbbbbc")] },
  "key-not-the-longest": {
    good: [keyed("abcabc")],
    bad: [many(6, (at) => reading({ id: `r-${at}`, answering: longKey }))],
  },
  "key-does-not-echo": {
    good: [
      [
        answered(choice(["swim in the lake", "one", "two", "three"], "b"), "B2"),
        answered(choice(["swim in the lake", "one", "two"], "a"), "A1"),
      ],
    ],
    bad: [[answered(choice(["swim in the lake", "one", "two", "three"], "a"), "B2")]],
  },
  "wrong-options-explained": {
    good: [
      [
        reading(),
        answered(matching({ p1: "a", p2: "b" })),
        answered(textEntry(["Monday"], 10)),
        answered(ordering(["c", "a", "b"])),
        answered(hottext(1, ["w3"], "w2")),
        answered(cloze("Back on [[1]].", "Monday", "1:Sunday")),
        answered(inlineChoice("a", "1:b")),
        answered(composite(choice(threeOptions, "a"), inlineChoice("a", "1:b"))),
      ],
    ],
    bad: [
      [answered(hottext(1, ["w3"], "w3"))],
      [answered(cloze("Back on [[1]].", "Monday", "1:monday"))],
      [answered(inlineChoice("a", "1:a"))],
      [answered(inlineChoice("a", "2:b"))],
      [answered({ ...composite(choice(threeOptions, "a"), inlineChoice("a", "1:b")), ...reasons("b", "c", "p2/1:b") })],
      [answered(choice(threeOptions, "a", ["b"]))],
      [answered(choice(threeOptions, "a", ["a", "b", "c"]))],
      [answered(choice(threeOptions, "a", ["b", "c", "x"]))],
      [answered(multiple(["a", "c"], 2))],
      [answered(matching({ p1: "a", p2: "b" }, "p1:a"))],
      [answered(matching({ p1: "a", p2: "b" }, "p9:a"))],
      [answered(matching({ p1: "a", p2: "b" }, "p1:b"))],
      [answered(textEntry(["Monday"], 10, []))],
      [answered(textEntry(["Monday"], 10, ["monday"]))],
    ],
  },
  "difficulty-fits-level": {
    good: [[reading(), writing(), { ...reading({ difficulty: -2.2 }), difficultyReason: "Two names to keep apart." }]],
    bad: [
      [reading({ difficulty: -2.2 })],
      [{ ...reading({ difficulty: 0 }), difficultyReason: "Long." }],
      [{ ...writing(), difficulty: 1 }],
    ],
  },
  "reading-length-fits-level": {
    good: [[reading()]],
    bad: [[reading({ text: plain })], [reading({ text: longer(9) })]],
  },
  "readability-fits-level": {
    good: [[reading()]],
    bad: [[reading({ text: academic })], [reading({ level: "C1", text: plain })]],
  },
  "reading-rises": {
    good: [[reading({ text: plain }), reading({ level: "A2", text: longer(4) })]],
    bad: [
      [reading({ text: longer(4) }), reading({ level: "A2", text: plain })],
      [reading({ text: academic }), reading({ level: "A2", text: longer(4) })],
    ],
  },
  "listening-fits-level": {
    good: [[listening()]],
    bad: [
      [listening({ seconds: 30 })],
      [listening({ seconds: 5 })],
      [listening({ plays: 1 })],
      [listening({ level: "C1", seconds: 80, plays: 2 })],
    ],
  },
  "listening-rises": {
    good: [[listening(), listening({ level: "A2", seconds: 25 })]],
    bad: [[listening({ seconds: 25 }), listening({ level: "A2", seconds: 20 })]],
  },
  "vocabulary-rises": {
    good: [
      [
        reading({ text: plain }),
        reading({ level: "B1", text: academic }),
        listening({ text: plain }),
        listening({ level: "A2", text: plain }),
      ],
    ],
    bad: [
      [reading({ text: academic }), reading({ level: "B1", text: plain })],
      [listening({ level: "B1", text: plain }), listening({ level: "B2", text: plain })],
    ],
  },
  "basic-vocabulary": {
    good: [[reading({ text: plain }), reading({ level: "B2", text: academic })]],
    bad: [[reading({ text: academic })], [listening({ level: "A2", text: academic })]],
  },
  "no-shared-stimulus": {
    good: [[reading({ text: longer(3) }), listening({ text: notice }), writing()]],
    bad: [
      [reading({ text: "Closed today." }), listening({ text: "CLOSED – today!" })],
      [reading({ id: "r-1" }), reading({ id: "r-2", text: `Dear all, ${notice} Thank you, Ines.` })],
      [writing(), { ...writing({ id: "w-2" }), content: { ...writing().content } }],
    ],
  },
  "no-sensitive-theme": {
    good: [[reading(), reading({ text: "The shop in Warwick has gravel, beeswax and a birthday party." })]],
    bad: [
      [reading({ text: "The soldiers are in the park." })],
      [reading({ text: "You can buy a beer here." })],
      [listening({ text: "The match is before Christmas." })],
      [writing({ topic: "home" }), { ...writing(), content: { ...writing().content, situation: "Your dog died." } }],
      [speaking({ content: { prompt: "Talk about your favourite casino." } })],
    ],
  },
  "fairness-noted": {
    good: [[fair(reading()), fair(speaking()), fair(openTask("i-1", plainInterview))]],
    bad: [[reading()], [fair(reading()), listening()], [openTask("i-1", plainInterview)]],
  },
  "no-near-duplicates": {
    good: [distinctTexts, [...distinctTexts.slice(0, 3), retold("r-99", "Ruta")]],
    bad: [[...distinctTexts, retold("r-98", "Ruta"), retold("r-99", "Omar")]],
  },
  "enough-items": { good: [wholeBank], bad: [wholeBank.slice(1), wholeBank.slice(0, -1), []] },
  "enough-anchors": {
    good: [[reading({ anchor: true }), reading({ anchor: true })], [writing()]],
    bad: [[reading({ anchor: true }), reading()], [writing({ anchor: true })]],
  },
  "sub-skills-spread": {
    good: [[writing(), writing({ subSkill: "description" }), writing({ subSkill: "narration" })]],
    bad: [[writing(), writing(), writing({ subSkill: "description" })], many(10, () => reading())],
  },
  "topics-spread": {
    good: [many(5, (at) => reading({ topic: topics[at] ?? "home" }))],
    bad: [many(10, (at) => reading({ topic: topics[at % 4] ?? "home" })), many(4, () => writing())],
  },
  "speaking-kinds": {
    good: [
      [speaking({ turn: true }), speaking({ turn: true }), speaking({ picture: true }), speaking({ picture: true })],
    ],
    bad: [
      [speaking({ turn: true }), speaking({ picture: true }), speaking({ picture: true })],
      [speaking({ turn: true }), speaking({ turn: true }), speaking({ level: "B" })],
      [speaking({ turn: true }), speaking({ turn: true }), speaking(), speaking({ picture: true })],
      [speaking({ level: "C", turn: true }), speaking({ level: "C", turn: true }), speaking({ level: "C" })],
    ],
  },
  "writing-fits-band": {
    good: [[writing(), writing({ level: "B" }), writing({ level: "C" })]],
    bad: [[writing({ maxWords: 60 })], [writing({ minutes: 9 })], [withInstruction(writing(), "Write a message.")]],
  },
  "speaking-fits-band": {
    good: [[speaking(), speaking({ turn: true }), speaking({ level: "B" }), speaking({ level: "C" })]],
    bad: [
      [speaking({ content: { prepareSeconds: 30 } })],
      [speaking({ content: { answerSeconds: 60 } })],
      [speaking({ content: { reRecord: false } })],
      [speaking({ turn: true, content: { reRecord: true } })],
      [speaking({ level: "C", content: { reRecord: true } })],
    ],
  },
  "open-task-fits-kind": {
    good: [openBank, [speaking()]],
    bad: [
      [openTask("i-1", { ...plainInterview, part1: { ...plainInterview.part1, maxSeconds: 400 } })],
      [openTask("i-1", { ...plainInterview, part2: { ...plainInterview.part2, prepareSeconds: 30 } })],
      [openTask("i-1", { ...plainInterview, part2: { ...plainInterview.part2, roundingOff: ["Well.", "Why?"] } })],
      [
        openTask("i-1", {
          ...plainInterview,
          part2: { ...plainInterview.part2, card: { ...plainInterview.part2.card, topic: "A walk you took." } },
        }),
      ],
      [
        openTask("i-1", {
          ...plainInterview,
          part2: { ...plainInterview.part2, card: { ...plainInterview.part2.card, explain: "say why." } },
        }),
      ],
      [
        openTask("i-1", {
          ...plainInterview,
          part1: { ...plainInterview.part1, frames: plainInterview.part1.frames.map((f) => ({ ...f, topic: "Home" })) },
        }),
      ],
      [openTask("o-1", { ...opinion, prepareSeconds: 5 })],
      [openTask("n-1", { ...introduction, answerSeconds: 20 })],
      [openTask("p-1", pictureTask("p-1.svg", "A park."))],
      [openTask("d-1", dialogue(["d-1-1.mp3", "d-1-2.mp3", "d-1-3.mp3"], "I see."))],
    ],
  },
  "no-question-twice": {
    good: [
      [openTask("i-1", interview("a walk")), openTask("i-2", interview("a meal"))],
      [speaking(), speaking()],
    ],
    bad: [[openTask("i-1", interview("a walk")), openTask("i-2", interview("a walk"))]],
  },
  "enough-open-tasks": { good: [openBank], bad: [openBank.slice(1), openBank.slice(0, -1), []] },
  "media-as-declared": {
    good: [
      [listening(), speaking({ turn: true }), speaking({ picture: true }), speaking()],
      [reading(), withPicture(reading(), "r-1-plan.svg")],
      [openTask("p-1", pictureTask("p-1.svg")), openTask("d-1", dialogue(["d-1-1.mp3", "d-1-2.mp3", "d-1-3.mp3"]))],
    ],
    bad: [
      [openTask("p-1", pictureTask("p-2.svg"))],
      [openTask("d-1", dialogue(["d-1-1.mp3", "d-2-2.mp3", "d-1-3.mp3"]))],
      [listening({ media: "l-2.mp3" })],
      [withPicture(reading(), "another.svg")],
      [speaking({ content: { prompt: "Listen to Mei and answer." } })],
      [speaking({ content: { prompt: "Look at the picture." } })],
      [speaking({ turn: true, content: { prompt: "Answer Mei." } })],
      [speaking({ picture: true, content: { prompt: "Describe a park." } })],
      [speaking({ turn: true, content: { turn: turnOf("s-2") } })],
      [speaking({ picture: true, content: { picture: pictureOf("s-2") } })],
    ],
  },
};

function fair<T extends BankItem>(item: T): T {
  return { ...item, fairness: "A pool can be closed anywhere, and nobody has to know how to swim." };
}

function withPicture(item: Reading, media: string): Reading {
  const { stimulus } = item.content;
  const blocks = [...stimulus.blocks, { type: "image" as const, media, alternative: "A plan" }];
  return { ...item, content: { ...item.content, stimulus: { ...stimulus, blocks } } };
}

function withOption(item: Reading, text: string): Reading {
  const { interaction } = item.content;
  if (interaction.type !== "choice") return item;
  return {
    ...item,
    content: { ...item.content, interaction: { ...interaction, options: [...interaction.options, { id: "z", text }] } },
  };
}

function withInstruction(item: Writing, instruction: string): Writing {
  return { ...item, content: { ...item.content, instruction } };
}

describe("every rule", () => {
  for (const [rule, { good, bad }] of Object.entries(cases)) {
    const fired = (items: readonly BankItem[]) => lintBank(items).filter((finding) => finding.rule === rule);
    it(`${rule}: lets good items pass`, () => {
      for (const items of good) expect(fired(items)).toEqual([]);
    });
    it(`${rule}: stops bad items`, () => {
      for (const items of bad) expect(fired(items), JSON.stringify(items)).not.toEqual([]);
    });
  }

  it("names the item where the fault lies in one", () => {
    expect(lintBank([listening({ id: "l-7", seconds: 30 })])).toContainEqual({
      rule: "listening-fits-level",
      itemId: "l-7",
      message: "30 s long; A1 has 10–20 s",
    });
  });

  it("has fixtures that the schema accepts", () => {
    for (const item of [...wholeBank, ...openBank]) expect(bankItem.parse(item)).toEqual(item);
  });
});

describe("text measures", () => {
  it("counts words as a reader does", () => {
    expect(wordsOf("It's £20 at 3.15, well-known to all – really!")).toEqual([
      "It's",
      "£20",
      "at",
      "3.15",
      "well-known",
      "to",
      "all",
      "really",
    ]);
  });

  it("ends a sentence with each passage but not with a title", () => {
    expect(sentenceCount(["Open", "Mr. Osei came at 3 p.m. today. Did he? “Yes.”"])).toBe(4);
  });

  it.each([
    ["the", 1],
    ["make", 1],
    ["table", 2],
    ["wanted", 2],
    ["walked", 1],
    ["watches", 2],
    ["being", 2],
    ["museum", 3],
    ["quiet", 2],
    ["environment", 4],
    ["university", 5],
  ])("counts the syllables of %s", (word, count) => {
    expect(syllablesIn(word)).toBe(count);
  });

  it("gives the grade of the published formula", () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59
    expect(fleschKincaidGrade(["The cat sat on the mat."])).toBeCloseTo(-1.45, 10);
    expect(fleschKincaidGrade([])).toBe(0);
  });

  it("takes runs of words without regard to case and punctuation", () => {
    expect(shingles("One, two: THREE!", 2)).toEqual(new Set(["one two", "two three"]));
  });
});

describe("the list of frequent words", () => {
  it("is of the size it says", () => {
    expect(frequentFamilyCount).toBeGreaterThan(1500);
    expect(frequentFamilyCount).toBeLessThan(1700);
  });

  it.each(["house", "cities", "running", "happily", "unhappy", "went", "teachers", "cleaning", "useful", "biggest"])(
    "knows %s",
    (word) => {
      expect(isFrequentWord(word)).toBe(true);
    },
  );

  it.each(["municipal", "reluctance", "notwithstanding", "plumber"])("does not know %s", (word) => {
    expect(isFrequentWord(word)).toBe(false);
  });
});

describe("the starter bank", () => {
  const folder = fileURLToPath(new URL("../../../../prisma/seed/bank/", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && basename(file) !== "manifest.json")
    .sort();
  const items = files.flatMap((file) => {
    const list: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (!Array.isArray(list)) throw new Error(`${file} is not a list of items`);
    return list.map((entry: unknown) => {
      const parsed = bankItem.safeParse(entry);
      if (!parsed.success) throw new Error(`${file}: ${JSON.stringify(entry).slice(0, 80)}: ${parsed.error.message}`);
      return parsed.data;
    });
  });

  it("has no findings", () => {
    expect(lintBank(items)).toEqual([]);
  });

  it("has every file its items name", () => {
    const media = items.flatMap(mediaNames).map(({ name }) => name);
    expect(media.length).toBeGreaterThan(0);
    const sizeOf = (name: string): number =>
      statSync(join(folder, "media", name), { throwIfNoEntry: false })?.size ?? 0;
    expect(media.filter((name) => sizeOf(name) === 0)).toEqual([]);
  });
});
