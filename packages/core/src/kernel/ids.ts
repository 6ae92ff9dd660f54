import { randomBytes, randomInt } from "node:crypto";
import type { Ids } from "./context.ts";

/** Without 0 O 1 I L U: nothing that can be misread aloud or in print. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. */
export function uuidV7(now: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random.subarray(0, 16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const systemIds: Ids = {
  uuid: () => uuidV7(Date.now(), randomBytes(16)),
  secret: () => randomBytes(32).toString("base64url"),
  code: (groups) =>
    Array.from({ length: groups }, () =>
      Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join(""),
    ).join("-"),
};
