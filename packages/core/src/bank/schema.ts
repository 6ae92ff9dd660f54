import { z } from "zod";

/**
 * What an item is: the shape shared by the starter bank's files, the database's `content`, `key` and `rationale`
 * columns, the editor and the exam page. `content` is what a candidate may see; `key` and `rationale` never reach a
 * browser before release.
 */

export const skills = ["reading", "listening", "writing", "speaking"] as const;
export type Skill = (typeof skills)[number];

/** Objective items are written for one CEFR level; writing and speaking tasks for a level band. */
export const cefrLevels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export const levelBands = ["A", "B", "C"] as const;
export const itemLevels = [...cefrLevels, ...levelBands] as const;
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
  "writing",
  "speaking",
] as const;

const text = z.string().trim().min(1);
const choiceId = z.string().regex(/^[a-z0-9-]{1,16}$/, "must be 1–16 lower-case letters, digits or hyphens");
const option = z.strictObject({ id: choiceId, text });

/** A passage is a list of plain blocks: nothing in it can carry markup, so nothing needs escaping or cleaning. */
export const stimulusBlock = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("heading"), text }),
  z.strictObject({ type: z.literal("paragraph"), text }),
  z.strictObject({ type: z.literal("list"), ordered: z.boolean(), items: z.array(text).min(1) }),
  z.strictObject({
    type: z.literal("table"),
    header: z.array(text).min(1),
    rows: z.array(z.array(z.string()).min(1)).min(1),
  }),
]);
export type StimulusBlock = z.infer<typeof stimulusBlock>;

export const readingStimulus = z.strictObject({
  kind: z.string().regex(/^[a-z-]+$/),
  title: text.optional(),
  blocks: z.array(stimulusBlock).min(1),
});

export const voices = ["slt", "rms", "awb"] as const;

/** `media` names a file of the bank's media folder; turns are the transcript, shown to staff only. */
export const listeningStimulus = z.strictObject({
  kind: z.string().regex(/^[a-z-]+$/),
  setting: text,
  plays: z.union([z.literal(1), z.literal(2)]),
  media: z.string().regex(/^[a-z0-9-]+\.mp3$/),
  durationSeconds: z.number().positive(),
  turns: z
    .array(
      z.strictObject({ speaker: text, voice: z.enum(voices), text, pauseAfterMs: z.number().int().min(0).max(3000) }),
    )
    .min(1),
});

export const interaction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("choice"), stem: text, options: z.array(option).min(3).max(8) }),
  z.strictObject({
    type: z.literal("multiple-response"),
    stem: text,
    options: z.array(option).min(4).max(8),
    choose: z.number().int().min(2),
  }),
  z.strictObject({ type: z.literal("text-entry"), stem: text, maxLength: z.number().int().min(1).max(80) }),
  z.strictObject({
    type: z.literal("matching"),
    stem: text,
    prompts: z.array(option).min(2).max(8),
    options: z.array(option).min(2).max(10),
  }),
  z.strictObject({ type: z.literal("ordering"), stem: text, elements: z.array(option).min(3).max(8) }),
  z.strictObject({
    type: z.literal("gap-fill"),
    stem: text,
    /** Gaps stand as `[[1]]`, `[[2]]`, … */
    text,
    options: z.array(option).min(2).max(12),
  }),
]);
export type Interaction = z.infer<typeof interaction>;

const allOrNothing = z.boolean().optional();
export const itemKey = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("choice"), correct: choiceId }),
  z.strictObject({ type: z.literal("multiple-response"), correct: z.array(choiceId).min(2), allOrNothing }),
  z.strictObject({
    type: z.literal("text-entry"),
    accepted: z.array(text).min(1),
    /** Number of single-letter slips (insert, drop, change) forgiven: stated per item. */
    spellingTolerance: z.union([z.literal(0), z.literal(1)]),
  }),
  z.strictObject({ type: z.literal("matching"), correct: z.record(choiceId, choiceId), allOrNothing }),
  z.strictObject({ type: z.literal("ordering"), correct: z.array(choiceId).min(3), allOrNothing }),
  z.strictObject({ type: z.literal("gap-fill"), correct: z.record(choiceId, choiceId), allOrNothing }),
]);
export type ItemKey = z.infer<typeof itemKey>;

/** `key` quotes or names the line that makes the key right; `distractors` says per wrong option (or wrong placing) why it is wrong. */
export const rationale = z.strictObject({ key: text, distractors: z.record(z.string(), text) });

export const review = z.strictObject({
  /** What a second hand answered without seeing the key: with the stimulus, then without it. */
  solvedWithStimulus: z.unknown(),
  solvedWithoutStimulus: z.enum(["chance", "better-than-chance"]),
  checklist: z.array(text).min(1),
});

const common = {
  id: z.string().regex(/^[a-z0-9-]{3,40}$/),
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

export const speakingTask = z.strictObject({
  ...common,
  skill: z.literal("speaking"),
  level: z.enum(levelBands),
  subSkill: z.enum(subSkills.speaking),
  content: z.strictObject({
    title: text,
    prompt: text,
    points: z.array(text).min(2).max(4),
    prepareSeconds: z.number().int().positive(),
    answerSeconds: z.number().int().positive(),
    /** One more recording is allowed where true. */
    reRecord: z.boolean(),
    /** An interactive task answers a recorded turn, played once before preparation. */
    turn: z
      .strictObject({
        speaker: text,
        voice: z.enum(voices),
        text,
        media: z.string().regex(/^[a-z0-9-]+\.mp3$/),
        durationSeconds: z.number().positive(),
      })
      .optional(),
    picture: z.strictObject({ media: z.string().regex(/^[a-z0-9-]+\.(svg|png|jpg)$/), alternative: text }).optional(),
  }),
  rationale: z.strictObject({ markerNotes: text }),
});

export const bankItem = z.discriminatedUnion("skill", [readingItem, listeningItem, writingTask, speakingTask]);
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
    durationSeconds: z.number().positive().optional(),
  })
  .refine((media) => mediaTypes[media.name.split(".").at(-1) as keyof typeof mediaTypes] === media.mimeType, {
    path: ["mimeType"],
    message: "does not fit the name's ending",
  });

/** As much of a programme's blueprint as says which items a form holds; the rest of it is the delivery module's. */
export const formSections = z.array(
  z.object({
    skill: z.enum(skills),
    slots: z.array(
      z.object({ level: z.string(), count: z.number().int().positive(), interactive: z.number().int().optional() }),
    ),
    anchors: z.number().int().optional(),
  }),
);
