import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";
import { type Role, roles } from "../kernel/policy.ts";

export const emailInput = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "is too long")
  .pipe(z.email("is not an e-mail address"));
export const nameInput = z
  .string()
  .trim()
  .min(1, "is missing")
  .max(120, "is too long")
  .regex(/^\P{Cc}*$/u, "may not hold control characters");
/** Length is what makes a password strong; 200 keeps hashing bounded. */
export const passwordInput = z.string().min(10, "needs at least 10 characters").max(200, "is too long");
export const timeZoneInput = z.string().refine(isTimeZone, "is not a time zone");
const secretInput = z.string().min(20).max(100);
const optionalText = z.string().trim().max(120, "is too long").optional();
const dateInput = z.iso.date("is not a date").refine(isPlausibleBirth, "is not a plausible date of birth");

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function isPlausibleBirth(date: string): boolean {
  return date >= "1900-01-01" && date < "2100-01-01";
}

export const registerInput = z.object({
  email: emailInput,
  name: nameInput,
  password: passwordInput,
  timeZone: timeZoneInput.default("UTC"),
});
export const tokenInput = z.object({ token: secretInput });
export const verifyEmailInput = tokenInput.extend({ password: z.string().max(200) });
export const addressInput = z.object({ email: emailInput });
export const resetPasswordInput = z.object({ token: secretInput, password: passwordInput });
export const checkPasswordInput = z.object({ email: z.string().max(254), password: z.string().max(200) });
export const signInInput = z.object({
  personId: z.uuid(),
  /** What `checkPassword` gave: shows that the password was checked against the hash that is still in place. */
  proof: z.string().length(64),
  /** Six digits of the authenticator, or a recovery code. */
  code: z.string().trim().max(20).optional(),
});
export const changePasswordInput = z.object({ current: z.string().max(200), password: passwordInput });
export const codeInput = z.object({ code: z.string().trim().min(6, "is missing").max(20) });
export const confirmedByPasswordInput = z.object({ password: z.string().max(200) });
export const updateProfileInput = z.object({
  name: nameInput,
  timeZone: timeZoneInput,
  dateOfBirth: dateInput.nullish(),
  firstLanguage: optionalText,
  school: optionalText,
});

const roleInput = z.enum(roles);
export const invitePeopleInput = z.object({
  people: z
    .array(z.object({ email: emailInput, name: z.string().trim().max(120).default("") }))
    .min(1, "names nobody")
    .max(200, "are more than 200"),
  roles: z.array(roleInput).min(1, "are missing"),
});
export const acceptInvitationInput = z.object({
  token: secretInput,
  name: nameInput,
  password: passwordInput,
  timeZone: timeZoneInput.default("UTC"),
});
export const invitationIdInput = z.object({ invitationId: z.uuid() });
export const personIdInput = z.object({ personId: z.uuid() });
export const changeRolesInput = z.object({
  personId: z.uuid(),
  grants: z.array(z.object({ role: roleInput, centreId: z.uuid().nullable().default(null) })).max(50),
});
export const grantExtraTimeInput = z.object({
  personId: z.uuid(),
  percent: z.coerce.number().int("is not a whole number").min(5, "is less than 5").max(300, "is more than 300"),
  reason: z.string().trim().min(3, "is too short").max(300, "is too long"),
});
export const centreInput = z.object({
  name: nameInput,
  timeZone: timeZoneInput,
  address: z.string().trim().min(1, "is missing").max(300, "is too long"),
});
export const updateCentreInput = centreInput.extend({ centreId: z.uuid() });
export const firstAdminInput = z.object({ email: emailInput, name: nameInput });
export const requestErasureInput = z.object({
  password: z.string().max(200),
  /** What becomes of certificates the person holds. */
  certificates: z.enum(["revoke", "keep"]),
});

export const personStatuses = ["active", "suspended", "erased"] as const;
export const listPeopleInput = pageInput.extend({
  search: z.string().trim().max(120).default(""),
  role: roleInput.optional(),
  status: z.enum(personStatuses).optional(),
});
export const listInvitationsInput = pageInput;

export const sessionInput = z.object({ personId: z.uuid(), sessionVersion: z.number().int() });

/** Who is signed in, as far as every page may know. */
export interface SignedInPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
  /** Centres that limit a staff member; empty = everywhere. */
  readonly centreIds: readonly string[];
  readonly totpEnabled: boolean;
  /** Has to set up a second factor before anything else. */
  readonly secondFactorDue: boolean;
}

export const mailKinds = [
  "verify-email",
  "already-registered",
  "reset-password",
  "password-changed",
  "invitation",
  "booking",
  "booking-cancelled",
  "result",
  "certificate-revoked",
  "certificate-replaced",
  "appeal-received",
  "appeal-declined",
  "appeal-unchanged",
  "appeal-changed",
  "erased",
  "marking-held",
  "marking-hold-opened",
  "machine-demoted",
  "interviews-without-examiner",
] as const;
export type MailKind = (typeof mailKinds)[number];

const mailPayload = z.object({
  kind: z.enum(mailKinds),
  personId: z.uuid().optional(),
  invitationId: z.uuid().optional(),
  /** What the mail is about: the attempt of a booking, the result, the certificate. */
  subjectId: z.uuid().optional(),
});
export type MailPayload = z.output<typeof mailPayload>;

/** A mail to a person or an invited address. The secret of a link is made when the mail is written, never queued. */
export const mailJob: JobSpec<MailPayload> = {
  name: "people.mail",
  payload: mailPayload,
  retryLimit: 8,
  expireInSeconds: 40,
};

const eraseFilesPayload = z.object({
  personId: z.uuid(),
  /** SHA-256 of the address whose mails go. */
  emailHash: z.string().length(64).nullable(),
  storageKeys: z.array(z.string()),
  /** Of recordings: what lies there without a row of its own goes with them. */
  folders: z.array(z.string()),
});
export type EraseFilesPayload = z.output<typeof eraseFilesPayload>;

/** After an erasure has committed: the files that held personal data. */
export const eraseFilesJob: JobSpec<EraseFilesPayload> = {
  name: "people.erase-files",
  payload: eraseFilesPayload,
  retryLimit: 20,
  expireInSeconds: 600,
};
