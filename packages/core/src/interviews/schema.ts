import { z } from "zod";
import { recordingMimeTypes } from "../delivery/schema.ts";
import type { JobSpec } from "../kernel/jobs.ts";
import { bands, entryValue } from "./ledger.ts";
import { turnAwayReasons } from "./rules.ts";

const id = z.uuid();
const instant = z.coerce.date();
const reason = z.string().trim().min(3, "say why in a few words").max(500);

// Slots
export const openSlotsInput = z.strictObject({
  centreId: id,
  programmeId: id,
  examinerId: id,
  startsAt: z.array(instant).min(1, "no slot fits between these times").max(200, "are more than 200 slots at once"),
  minutes: z.coerce.number().int().min(10).max(120),
  /** Booking and changing close this long before each slot. */
  bookHours: z.coerce.number().min(0).max(720),
  changeHours: z.coerce.number().min(0).max(720),
});
export const slotInput = z.strictObject({ sittingId: id });
export const withdrawSlotInput = z.strictObject({ sittingId: id, reason });
export const reassignSlotInput = z.strictObject({ sittingId: id, examinerId: id });
export const listSlotsInput = z.strictObject({ from: instant, until: instant, examinerId: id.optional() });
export const browseTimesInput = z.strictObject({ exceptAttemptId: id.optional() });
export const nothing = z.strictObject({});

// A session
export const personInput = z.strictObject({ personId: id });
export const interviewInput = z.strictObject({ attemptId: id });
export const documents = ["passport", "identity-card", "driving-licence", "residence-permit"] as const;
export const identityInput = z.strictObject({
  attemptId: id,
  document: z.enum(documents),
  /** As printed; compared and not kept. */
  nameOnDocument: z.string().trim().min(1, "is empty").max(200),
  privacyNotice: z.literal(true, "the privacy notice has to be shown and accepted"),
  recordingConsent: z.literal(true, "an interview cannot be held without being recorded"),
  ofAge: z.boolean().default(false),
  guardianName: z.string().trim().min(3).max(120).optional(),
});
export const turnAwayInput = z.strictObject({ attemptId: id, because: z.enum(turnAwayReasons) });
export const beginInput = z.strictObject({ attemptId: id, clientId: id });
export const interviewEntry = z.strictObject({
  sequence: z.number().int().min(1).max(2_000_000_000),
  madeAt: z.number().int().positive(),
  value: entryValue,
});
export const saveEntriesInput = z.strictObject({
  attemptId: id,
  clientId: id,
  entries: z.array(interviewEntry).min(1).max(100),
});
const comment = z.string().trim().max(4000).default("");
export const marksInput = z.strictObject({ attemptId: id, bands, comment });

// The candidate's screen
export const cardCodeInput = z.strictObject({ code: z.string().trim().toUpperCase().max(20) });

// Sound
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** An interview lasts a quarter of an hour; a page that was reloaded begins another take. */
const chunkCount = z.coerce.number().int().min(1).max(2000);
const mimeType = z
  .string()
  .max(80)
  .refine(
    (value) => recordingMimeTypes.some((known) => value.toLowerCase().startsWith(known)),
    "is not a sound format",
  );
export const putSoundInput = z.strictObject({
  attemptId: id,
  recordingId: id,
  clientId: id,
  mimeType,
  madeAt: z.coerce.number().int().positive(),
  index: z.coerce.number().int().min(0).max(1999),
  sha256: hash,
  content: z.instanceof(Uint8Array),
  /** Said once the recorder has stopped. */
  chunkCount: chunkCount.optional(),
});

/** Turns the final marks of an interview into the first rating of its script, once its sound can be heard. */
export const concludeInterviewJob: JobSpec<{ attemptId: string }> = {
  name: "interviews.conclude",
  payload: z.strictObject({ attemptId: id }),
  /** What does not succeed within some 30 s is the sweep's, which knows when to stop. */
  retryLimit: 4,
  /**
   * An interview fills a slot of two hours at most, mostly of a quarter of one: its takes are decoded 140 times faster than spoken
   * or better, only where two browsers recorded in different formats, and copied else.
   */
  expireInSeconds: 40,
};

/** Asked for when somebody who may hold interviews is suspended, erased or loses the role: what is booked needs another examiner. */
export const examinerLeftJob: JobSpec<{ personId: string }> = {
  name: "interviews.examiner-left",
  payload: z.strictObject({ personId: id }),
  retryLimit: 8,
  expireInSeconds: 40,
};
