import { z } from "zod";
import { picture as pictureFile, sound, text } from "./schema-fields.ts";

/** What a candidate hears, sees and is asked in each kind of speaking task. */

const seconds = z.number().int().positive();

export const voices = ["slt", "rms", "awb"] as const;

/** `media` names a file of the bank's media folder; `text` is its transcript, shown to staff only. */
const recordedTurn = z.strictObject({
  speaker: text,
  voice: z.enum(voices),
  text,
  media: sound,
  durationSeconds: z.number().positive(),
});
const picture = z.strictObject({ media: pictureFile, alternative: text });

const monologue = {
  title: text,
  prompt: text,
  points: z.array(text).min(2).max(4),
  prepareSeconds: seconds,
  answerSeconds: seconds,
  /** One more recording is allowed where true. */
  reRecord: z.boolean(),
};

/** A task of `ielp`, the first kind there was: stored content of it may say nothing of its type. */
export const taskContent = z.strictObject({
  type: z.literal("task").optional(),
  ...monologue,
  /** An interactive task answers a recorded turn, played once before preparation. */
  turn: recordedTurn.optional(),
  picture: picture.optional(),
});
export type TaskContent = z.infer<typeof taskContent>;

/** The examiner asks; where the answer stays short, follows up. */
const question = z.strictObject({ ask: text, followUp: text });
/** An examiner keeps within these: the next question is not begun after `maxSeconds`. */
const span = { minSeconds: seconds, maxSeconds: seconds };

/** The script of one `ielts-speaking` interview, read by the examiner; the candidate sees the cue card alone. */
const interviewContent = z.strictObject({
  type: z.literal("interview"),
  title: text,
  part1: z.strictObject({
    ...span,
    /** Greeting, name, what the part is about: said to every candidate in the same words. */
    opening: z.array(text).min(1).max(4),
    frames: z.array(z.strictObject({ topic: text, lead: text, questions: z.array(question).length(4) })).length(3),
  }),
  part2: z.strictObject({
    ...span,
    lead: text,
    /** What lies before the candidate: the topic, what to speak of, and what to explain at the end. */
    card: z.strictObject({ topic: text, points: z.array(text).min(3).max(4), explain: text }),
    prepareSeconds: seconds,
    /** The long turn: shorter than the first is prompted to go on, at the second it is stopped. */
    speakSeconds: z.strictObject({ min: seconds, max: seconds }),
    roundingOff: z.array(text).length(2),
  }),
  part3: z.strictObject({
    ...span,
    lead: text,
    /** Within a theme the questions rise, from the speaker's own world to society. */
    themes: z.array(z.strictObject({ theme: text, questions: z.array(question).min(3).max(4) })).length(2),
  }),
});

/** Kept for practising: shown to anybody as often as they like, and so never part of an exam. */
const practice = z.literal(true).optional();

/** The four tasks of `iet-speaking`. */
const introductionContent = z.strictObject({ type: z.literal("introduction"), ...monologue, practice });
const pictureContent = z.strictObject({ type: z.literal("picture"), ...monologue, picture, practice });
const opinionContent = z.strictObject({ type: z.literal("opinion"), ...monologue, practice });
/**
 * What the partner listens for in the answer to a turn, where a speech-to-text can tell in time: with none of the words in it,
 * `otherwise` is shown and there is time to go on. A longer word also stands for what begins with it.
 */
const cue = z.strictObject({ words: z.array(text).min(3), otherwise: text });

/** A conversation with recorded turns: each is played once, then answered without preparation. */
const dialogueContent = z.strictObject({
  type: z.literal("dialogue"),
  title: text,
  prompt: text,
  /** Time to read the situation before the first turn. */
  prepareSeconds: seconds,
  turns: z
    .array(recordedTurn.extend({ answerSeconds: seconds, listensFor: cue.optional() }))
    .min(3)
    .max(6),
  /**
   * What the partner does with an answer that leaves little to go on, once a turn: after silence the turn is heard again,
   * after less speech than `belowSeconds` the prompt is shown and there is time to go on.
   */
  whenShort: z.strictObject({ belowSeconds: seconds, prompt: text }).optional(),
  practice,
});

/** Tasks that are put to everybody, whatever their level. */
export const openContent = z.discriminatedUnion("type", [
  interviewContent,
  introductionContent,
  pictureContent,
  opinionContent,
  dialogueContent,
]);
export type OpenContent = z.infer<typeof openContent>;

/** Whatever a speaking item may hold. */
export const speakingContent = z.union([openContent, taskContent]);

export const openTypes = [
  "interview",
  "introduction",
  "picture",
  "opinion",
  "dialogue",
] as const satisfies readonly OpenContent["type"][];
