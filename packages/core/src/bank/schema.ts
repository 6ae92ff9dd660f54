import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { picture, sound, text } from "./schema-fields.ts";
import { openContent, openTypes, taskContent, voices } from "./speaking-schema.ts";

/**
 * What an item is: the shape shared by the starter bank's files, the database's `content`, `key` and `rationale`
 * columns, the editor and the exam page. `content` is what a candidate may see; `key` and `rationale` never reach a
 * browser before release.
 */

export const skills = ["reading", "listening", "writing", "speaking"] as const;
export type Skill = (typeof skills)[number];

/**
 * Objective items are written for one CEFR level, writing and speaking tasks for a level band; an interview and the tasks
 * of `iet-speaking` are put to everybody.
 */
export const cefrLevels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export const levelBands = ["A", "B", "C"] as const;
export const allLevels = "all";
export const itemLevels = [...cefrLevels, ...levelBands, allLevels] as const;
export type ItemLevel = (typeof itemLevels)[number];

export const subSkills = {
  reading: ["gist", "detail", "inference", "reference", "vocabulary-in-context", "attitude-purpose", "organisation"],
  listening: ["gist", "detail", "specific-information", "inference", "attitude-purpose", "function"],
  writing: ["message", "transaction", "description", "narration", "exposition", "argument"],
  speaking: ["personal", "description", "narration", "comparison", "opinion", "negotiation"],
} as const satisfies Record<Skill, readonly string[]>;

export const topics = [
  "daily-life",
  "home",
  "family-friends",
  "food",
  "shopping",
  "travel",
  "places",
  "work",
  "study",
  "health",
  "sport",
  "leisure",
  "media-technology",
  "environment",
  "science",
  "arts",
  "history",
  "society",
  "money",
  "communication",
] as const;

export const itemStatuses = ["draft", "in_review", "pretest", "active", "resting", "retired"] as const;

export const itemTypes = [
  "choice",
  "multiple-response",
  "text-entry",
  "matching",
  "ordering",
  "gap-fill",
  "inline-choice",
  "cloze",
  "hottext",
  "composite",
  "writing",
  "speaking",
  ...openTypes,
] as const;

/** Why something was done; kept in the item's history. */
export const reasonText = z.string().trim().min(3, "say why, in three letters at least").max(500);
const choiceId = z.string().regex(/^[a-z0-9-]{1,16}$/, "must be 1–16 lower-case letters, digits or hyphens");
const option = z.strictObject({ id: choiceId, text });

/**
 * A passage is a list of blocks. Their texts may carry `**strong**` and `*emphasis*` (`richText`) and nothing else, so
 * nothing needs cleaning.
 */
export const stimulusBlock = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("heading"),
    text,
    level: z.union([z.literal(2), z.literal(3), z.literal(4)]).optional(),
  }),
  z.strictObject({ type: z.literal("paragraph"), text }),
  z.strictObject({ type: z.literal("list"), ordered: z.boolean(), items: z.array(text).min(1) }),
  z.strictObject({
    type: z.literal("table"),
    header: z.array(text).min(1),
    rows: z.array(z.array(z.string()).min(1)).min(1),
  }),
  /** `alternative` says in words what a candidate who cannot see the picture needs. */
  z.strictObject({ type: z.literal("image"), media: picture, alternative: text, caption: text.optional() }),
]);
export type StimulusBlock = z.infer<typeof stimulusBlock>;

export const readingStimulus = z.strictObject({
  kind: z.string().regex(/^[a-z-]+$/),
  title: text.optional(),
  /** None where the question stands by itself; in our own bank the lint asks for a text. */
  blocks: z.array(stimulusBlock),
});

/** `media` names a file of the bank's media folder; turns are the transcript, shown to staff only. */
export const listeningStimulus = z.strictObject({
  kind: z.string().regex(/^[a-z-]+$/),
  setting: text,
  plays: z.union([z.literal(1), z.literal(2)]),
  media: sound,
  durationSeconds: z.number().positive(),
  /** Shown beside the player: a form to fill in, a picture. */
  blocks: z.array(stimulusBlock).min(1).optional(),
  turns: z
    .array(
      z.strictObject({ speaker: text, voice: z.enum(voices), text, pauseAfterMs: z.number().int().min(0).max(3000) }),
    )
    .min(1),
});

