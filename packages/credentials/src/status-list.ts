import { gunzipSync, gzipSync } from "node:zlib";
import type { Credential } from "./badge.ts";
import { CREDENTIALS_CONTEXT } from "./contexts.ts";
import { isObject } from "./did-document.ts";

/** The smallest list the W3C Bitstring Status List 1.0 allows: enough others to hide among (16 kB). */
export const STATUS_LIST_LENGTH = 131_072;
/** A checker may keep a list for this long. */
export const STATUS_LIST_SECONDS = 300;
/** A list made for the one who asks must stand by that one's clock too, which was read before and may be slow. */
const CLOCK_SECONDS = 300;

/** Bits as the standard packs them: index 0 is the leftmost bit of the first byte; gzip, base64url, multibase `u`. */
function encodeList(set: Iterable<number>, length: number): string {
  const bytes = Buffer.alloc(length / 8);
  for (const index of set) {
    if (!Number.isInteger(index) || index < 0 || index >= length) throw new Error(`no status index ${index}`);
    bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  }
  return `u${gzipSync(bytes).toString("base64url")}`;
}

/** Whether the bit is set; throws on a list that is not one, is too short, or would unpack beyond 4 MB. */
function bitOf(encodedList: string, index: number): boolean {
  if (!encodedList.startsWith("u")) throw new Error("the status list is not multibase base64url");
  const bytes = gunzipSync(Buffer.from(encodedList.slice(1), "base64url"), { maxOutputLength: 4 * 1024 * 1024 });
  if (bytes.length * 8 < STATUS_LIST_LENGTH) throw new Error("the status list is shorter than the standard allows");
  if (index >= bytes.length * 8) throw new Error("the status list ends before this entry");
  return ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

/** The list as a credential, before it is signed. `revoked`: indexes of everything that must not be relied on any more. */
export function buildStatusList(input: {
  readonly url: string;
  readonly issuer: string;
  readonly revoked: Iterable<number>;
  readonly at: Date;
}): Credential {
  const until = new Date(input.at.getTime() + 24 * 3600 * 1000);
  return {
    "@context": [CREDENTIALS_CONTEXT],
    id: input.url,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: input.issuer,
    validFrom: `${new Date(input.at.getTime() - CLOCK_SECONDS * 1000).toISOString().slice(0, 19)}Z`,
    validUntil: `${until.toISOString().slice(0, 19)}Z`,
    credentialSubject: {
      id: `${input.url}#list`,
      type: "BitstringStatusList",
      statusPurpose: "revocation",
      encodedList: encodeList(input.revoked, STATUS_LIST_LENGTH),
    },
  };
}

export interface StatusEntry {
  readonly listUrl: string;
  readonly index: number;
}

/** Where a credential says its revocation is told; null when it says nothing of the kind. Throws on a broken entry. */
export function statusEntry(credential: Credential): StatusEntry | null {
  const { credentialStatus } = credential;
  if (credentialStatus === undefined) return null;
  const entries = Array.isArray(credentialStatus) ? credentialStatus : [credentialStatus];
  const entry = entries.filter(isObject).find((candidate) => candidate.statusPurpose === "revocation");
  if (entry?.type !== "BitstringStatusListEntry") throw new Error("the status entry is of an unknown kind");
  const { statusListCredential, statusListIndex } = entry;
  if (typeof statusListCredential !== "string" || !/^\d{1,9}$/.test(String(statusListIndex))) {
    throw new Error("the status entry is broken");
  }
  return { listUrl: statusListCredential, index: Number(statusListIndex) };
}

/** What a list, whose own proof was checked, says of an entry. */
export function isRevoked(list: Credential, entry: StatusEntry): boolean {
  const subject = list.credentialSubject;
  if (list.id !== entry.listUrl) throw new Error("the status list is another one");
  if (!isObject(subject) || subject.type !== "BitstringStatusList" || subject.statusPurpose !== "revocation") {
    throw new Error("the status list is not one of revocations");
  }
  if (typeof subject.encodedList !== "string") throw new Error("the status list holds no list");
  return bitOf(subject.encodedList, entry.index);
}
