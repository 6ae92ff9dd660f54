import { type BadgeInput, buildBadge, type Credential } from "../badge.ts";
import { type DidDocument, didDocument } from "../did-document.ts";
import { generateIssuerKeys, type SecretKey } from "../keys.ts";
import { signEmbedded, signJwt } from "../sign.ts";
import { buildStatusList } from "../status-list.ts";

export const did = "did:web:exams.example.org";
export const listUrl = "https://exams.example.org/credentials/status/1";
export const issuedAt = new Date("2026-03-02T09:00:00Z");

export const badgeInput: BadgeInput = {
  facts: {
    examination: "IELP four-skill proficiency test",
    schemeId: "ielp",
    schemeVersion: "1",
    schemeHash: "0".repeat(64),
    testedOn: "2026-02-28",
    scale: { noun: "Band", highest: 10, decimals: 2 },
    overall: { score: "6.50", cefr: "C1", meaning: "Can use language flexibly for study and work." },
    parts: [
      { id: "reading", score: "7.00", cefr: "C1" },
      { id: "listening", score: "6.00", cefr: "B2" },
      { id: "writing", score: "6.00", cefr: "B2" },
      { id: "speaking", score: "7.00", cefr: "C1" },
    ],
    notes: ["Overall is the mean of the four section bands on a scale from 0 to 10."],
  },
  credentialId: "urn:uuid:5b4c1a6e-27a1-4d0c-9a57-8f6ac3f5f001",
  subjectId: "urn:uuid:0d6f9d3c-51f5-4f2e-8c57-2f3f1f8e6a02",
  issuer: { did, name: "Northmere Language Institute", url: "https://exams.example.org" },
  identities: [
    { type: "name", value: "Nadira Velasko", salt: "c2FsdC1vbmU" },
    { type: "emailAddress", value: "nadira@example.org", salt: "c2FsdC10d28" },
  ],
  issuedAt,
  validUntil: new Date("2028-03-02T23:59:59.999Z"),
  status: { listUrl, index: 4711 },
};

export interface Example {
  readonly keys: readonly SecretKey[];
  readonly did: DidDocument;
  readonly badge: Credential;
  readonly jwt: string;
  statusList(revoked: readonly number[]): Promise<Credential>;
}

/** A badge signed with fresh keys, in both forms, with what a verifier needs beside it. */
export async function makeExample(): Promise<Example> {
  const keys = await generateIssuerKeys(did);
  const [ed25519, es256] = keys as [SecretKey, SecretKey];
  const unsigned = buildBadge(badgeInput);
  return {
    keys,
    did: didDocument(did, keys),
    badge: await signEmbedded(unsigned, ed25519, issuedAt),
    jwt: await signJwt(unsigned, es256),
    statusList: (revoked) =>
      signEmbedded(buildStatusList({ url: listUrl, issuer: did, revoked, at: issuedAt }), ed25519, issuedAt),
  };
}
