import type { PrismaClient } from "@bandwise/db/client";
import type { BankItem } from "../bank/schema.ts";
import { addItemVersion } from "../bank/version-steps.ts";
import type { Clock, Ids } from "../kernel/context.ts";
import { sha256 } from "../kernel/hash.ts";

type Reading = Extract<BankItem, { skill: "reading" }>;

interface AnswerKind {
  readonly interaction: Reading["content"]["interaction"];
  readonly key: Reading["key"];
  /** Responses with the credit that follows. */
  readonly credits: readonly (readonly [response: unknown, credit: string])[];
}

const options = (...texts: string[]) => texts.map((text, index) => ({ id: "abcdef".charAt(index), text }));
const named = (prefix: string, ...texts: string[]) =>
  texts.map((text, index) => ({ id: `${prefix}${index + 1}`, text }));
const entered = (...accepted: string[]) => ({ accepted, spellingTolerance: 0 as const });

/** One question of each kind, as short as a kind can be. */
export const answerKinds: readonly AnswerKind[] = [
  {
    interaction: { type: "choice", stem: "When does the library open?", options: options("At nine", "At ten") },
    key: { type: "choice", correct: "a" },
    credits: [
      ["a", "1"],
      ["b", "0"],
    ],
  },
  {
    interaction: {
      type: "multiple-response",
      stem: "Which two can be borrowed?",
      options: options("Books", "Films", "Chairs", "Lamps"),
      choose: 2,
    },
    key: { type: "multiple-response", correct: ["a", "b"] },
    credits: [
      [["a", "b"], "1"],
      [["a"], "1/2"],
    ],
  },
  {
    interaction: { type: "text-entry", stem: "Whose library is it?", maxLength: 20 },
    key: { type: "text-entry", ...entered("McKay"), caseSensitive: true },
    credits: [
      ["McKay", "1"],
      ["mckay", "0"],
    ],
  },
  {
    interaction: {
      type: "matching",
      stem: "Who wants what?",
      prompts: named("p", "Ana", "Kofi"),
      options: options("a film", "a novel", "a map"),
    },
    key: { type: "matching", correct: { p1: "a", p2: "b" } },
    credits: [
      [{ p1: "a", p2: "b" }, "1"],
      [{ p1: "a", p2: "c" }, "1/2"],
    ],
  },
  {
    interaction: { type: "ordering", stem: "In which order?", elements: options("Read", "Return", "Borrow") },
    key: { type: "ordering", correct: ["c", "a", "b"] },
    credits: [
      [["c", "a", "b"], "1"],
      [["a", "c", "b"], "1/2"],
    ],
  },
  {
    interaction: {
      type: "gap-fill",
      stem: "Fill the gaps from the list.",
      text: "The library is [[1]] the park, [[2]] the school.",
      options: options("in", "near", "under"),
    },
    key: { type: "gap-fill", correct: { 1: "a", 2: "b" } },
    credits: [
      [{ 1: "a", 2: "b" }, "1"],
      [{ 1: "a" }, "1/2"],
    ],
  },
  {
    interaction: {
      type: "inline-choice",
      stem: "Choose the right word for each gap.",
      text: "Readers [[1]] borrow ten books, and they [[2]] bring them back within a month.",
      gaps: [
        { id: "1", options: options("may", "must not") },
        { id: "2", options: options("might", "have to") },
      ],
    },
    key: {
      type: "inline-choice",
      correct: { 1: "a", 2: "b" },
      points: { values: { "1:a": "1", "2:b": "2", "2:a": "0.5" }, otherwise: "0", max: "3" },
    },
    credits: [
      [{ 1: "a", 2: "b" }, "1"],
      [{ 1: "a", 2: "a" }, "1/2"],
    ],
  },
  {
    interaction: {
      type: "cloze",
      stem: "Write one word in each gap.",
      text: "A card is free, [[1]] a lost one costs two pounds. Ask [[2]] the desk.",
      gaps: [
        { id: "1", maxLength: 20 },
        { id: "2", maxLength: 20 },
      ],
    },
    key: { type: "cloze", gaps: { 1: entered("but"), 2: entered("at") } },
    credits: [
      [{ 1: "But", 2: "at" }, "1"],
      [{ 2: "at" }, "1/2"],
    ],
  },
  {
    interaction: {
      type: "hottext",
      stem: "Which two words are spelt wrong?",
      text: "The [[w1|libary]] closes [[w2|early]] on [[w3|Wensday]] and [[w4|opens]] late on Friday.",
      choose: 2,
    },
    key: { type: "hottext", correct: ["w1", "w3"] },
    credits: [
      [["w1", "w3"], "1"],
      [["w1", "w2"], "0"],
      [["w3"], "1/2"],
    ],
  },
  {
    interaction: {
      type: "hottext",
      stem: "Which word says when?",
      text: "[[w1|Books]] come [[w2|back]] to the library [[w3|tomorrow]].",
      choose: 1,
    },
    key: { type: "hottext", correct: ["w3"] },
    credits: [[["w3"], "1"]],
  },
  {
    interaction: {
      type: "composite",
      stem: "Answer all three questions.",
      parts: [
        {
          id: "p1",
          interaction: { type: "choice", stem: "What is new?", options: options("The roof", "The desk", "The door") },
        },
        { id: "p2", interaction: { type: "text-entry", stem: "How many floors are there?", maxLength: 10 } },
        {
          id: "p3",
          interaction: {
            type: "inline-choice",
            stem: "Complete the sentence.",
            text: "It was [[1]] last year.",
            gaps: [{ id: "1", options: options("build", "built") }],
          },
        },
      ],
    },
    key: {
      type: "composite",
      parts: {
        p1: { type: "choice", correct: "b" },
        p2: { type: "text-entry", ...entered("3", "three") },
        p3: { type: "inline-choice", correct: { 1: "b" } },
      },
      weights: { p3: 2 },
    },
    credits: [
      [{ p1: "b", p2: "Three", p3: { 1: "b" } }, "1"],
      [{ p2: "3", p3: { 1: "a" } }, "1/4"],
      [{ p3: { 1: "b" } }, "1/2"],
    ],
  },
];

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240"><rect width="640" height="240" fill="#eef4f5"/>' +
  '<rect x="60" y="90" width="220" height="120" fill="#7fa7ad"/><path d="M50 90 170 30 290 90z" fill="#2f5d63"/>' +
  '<rect x="150" y="140" width="40" height="70" fill="#fff"/><circle cx="480" cy="120" r="70" fill="#a9c8a2"/></svg>';

