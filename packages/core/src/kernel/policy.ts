import { AppError } from "./errors.ts";

export const roles = [
  "candidate",
  "examiner",
  "senior_examiner",
  "item_writer",
  "item_reviewer",
  "invigilator",
  "admin",
] as const;
export type Role = (typeof roles)[number];

/** Who may stand behind a call besides people: strangers, an exam page whose sign-in has ended, and our own worker. */
export const actors = [...roles, "anonymous", "exam", "system"] as const;
export type Actor = (typeof actors)[number];

export type Viewer =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "person";
      readonly personId: string;
      readonly roles: readonly Role[];
      /** Centres that limit a staff member's sight; empty = everywhere. */
      readonly centreIds: readonly string[];
      /** Until it is set up, whatever the roles say: the own account, and what strangers may. */
      readonly secondFactorDue?: boolean;
    }
  /** Holds the attempt-scoped exam token: may deliver what a page still keeps, nothing else. */
  | { readonly kind: "exam"; readonly attemptId: string; readonly candidateId: string }
  | { readonly kind: "system" };

export const anonymousViewer: Viewer = { kind: "anonymous" };
export const systemViewer: Viewer = { kind: "system" };

const everyone = actors;
const signedIn = roles;
const staff = ["examiner", "senior_examiner", "item_writer", "item_reviewer", "invigilator", "admin"] as const;
const admin = ["admin"] as const;
/** Who mark scripts and hold interviews. */
export const examinerRoles = ["examiner", "senior_examiner"] as const;

/** Whether any of these roles lets somebody hold interviews. */
export function holdsInterviews(grants: readonly { readonly role: string }[]): boolean {
  return grants.some(({ role }) => examinerRoles.some((one) => one === role));
}

/**
 * The one permission table: what is not listed is not allowed. It opens the door only; which rows lie behind it is the
 * business of each module's `scope.ts`.
 */
export const policy = {
  "account:open": everyone,
  "account:own": signedIn,
  /** Turning a session's claim into a person, on every request. */
  "session:read": ["system"],
  "person:manage": admin,
  "person:create-first-admin": ["system"],
  "centre:manage": admin,
  "sitting:manage": admin,
  "sitting:browse": ["candidate"],
  "booking:own": ["candidate"],
  "attempt:sit": ["candidate"],
  /** Saving answers and recordings that were made in time, after the sign-in has ended too. */
  "attempt:deliver": ["candidate", "exam"],
  "attempt:watch": ["invigilator", "admin"],
  "attempt:grant-time": ["invigilator", "admin"],
  "attempt:manage": admin,
  "attempt:sweep": ["system"],
  "item:read": ["item_writer", "item_reviewer", "admin"],
  "item:write": ["item_writer", "admin"],
  /** Signing or sending back a version that somebody else wrote. */
  "item:review": ["item_reviewer", "admin"],
  /** Saying which items may not meet in one form. */
  "item:relate": ["item_writer", "item_reviewer", "admin"],
  /** Putting versions into use and taking them out of it. */
  "item:release": admin,
  /** Files of items in and out; the command line asks as the system. */
  "item:import": ["item_writer", "admin", "system"],
  "item:export": ["item_writer", "item_reviewer", "admin", "system"],
  /** The worker's steps of an import under way. */
  "import:run": ["system"],
  "bank:maintain": ["system", "admin"],
  /** Asking the worker for a simulated future of the bank. */
  "bank:simulate": admin,
  "simulation:run": ["system"],
  /** Making, publishing and printing parallel fixed forms. */
  "form-set:manage": admin,
  /** The monitoring command asks as the system. */
  "bank:health": ["item_writer", "item_reviewer", "admin", "system"],
  /** Opening and withdrawing times for interviews: one's own, or an admin anybody's. */
  "interview:schedule": [...examinerRoles, "admin"],
  "interview:reassign": admin,
  /** Meeting a candidate: identity, script, marks. */
  "interview:hold": examinerRoles,
  /** Sound comes from the examiner's microphone or from the candidate's. */
  "interview:record": ["candidate", ...examinerRoles],
  /** The candidate's screen, opened by a code that the examiner reads out. */
  "interview:card": everyone,
  "interview:conclude": ["system"],
  "script:mark": examinerRoles,
  /** Deciding between marks that lie too far apart. */
  "script:adjudicate": ["senior_examiner"],
  "script:watch": ["senior_examiner", "admin"],
  /** Qualifications, holds and the quality of marking. */
  "marking:lead": ["senior_examiner", "admin"],
  /** Publishing how a programme is marked. */
  "marking:govern": admin,
  "marking:sweep": ["system"],
  "result:own": ["candidate"],
  "result:read": admin,
  "result:release": admin,
  /** Dealing with candidates' requests for a re-mark. */
  "appeal:manage": admin,
  "result:score": ["system"],
  /** Working results out anew to compare them; changes nothing. The command line asks as the system. */
  "result:rescore": ["admin", "system"],
  "certificate:own": ["candidate"],
  "certificate:manage": admin,
  "certificate:issue": ["system"],
  "certificate:verify": everyone,
  /** Practising: nobody sees it but who speaks. */
  "practice:own": ["candidate"],
  "practice:rate": ["system"],
  "approval:decide": admin,
  "dashboard:read": admin,
  "audit:read": admin,
  "data:own": signedIn,
  "data:purge": ["system"],
  /** Making the secret of a mailed link, reading what a mail must say. */
  "mail:prepare": ["system"],
  "staff:home": staff,
} as const satisfies Record<string, readonly Actor[]>;
export type Permission = keyof typeof policy;

export function actorsOf(viewer: Viewer): readonly Actor[] {
  return viewer.kind === "person" ? viewer.roles : [viewer.kind];
}

export function can(viewer: Viewer, permission: Permission): boolean {
  const allowed: readonly Actor[] = policy[permission];
  // A signed-in person may do whatever a stranger may.
  if (viewer.kind === "person" && allowed.includes("anonymous")) return true;
  if (viewer.kind === "person" && viewer.secondFactorDue && permission !== "account:own") return false;
  return actorsOf(viewer).some((actor) => allowed.includes(actor));
}

/**
 * Whether this person may learn which script is whose. Who marks may not, whatever else they are: a code met on the marking
 * screen would otherwise tell a name.
 */
export function maySeeWhoseScript(viewer: Viewer): boolean {
  return !can(viewer, "script:mark");
}

export function requirePermission(viewer: Viewer, permission: Permission): void {
  if (can(viewer, permission)) return;
  if (viewer.kind === "anonymous") throw new AppError("UNAUTHENTICATED", "Please sign in first.");
  if (viewer.kind === "person" && viewer.secondFactorDue) {
    throw new AppError("FORBIDDEN", "Set up your second factor first: your account asks for it.");
  }
  throw new AppError("FORBIDDEN", "Your account may not do this.");
}

/** The person behind the call, for rows that belong to someone. */
export function requirePerson(viewer: Viewer): Extract<Viewer, { kind: "person" }> {
  if (viewer.kind !== "person") throw new AppError("UNAUTHENTICATED", "Please sign in first.");
  return viewer;
}
