import type { Role } from "../kernel/policy.ts";

/** What people call each role. */
export const roleTitles: Record<Role, string> = {
  candidate: "Candidate",
  examiner: "Examiner",
  senior_examiner: "Senior examiner",
  item_writer: "Item writer",
  item_reviewer: "Item reviewer",
  invigilator: "Invigilator",
  admin: "Admin",
};

/** Minutes a mailed link works. A reset link is short-lived because it opens an account that is already in use. */
export const linkMinutes = { verifyEmail: 48 * 60, resetPassword: 30, invitation: 14 * 24 * 60 } as const;

export function expiryOf(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

export interface LinkState {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export function isLinkUsable(link: LinkState, now: Date): boolean {
  return link.usedAt === null && now < link.expiresAt;
}

/** What makes a password guessable whatever its length; null when nothing does. */
export function weakPasswordReason(password: string, email: string): string | null {
  const folded = password.toLowerCase();
  if (new Set(folded).size < 5) return "repeats too few different characters";
  const [account = ""] = email.toLowerCase().split("@");
  if (account.length >= 4 && folded.includes(account)) return "may not contain your e-mail address";
  if (/^(0123456789|1234567890|abcdefghij|qwertyuiop|password)/.test(folded))
    return "is one of the first a guesser tries";
  return null;
}

export type SignInDecision = "open" | "needs-code" | "suspended" | "unverified";

/** After the password was right: may this person come in? */
export function decideSignIn(person: {
  readonly status: "active" | "suspended" | "erased";
  readonly emailVerifiedAt: Date | null;
  readonly totpEnabledAt: Date | null;
}): SignInDecision {
  if (person.status !== "active") return "suspended";
  if (person.emailVerifiedAt === null) return "unverified";
  return person.totpEnabledAt === null ? "open" : "needs-code";
}

/** Outside the demo an admin works with a second factor or not at all. */
export function owesSecondFactor(
  person: { readonly roles: readonly Role[]; readonly totpEnabled: boolean },
  demo: boolean,
): boolean {
  return !demo && person.roles.includes("admin") && !person.totpEnabled;
}

/** A code is good once: its time step must be later than the last one used. Null: refused. */
export function decideTotpStep(now: Date, delta: number | null, lastStep: number | null): number | null {
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 30_000) + delta;
  return lastStep === null || step > lastStep ? step : null;
}

export interface Grant {
  readonly role: Role;
  readonly centreId: string | null;
}

/** Why these grants may not replace the present ones; null when they may. */
export function refuseRoleChange(change: {
  readonly current: readonly Grant[];
  readonly wanted: readonly Grant[];
  readonly isSelf: boolean;
  readonly otherActiveAdmins: number;
}): string | null {
  const had = change.current.some((grant) => grant.role === "admin");
  const keeps = change.wanted.some((grant) => grant.role === "admin");
  if (had && !keeps && change.isSelf) return "You cannot take away your own admin role: another admin can.";
  if (had && !keeps && change.otherActiveAdmins === 0) return "This is the last active admin: make another one first.";
  if (change.wanted.some(({ role, centreId }) => centreId !== null && (role === "candidate" || role === "admin"))) {
    return "Candidates and admins are not tied to a centre.";
  }
  return null;
}

/** Why this person may not lose their access; null when they may. */
export function refuseLosingAccess(change: {
  readonly isAdmin: boolean;
  readonly isSelf: boolean;
  readonly otherActiveAdmins: number;
}): string | null {
  if (change.isSelf) return "You cannot do this to your own account.";
  if (change.isAdmin && change.otherActiveAdmins === 0) return "This is the last active admin: make another one first.";
  return null;
}

/** The roles whose sight of sittings and attempts a centre limits; nobody else's depends on one. */
const watchers: readonly Role[] = ["invigilator", "admin"];

/** Centres that limit a staff member's sight; none when a role that watches is granted everywhere. */
export function limitingCentres(grants: readonly Grant[]): readonly string[] {
  const staff = grants.filter((grant) => watchers.includes(grant.role));
  if (staff.some((grant) => grant.centreId === null)) return [];
  return [...new Set(staff.flatMap((grant) => grant.centreId ?? []))];
}

/** Lines of `name@example.org` or `Name <name@example.org>`, also parted by commas or semicolons. */
export function parseAddresses(text: string): { email: string; name: string }[] {
  return text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const match = /^(.*?)\s*<([^<>]+)>$/.exec(line);
      return match
        ? { name: (match[1] ?? "").replace(/^"|"$/g, ""), email: match[2] ?? "" }
        : { name: "", email: line };
    });
}

/** The JSON value with each occurrence of one of `texts` replaced: how a name leaves frozen facts. */
export function withoutTexts(value: unknown, texts: readonly string[]): unknown {
  if (typeof value === "string") return texts.includes(value) ? "erased" : value;
  if (Array.isArray(value)) return value.map((entry) => withoutTexts(entry, texts));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutTexts(entry, texts)]));
}