/**
 * Puts these questions in place of the first reading items of a started attempt, with a stimulus that has emphasis, a list,
 * a table and a picture. @returns the attempt items, in the order of `answerKinds`.
 */
export async function giveAnswerKinds(
  services: {
    db: PrismaClient;
    ids: Ids;
    clock: Clock;
    storage: { put(key: string, content: Uint8Array): Promise<unknown> };
  },
  attemptId: string,
): Promise<string[]> {
  const { db, ids, clock, storage } = services;
  const now = clock.now();
  const mark = ids.uuid().slice(-8);
  const media = `kinds-${mark}.svg`;
  const content = new TextEncoder().encode(drawing);
  await storage.put(`bank/${media}`, content);
  await db.media.create({
    data: {
      id: ids.uuid(),
      name: media,
      sha256: sha256(content),
      mimeType: "image/svg+xml",
      bytes: content.byteLength,
      storageKey: `bank/${media}`,
      createdAt: now,
    },
  });
  const rows = await db.attemptItem.findMany({
    where: { attemptId, skill: "reading" },
    orderBy: { position: "asc" },
    select: { id: true },
    take: answerKinds.length,
  });
  for (const [index, { id }] of rows.entries()) {
    const kind = answerKinds[index];
    if (!kind) continue;
    const item: Reading = {
      id: `kinds-${mark}-${index + 1}`,
      skill: "reading",
      level: "B1",
      subSkill: "detail",
      topic: "places",
      difficulty: 0,
      anchor: false,
      content: {
        stimulus: {
          kind: "notice",
          title: "The library by the park",
          blocks: [
            { type: "paragraph", text: "Our library is **open again**. Bring your *old* card: it still works." },
            {
              type: "image",
              media,
              alternative: "A small house with a pointed roof, beside a round tree",
              caption: "The *new* entrance",
            },
            { type: "heading", text: "Opening hours", level: 3 },
            { type: "table", header: ["Day", "Hours"], rows: [["Friday", "**11**–6"]] },
            { type: "list", ordered: false, items: ["No food, please", "Dogs *may* wait outside"] },
          ],
        },
        interaction: kind.interaction,
      },
      key: kind.key,
      rationale: { key: "The notice says so.", distractors: {} },
    };
    const { itemId, versionId } = await db.$transaction((tx) =>
      addItemVersion({ tx, now, ids }, { item, status: "draft", authorId: null, reason: "A question of each kind" }),
    );
    await db.attemptItem.update({ where: { id }, data: { itemId, itemVersionId: versionId } });
  }
  return rows.map((row) => row.id);
}
