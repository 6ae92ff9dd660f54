import { z } from "zod";
import { formSlot, maxPlaces, sectionRules, skills } from "../bank/schema.ts";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";

export const schemes = ["ielp", "ielts-speaking", "iet-speaking"] as const;

/** Multiplies the tasks' own preparation and answer times. */
export const speakingScale = z.strictObject({
  prepareScale: z.number().positive(),
  answerScale: z.number().positive(),
});

/** How a programme is built: frozen with a version when published; every duration is data. */
export const blueprint = z.strictObject({
  title: z.string().min(1),
  scheme: z.enum(schemes),
  certificateMonths: z.number().int().positive(),
  /** Between two sections: a candidate may go on at once; after this the next section opens by itself. */
  pauseSeconds: z.number().int().min(0).default(120),
  /** In the order they are sat. */
  sections: z
    .array(
      z.strictObject({
        skill: z.enum(skills),
        seconds: z.number().int().positive(),
        slots: z.array(formSlot).min(1),
        /** How many of the scored items come from the protected anchor pool, at most one per level. */
        anchors: z.number().int().min(0).default(0),
        /** Tasks tried out on top of the scored ones: they count for nobody, and each brings its own time. */
        pretest: z
          .strictObject({ count: z.number().int().positive(), secondsEach: z.number().int().positive() })
          .optional(),
        ...sectionRules,
      }),
    )
    .min(1),
  /** Who releases a result: an admin, or the system once all marks are final and nothing is in doubt. Left out: an admin. */
  release: z.enum(["automatic", "by-admin"]).optional(),
  /** Of a programme that is an interview: how long its examiner may still change her marks. Left out: ten minutes. */
  interview: z.strictObject({ coolingOffSeconds: z.number().int().min(0).max(86_400) }).optional(),
  /** Until when a re-mark may be asked for, when it is answered, whether it costs. Left out: the standard of `appeal-rules.ts`. */
  appeals: z
    .strictObject({
      withinDays: z.number().int().positive(),
      answerWithinDays: z.number().int().positive(),
      fee: z.boolean(),
    })
    .optional(),
  speaking: speakingScale,
});
export type Blueprint = z.output<typeof blueprint>;

/** The printed version of what candidates agree to at check-in; a change of wording is a new version. */
export const noticeVersion = "2026-1";

const id = z.uuid();
const reason = z.string().trim().min(3, "say why in a few words").max(500);
const instant = z.coerce.date();

// Sittings
const sittingFields = {
  startsAt: instant,
  endsAt: instant,
  capacity: z.coerce.number().int().min(1).max(5000),
  bookBefore: instant,
  changeBefore: instant,
};
/** Parallel fixed forms instead of a form for each candidate; null: the latter. */
const formSetId = id.nullable();
export const openSittingInput = z.strictObject({
  centreId: id,
  programmeId: id,
  formSetId: formSetId.default(null),
  ...sittingFields,
});
/** Left out, the forms stay what they are. */
export const updateSittingInput = z.strictObject({ sittingId: id, formSetId: formSetId.optional(), ...sittingFields });
export const cancelSittingInput = z.strictObject({ sittingId: id, reason });
export const sittingInput = z.strictObject({ sittingId: id });
export const listSittingsInput = pageInput.extend({
  when: z.enum(["coming", "past", "all"]).default("coming"),
  centreId: id.optional(),
});
export const browseSittingsInput = pageInput.extend({ exceptAttemptId: id.optional() });

// Bookings
export const bookSittingInput = z.strictObject({ sittingId: id });
export const moveBookingInput = z.strictObject({ attemptId: id, toSittingId: id });
export const attemptInput = z.strictObject({ attemptId: id });
export const checkInInput = z.strictObject({
  attemptId: id,
  privacyNotice: z.literal(true, "the privacy notice has to be read and accepted"),
  recordingConsent: z.literal(true, "speaking cannot be sat without being recorded"),
  /** Whether a language model elsewhere may be the partner of the conversation; a no costs nothing. */
  languageModel: z.boolean().default(false),
  /** Where no date of birth is on file: the candidate's own word. */
  ofAge: z.boolean().default(false),
  guardianName: z.string().trim().min(3).max(120).optional(),
});

// Sitting the exam
/** Chosen by the browser, one per browser and attempt; kept beside its answers. */
const clientId = z.uuid();
const epoch = z.number().int().min(0);
export const startAttemptInput = z.strictObject({ attemptId: id, clientId });
export const takeOverInput = z.strictObject({ attemptId: id, clientId });

/**
 * Postgres keeps neither NUL nor half of a character pair in JSON. Refused, such an answer would hold up every later one
 * behind it: what cannot be kept is dropped, the rest is.
 */