/** How many places one interaction may have, and how long a typed answer may be: what an answer may hold follows from them. */
export const maxPlaces = 20;
const maxTyped = 80;
const typedLength = z.number().int().min(1).max(maxTyped);

/** The schema says what can be shown and scored; how many options a level of our own bank has is the lint's business. */
const partInteraction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("choice"), stem: text, options: z.array(option).min(2).max(8) }),
  z.strictObject({
    type: z.literal("multiple-response"),
    stem: text,
    options: z.array(option).min(2).max(8),
    /** The most a candidate may choose. */
    choose: z.number().int().min(2),
  }),
  z.strictObject({ type: z.literal("text-entry"), stem: text, maxLength: typedLength }),
  z.strictObject({
    type: z.literal("matching"),
    stem: text,
    prompts: z.array(option).min(2).max(8),
    options: z.array(option).min(2).max(10),
  }),
  z.strictObject({ type: z.literal("ordering"), stem: text, elements: z.array(option).min(3).max(8) }),
  /** Gaps stand in the texts as `[[1]]`, `[[2]]`, …; here all are filled from one list. */
  z.strictObject({ type: z.literal("gap-fill"), stem: text, text: text, options: z.array(option).min(2).max(12) }),
  /** Each gap has options of its own. */
  z.strictObject({
    type: z.literal("inline-choice"),
    stem: text,
    text: text,
    gaps: z
      .array(z.strictObject({ id: choiceId, options: z.array(option).min(2).max(12) }))
      .min(1)
      .max(maxPlaces),
  }),
  /** Each gap is written in. */
  z.strictObject({
    type: z.literal("cloze"),
    stem: text,
    text: text,
    gaps: z
      .array(z.strictObject({ id: choiceId, maxLength: typedLength }))
      .min(1)
      .max(maxPlaces),
  }),
  /** Words to be picked out stand in the text as `[[id|words]]`. */
  z.strictObject({
    type: z.literal("hottext"),
    stem: text,
    text: text,
    choose: z.number().int().min(1).max(maxPlaces),
  }),
]);
export type PartInteraction = z.infer<typeof partInteraction>;

export const interaction = z.discriminatedUnion("type", [
  ...partInteraction.options,
  /** Several questions about one stimulus, credited together. */
  z.strictObject({
    type: z.literal("composite"),
    stem: text,
    parts: z
      .array(z.strictObject({ id: choiceId, interaction: partInteraction }))
      .min(2)
      .max(8),
  }),
]);
export type Interaction = z.infer<typeof interaction>;
/** What is asked, whatever is read or heard before it. */
export const objectiveContent = z.object({ interaction });

const decimal = z.string().regex(/^-?(0|[1-9]\d{0,5})(\.\d{1,6})?$/, "must be a decimal number such as 1 or 0.5");
/**
 * Mapped scoring: what the response names is looked up and summed, each once; the sum is held between `min` and `max`, and
 * credit is its share of `max`. Named are option ids, `place:option` (matching, gap-fill, inline-choice, ordering by place
 * from 1), the entered text, and for a cloze `gap:text`.
 */
const points = z
  .strictObject({
    values: z.record(z.string().min(1).max(200), decimal),
    otherwise: decimal.default("0"),
    min: decimal.optional(),
    max: decimal,
  })
  .optional();
export type Points = NonNullable<z.infer<typeof points>>;

const allOrNothing = z.boolean().optional();
const entered = {
  accepted: z.array(text).min(1),
  /** Number of single-letter slips (insert, drop, change) forgiven: stated per item. */
  spellingTolerance: z.union([z.literal(0), z.literal(1)]),
  /** Compared as written, capitals and punctuation included. */
  caseSensitive: z.literal(true).optional(),
  /** Compared as a number. */
  numeric: z.literal(true).optional(),
};
const placings = z.record(choiceId, choiceId);

