import "server-only";
import { decode, encode } from "next-auth/jwt";

/** What the cookie says. It is only believed as long as the database agrees on `sessionVersion`. */
export interface SessionClaim {
  readonly personId: string;
  readonly sessionVersion: number;
}

/** A working day: an exam day fits in, a forgotten browser does not stay open for weeks. */
export const sessionSeconds = 12 * 60 * 60;

const secondStepSeconds = 5 * 60;
const secondStepSalt = "second-step";

export interface CookiePlan {
  readonly name: string;
  readonly options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean; maxAge: number };
}

export function sessionCookie(publicUrl: string): CookiePlan {
  const secure = publicUrl.startsWith("https://");
  return {
    name: `${secure ? "__Secure-" : ""}bandwise.session`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: sessionSeconds },
  };
}

/** Carries a checked password to the form that asks for the second factor. */
export function secondStepCookie(publicUrl: string): CookiePlan {
  const plan = sessionCookie(publicUrl);
  return {
    name: plan.name.replace("session", "second-step"),
    options: { ...plan.options, maxAge: secondStepSeconds },
  };
}

export function sealSession(claim: SessionClaim, secret: string): Promise<string> {
  return encode({ token: { ...claim }, secret, maxAge: sessionSeconds });
}

// Opening a sealed cookie derives a key and decrypts; the same cookie comes with each answer of an exam. What it says
// cannot change, so it is remembered until it expires; whether it still counts is asked of the database every time.
const opened = new Map<string, { claim: SessionClaim; expiresAt: number }>();
const remembered = 5_000;

export async function openSession(sealed: string, secret: string): Promise<SessionClaim | null> {
  const now = Date.now();
  const known = opened.get(sealed);
  if (known) {
    if (known.expiresAt > now) return known.claim;
    opened.delete(sealed);
  }
  const token = await decode({ token: sealed, secret }).catch(() => null);
  if (typeof token?.personId !== "string" || typeof token.sessionVersion !== "number") return null;
  const claim = { personId: token.personId, sessionVersion: token.sessionVersion };
  if (opened.size >= remembered) {
    const oldest = opened.keys().next().value;
    if (oldest !== undefined) opened.delete(oldest);
  }
  opened.set(sealed, { claim, expiresAt: Number(token.exp) * 1000 });
  return claim;
}

export interface SecondStep {
  readonly personId: string;
  readonly proof: string;
}

export function sealSecondStep(step: SecondStep, secret: string): Promise<string> {
  return encode({ token: { ...step }, secret, salt: secondStepSalt, maxAge: secondStepSeconds });
}

export async function openSecondStep(sealed: string, secret: string): Promise<SecondStep | null> {
  const token = await decode({ token: sealed, secret, salt: secondStepSalt }).catch(() => null);
  return typeof token?.personId === "string" && typeof token.proof === "string"
    ? { personId: token.personId, proof: token.proof }
    : null;
}