const answerText = (length: number) =>
  z
    .string()
    .max(length)
    .transform((text) => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD"));
const shortText = answerText(200);
const places = <Value extends z.ZodType>(value: Value) =>
  z.record(answerText(16), value).refine((record) => Object.keys(record).length <= maxPlaces, "has too many places");
const shortAnswers = [shortText, z.array(shortText).max(maxPlaces), places(shortText)] as const;
export const answerValue = z.union([
  z.null(),
  z.strictObject({ text: answerText(20_000) }),
  z.strictObject({ recordingId: id }),
  ...shortAnswers,
  /** A composite: the answer to each part. */
  places(z.union(shortAnswers)),
]);
export type AnswerValue = z.infer<typeof answerValue>;

export const answerEntry = z.strictObject({
  attemptItemId: id,
  /** Counts up per client over the whole attempt. */
  sequence: z.number().int().min(1).max(2_000_000_000),
  epoch,
  value: answerValue,
  flagged: z.boolean(),
  /** Milliseconds of the server's clock as the page knew it. */
  madeAt: z.number().int().positive(),
});
export type AnswerEntryInput = z.infer<typeof answerEntry>;

export const saveAnswersInput = z.strictObject({
  attemptId: id,
  clientId,
  /** The last signed heartbeat the page had when it made these: what makes `madeAt` believable after the deadline. */
  anchor: z.string().max(200),
  entries: z.array(answerEntry).min(1).max(50),
});

export const heartbeatInput = z.strictObject({ attemptId: id, clientId });
export const playInput = z.strictObject({
  attemptId: id,
  attemptItemId: id,
  clientId,
  /**
   * 1 for the first play, 2 for the second: asking again for the same one never costs another. In a dialogue the plays of
   * the first turn come before those of the second; see `turnOfPlay`.
   */
  number: z.number().int().min(1).max(20),
});
export const mediaInput = z.strictObject({ attemptId: id, ticket: z.string().max(400) });
export const pictureInput = z.strictObject({
  attemptId: id,
  attemptItemId: id,
  /** Which block of the stimulus, counted from 0; absent for a speaking task's one picture. */
  block: z.coerce.number().int().min(0).max(999).optional(),
});
/** The answer to one turn of a dialogue, 16 kHz, 16 bits: a minute of it at most. */
export const spokenBytesMax = 60 * 32_000;
export const turnInput = z.strictObject({
  attemptId: id,
  attemptItemId: id,
  /** Counted from 0. */
  turn: z.coerce.number().int().min(0).max(9),
});
export const hearTurnInput = turnInput.extend({
  samples: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= spokenBytesMax, "is too long"),
});
export const sectionInput = z.strictObject({ attemptId: id, sectionId: id, clientId });
/** Who says that it is over: the candidate, or the clock of her page, which may not have heard of time that was added. */
const by = z.enum(["candidate", "time"]).default("candidate");
export const endSectionInput = sectionInput.extend({ by });
export const submitInput = z.strictObject({ attemptId: id, clientId, by });

// Recordings
export const recordingMimeTypes = ["audio/webm", "audio/mp4", "audio/ogg", "audio/wav"] as const;
const mimeType = z
  .string()
  .max(80)
  .refine(
    (value) => recordingMimeTypes.some((known) => value.toLowerCase().startsWith(known)),
    "is not a sound format",
  );
/** 1 MiB: a chunk is about a second of sound, a page that resumes may send larger ones. */
export const chunkBytesMax = 1_048_576;
export const chunksMax = 900;
/** Far above the longest answer in any format: what is joined is held in memory. */
export const soundBytesMax = 67_108_864;
const piece = {
  attemptId: id,
  recordingId: id,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  content: z.instanceof(Uint8Array),
};
const chunkCount = z.number().int().min(1).max(chunksMax);
/** The first piece brings along what the take is of; where it is the last one too, how many there are. */
export const startRecordingInput = z.strictObject({
  ...piece,
  attemptItemId: id,
  clientId,
  mimeType,
  take: z.coerce.number().int().min(1).max(2),
  madeAt: z.coerce.number().int().positive(),
  anchor: z.string().max(200),
  chunkCount: chunkCount.optional(),
});
const index = z
  .number()
  .int()
  .min(0)
  .max(chunksMax - 1);
export const putChunkInput = z.strictObject({ ...piece, index });
/** Any piece that is sent when the recorder has stopped: from then on the page knows how many there are. */
export const completeRecordingInput = z.strictObject({ ...piece, index, chunkCount });

// Staff
export const grantTimeInput = z.strictObject({
  sectionId: id,
  minutes: z.coerce.number().int().min(1).max(120),
  reason,
});
export const voidAttemptInput = z.strictObject({ attemptId: id, reason });
export const attemptStates = [
  "booked",
  "checked_in",
  "in_progress",
  "submitted",
  "marking",
  "marked",
  "released",
  "cancelled",
  "no_show",
  "voided",
] as const;
export const listAttemptsInput = pageInput.extend({
  state: z.enum(attemptStates).optional(),
  sittingId: id.optional(),
  centreId: id.optional(),
  search: z.string().trim().max(80).optional(),
  /** Only attempts something is the matter with: an answer after scoring, a failed recording. */
  attention: z.coerce.boolean().optional(),
});
export const beatInput = z.strictObject({ kind: z.enum(["web", "worker"]) });
export const nothing = z.strictObject({});
export const recordingInput = z.strictObject({ recordingId: id });

/** What a recording that can be heard lacks: its browser was closed, or its network went and never came back. */
export const brokenOff = "Its end did not arrive.";
/** Said of a recording that was not waited for any longer; what arrived, and what still comes, is joined all the same. */
export const notInTime = "was not whole in time";

/** Joins, checks and remuxes a complete recording. */
export const processRecordingJob: JobSpec<{ recordingId: string }> = {
  name: "delivery.process-recording",
  payload: z.strictObject({ recordingId: id }),
  retryLimit: 5,
  expireInSeconds: 40,
};