const partKey = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("choice"), correct: choiceId, points }),
  z.strictObject({ type: z.literal("multiple-response"), correct: z.array(choiceId).min(1), allOrNothing, points }),
  z.strictObject({ type: z.literal("text-entry"), ...entered, points }),
  z.strictObject({ type: z.literal("matching"), correct: placings, allOrNothing, points }),
  z.strictObject({ type: z.literal("ordering"), correct: z.array(choiceId).min(3), allOrNothing, points }),
  z.strictObject({ type: z.literal("gap-fill"), correct: placings, allOrNothing, points }),
  z.strictObject({ type: z.literal("inline-choice"), correct: placings, allOrNothing, points }),
  z.strictObject({ type: z.literal("cloze"), gaps: z.record(choiceId, z.strictObject(entered)), allOrNothing, points }),
  z.strictObject({ type: z.literal("hottext"), correct: z.array(choiceId).min(1), allOrNothing, points }),
]);
export type PartKey = z.infer<typeof partKey>;

export const itemKey = z.discriminatedUnion("type", [
  ...partKey.options,
  z.strictObject({
    type: z.literal("composite"),
    parts: z.record(choiceId, partKey),
    /** How much each part counts; 1 where nothing is said. */
    weights: z.record(choiceId, z.number().int().positive().max(1000)).optional(),
    allOrNothing,
  }),
]);
export type ItemKey = z.infer<typeof itemKey>;

/**
 * `key` quotes or names the line that makes the key right; `distractors` says per wrong option, wrong placing (`p1:c`) or
 * wrong text (in a cloze `1:text`) why it is wrong; in a composite each is named with its part (`p1/b`).
 */
export const rationale = z.strictObject({ key: text, distractors: z.record(z.string(), text) });

export const review = z.strictObject({
  /** What a second hand answered without seeing the key: with the stimulus, then without it. Tasks have no key to solve. */
  solvedWithStimulus: z.unknown().optional(),
  solvedWithoutStimulus: z.enum(["chance", "better-than-chance"]).optional(),
  checklist: z.array(text).min(1),
});

export const itemSlug = z.string().regex(/^[a-z0-9-]{3,40}$/, "must be 3–40 lower-case letters, digits or hyphens");

const common = {
  id: itemSlug,
  topic: z.enum(topics),
  /** Estimated difficulty in logits; pretest data replaces it later. */
  difficulty: z.number().min(-4).max(4),
  difficultyReason: text.optional(),
  anchor: z.boolean(),
  /** Why the item favours and hurts nobody: no place, custom or calling has to be known to solve it. */
  fairness: text.optional(),
  review: review.optional(),
};

export const readingItem = z.strictObject({
  ...common,
  skill: z.literal("reading"),
  level: z.enum(cefrLevels),
  subSkill: z.enum(subSkills.reading),
  content: z.strictObject({ stimulus: readingStimulus, interaction }),
  key: itemKey,
  rationale,
});

export const listeningItem = z.strictObject({
  ...common,
  skill: z.literal("listening"),
  level: z.enum(cefrLevels),
  subSkill: z.enum(subSkills.listening),
  content: z.strictObject({ stimulus: listeningStimulus, interaction }),
  key: itemKey,
  rationale,
});

export const writingTask = z.strictObject({
  ...common,
  skill: z.literal("writing"),
  level: z.enum(levelBands),
  subSkill: z.enum(subSkills.writing),
  content: z.strictObject({
    title: text,
    situation: text,
    reader: text,
    purpose: text,
    instruction: text,
    points: z.array(text).length(3),
    minWords: z.number().int().positive(),
    maxWords: z.number().int().positive(),
    suggestedMinutes: z.number().int().positive(),
  }),
  rationale: z.strictObject({ markerNotes: text }),
});

const speaking = {
  ...common,
  skill: z.literal("speaking"),
  subSkill: z.enum(subSkills.speaking),
  rationale: z.strictObject({ markerNotes: text }),
};

