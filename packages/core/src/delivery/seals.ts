import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Small signed notes the exam page carries for us: each is `fields.joined.by.dots.signature`. The signing key is derived
 * per use, so a note of one kind never passes for another.
 */
function sign(secret: string, use: string, fields: readonly string[]): string {
  return createHmac("sha256", secret)
    .update(`bandwise:${use}:${fields.join(".")}`)
    .digest("base64url");
}

function seal(secret: string, use: string, fields: readonly string[]): string {
  return `${fields.join(".")}.${sign(secret, use, fields)}`;
}

function unseal(secret: string, use: string, sealed: string, count: number): string[] | null {
  const parts = sealed.split(".");
  if (parts.length !== count + 1) return null;
  const fields = parts.slice(0, count);
  const given = Buffer.from(parts[count] ?? "");
  const expected = Buffer.from(sign(secret, use, fields));
  return given.length === expected.length && timingSafeEqual(given, expected) ? fields : null;
}

/**
 * The exam token: attempt and candidate under our signature, so that knowing it needs no look-up, and the same on every
 * device, so that a page that lost the writer's place can still hand in what it holds.
 */
export function examToken(secret: string, attemptId: string, candidateId: string): string {
  return seal(secret, "exam", [attemptId, candidateId]);
}

export function readExamToken(secret: string, token: string): { attemptId: string; candidateId: string } | null {
  const [attemptId, candidateId] = unseal(secret, "exam", token, 2) ?? [];
  return attemptId && candidateId ? { attemptId, candidateId } : null;
}

/** A signed heartbeat: the server's time as told to this page. */
export function anchorFor(secret: string, attemptId: string, now: number): string {
  const [, at = "", signature = ""] = seal(secret, "anchor", [attemptId, String(now)]).split(".");
  return `${at}.${signature}`;
}

/** @returns the time the heartbeat told, or null where it is not ours. */
export function readAnchor(secret: string, attemptId: string, anchor: string): number | null {
  const fields = unseal(secret, "anchor", `${attemptId}.${anchor}`, 2);
  const at = Number(fields?.[1]);
  return fields && Number.isSafeInteger(at) ? at : null;
}

/** Lets its holder fetch one sound of one item for one play, until `expires`. */
export function playTicket(secret: string, attemptItemId: string, number: number, expires: number): string {
  return seal(secret, "play", [attemptItemId, String(number), String(expires)]);
}

export function readPlayTicket(
  secret: string,
  ticket: string,
): { attemptItemId: string; number: number; expires: number } | null {
  const [attemptItemId, number, expires] = unseal(secret, "play", ticket, 3) ?? [];
  return attemptItemId ? { attemptItemId, number: Number(number), expires: Number(expires) } : null;
}
