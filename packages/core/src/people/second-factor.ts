import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { authenticator } from "otplib";
import { sha256 } from "../kernel/hash.ts";
import { systemIds } from "../kernel/ids.ts";

function keyFrom(authSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", authSecret, "bandwise", "second factor", 32));
}

/** AES-256-GCM under a key derived from AUTH_SECRET: a copy of the database alone opens no second factor. */
export function sealSecret(secret: string, authSecret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(authSecret), nonce);
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url")).join(".");
}

/** Null when it was sealed under another AUTH_SECRET or tampered with. */
export function openSecret(sealed: string, authSecret: string): string | null {
  const [nonce, tag, content] = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!nonce || !tag || !content) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyFrom(authSecret), nonce, { authTagLength: 16 });
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

export function newTotpSecret(): string {
  return authenticator.generateSecret(20);
}

export function totpUri(account: string, issuer: string, secret: string): string {
  return authenticator.keyuri(account, issuer, secret);
}

/** How many 30-second steps the code is away from `now` (−1, 0, 1), or null when it is not one of those three. */
export function totpDelta(code: string, secret: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  return authenticator.clone({ window: 1, epoch: now.getTime() }).checkDelta(code, secret);
}

/** Ten codes for the day the phone is lost: shown once, kept as hashes. 40 random bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => systemIds.code(2));
}

export function recoveryHash(code: string): string {
  return sha256(
    `recovery ${code
      .trim()
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "")}`,
  );
}