export const speakingTask = z.strictObject({ ...speaking, level: z.enum(levelBands), content: taskContent });

/** An interview of `ielts-speaking` or a task of `iet-speaking`: never part of an `ielp` form, whose slots name a band. */
export const openSpeakingTask = z.strictObject({ ...speaking, level: z.literal(allLevels), content: openContent });

const speakingItem = z.discriminatedUnion("level", [speakingTask, openSpeakingTask]);

export const bankItem = z.discriminatedUnion("skill", [readingItem, listeningItem, writingTask, speakingItem]);
export type BankItem = z.infer<typeof bankItem>;

export const mediaTypes = { mp3: "audio/mpeg", svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg" } as const;

export const maxMediaBytes = 20_000_000;

export const mediaUpload = z
  .object({
    name: z
      .string()
      .regex(
        /^[a-z0-9-]+\.(mp3|svg|png|jpg)$/,
        "must be lower-case letters, digits and hyphens, then .mp3, .svg, .png or .jpg",
      ),
    mimeType: z.enum(Object.values(mediaTypes)),
    content: z
      .instanceof(Uint8Array)
      .refine(
        (content) => content.byteLength > 0 && content.byteLength <= maxMediaBytes,
        `must hold 1 byte to ${maxMediaBytes / 1_000_000} MB`,
      ),
  })
  .refine((media) => mediaTypes[media.name.split(".").at(-1) as keyof typeof mediaTypes] === media.mimeType, {
    path: ["mimeType"],
    message: "does not fit the name's ending",
  });

const few = z.number().int().min(0);
const weight = z.number().positive().optional();
/** What a section may ask of its items beyond their levels; see the assembly engine's blueprint for the meaning of each. */
export const sectionRules = {
  subSkills: z.record(z.string(), z.strictObject({ min: few.optional(), max: few.optional() })).optional(),
  topicMax: few.optional(),
  sets: z.enum(["none", "one", "whole"]).optional(),
  targets: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("difficulty"),
          mean: z.number(),
          tolerance: z.number().min(0),
          level: z.string().optional(),
          weight,
        }),
        z.strictObject({ kind: z.literal("information"), theta: z.number(), atLeast: z.number(), weight }),
      ]),
    )
    .optional(),
};

const slotCount = z.number().int().positive();
/** A place of a form: so many items of a level, of which so many answer a recorded turn; or so many open tasks of a type. */
export const formSlot = z.union([
  z.strictObject({
    level: z.enum(itemLevels),
    count: slotCount,
    /** Speaking: how many of them answer a recorded turn. */
    interactive: z.number().int().min(0).optional(),
  }),
  z.strictObject({ type: z.enum(openTypes), count: slotCount }),
]);

/** As much of a programme's blueprint as says which items a form holds; the rest of it is the delivery module's. */
export const formSections = z.array(
  z.object({
    ...sectionRules,
    skill: z.enum(skills),
    slots: z.array(formSlot),
    anchors: z.number().int().optional(),
    pretest: z.object({ count: z.number().int(), secondsEach: z.number().int() }).optional(),
  }),
);
/** A change of metadata that leaves an item's words alone; `null` takes an optional sentence away. */
export const metadataChange = z.strictObject({
  topic: z.enum(topics).optional(),
  subSkill: z.string().max(40).optional(),
  difficulty: z.number().min(-4).max(4).optional(),
  difficultyReason: text.nullable().optional(),
  anchor: z.boolean().optional(),
  fairness: text.nullable().optional(),
});
export type MetadataChange = z.infer<typeof metadataChange>;

/** A package of items with their recordings; larger banks travel in several. */
export const maxImportBytes = 100_000_000;

const importJob = (name: string): JobSpec<{ importId: string }> => ({
  name,
  payload: z.strictObject({ importId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
});
/** Reads what was uploaded and says what would become of each item. */
export const checkImportJob = importJob("bank.check-import");
/** Takes the items in. */
export const runImportJob = importJob("bank.run-import");
