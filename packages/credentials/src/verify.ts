/// <reference path="./digitalbazaar.d.ts" />
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { compactVerify, importJWK, type JWK } from "jose";
import type { Credential } from "./badge.ts";
import { bundledContext, CREDENTIALS_CONTEXT, documentLoader } from "./contexts.ts";
import { assertionKey, isObject } from "./did-document.ts";
import { type ParsedCredential, parseCredential } from "./parse.ts";
import { expectedClaims } from "./sign.ts";
import { isRevoked, statusEntry } from "./status-list.ts";

export const checkNames = ["format", "issuer", "proof", "dates", "status"] as const;
export type CheckName = (typeof checkNames)[number];

/** `unknown`: what the check needs was not at hand; it neither passed nor failed. */
export type Check = {
  readonly name: CheckName;
  readonly outcome: "pass" | "fail" | "unknown";
  readonly detail: string;
};

/** Where a verifier gets the two documents it cannot find in the credential. Null: not to be had. */
export interface Sources {
  didDocument(did: string): Promise<unknown>;
  statusList(url: string): Promise<unknown>;
}

export interface VerificationReport {
  /** Every check passed. */
  readonly valid: boolean;
  readonly form: "embedded" | "jwt";
  readonly issuer: string;
  readonly checks: readonly Check[];
  readonly credential: Credential;
}

const pass = (name: CheckName, detail: string): Check => ({ name, outcome: "pass", detail });
const fail = (name: CheckName, detail: string): Check => ({ name, outcome: "fail", detail });
const unknown = (name: CheckName, detail: string): Check => ({ name, outcome: "unknown", detail });

/** Reads a file and checks what it holds: form, issuer, proof, dates, status, each with its own outcome. Throws `UnreadableCredential`. */
export function verifyFile(file: Uint8Array, sources: Sources, now: Date): Promise<VerificationReport> {
  return verifyCredential(parseCredential(file), sources, now);
}

export async function verifyCredential(
  parsed: ParsedCredential,
  sources: Sources,
  now: Date,
): Promise<VerificationReport> {
  const { credential, form } = parsed;
  const issuer = issuerOf(credential);
  const format = checkFormat(parsed, issuer);
  if (format.outcome !== "pass") {
    const rest = checkNames.slice(1).map((name) => unknown(name, "not checked: the form is wrong"));
    return { valid: false, form, issuer, checks: [format, ...rest], credential };
  }
  const didDocument = await sources.didDocument(issuer);
  const keys = checkKeys(parsed, issuer, didDocument);
  const checks = [
    format,
    keys,
    keys.outcome === "pass"
      ? await checkProof(parsed, didDocument)
      : unknown("proof", "not checked: the issuer's key is not known"),
    checkDates(credential, now),
    await checkStatus(credential, issuer, sources, now),
  ];
  return { valid: checks.every(({ outcome }) => outcome === "pass"), form, issuer, checks, credential };
}

function issuerOf({ issuer }: Credential): string {
  return String((isObject(issuer) ? issuer.id : issuer) ?? "");
}

function checkFormat({ credential, form, ...rest }: ParsedCredential, issuer: string): Check {
  const contexts = credential["@context"];
  const types = Array.isArray(credential.type) ? credential.type : [credential.type];
  if (!Array.isArray(contexts) || contexts[0] !== CREDENTIALS_CONTEXT) {
    return fail("format", "not a credential of the W3C data model 2.0");
  }
  const foreign = contexts.find((context) => typeof context !== "string" || bundledContext(context) === null);
  if (foreign !== undefined) return fail("format", "its words come from a context that is not bundled here");
  if (!types.includes("VerifiableCredential")) return fail("format", "not of type VerifiableCredential");
  if (!issuer.startsWith("did:")) return fail("format", "its issuer is no DID");
  if (!isObject(credential.credentialSubject)) return fail("format", "it is about nobody");
  if (form === "jwt") {
    const { header } = rest as Extract<ParsedCredential, { form: "jwt" }>;
    if (header.alg !== "ES256" || header.typ !== "JWT" || typeof header.kid !== "string") {
      return fail("format", "the JWT is not of type JWT, signed with ES256 and naming its key");
    }
    return pass("format", "JWT signed with ES256");
  }
  const proofs = proofsOf(credential);
  if (proofs.length === 0) return fail("format", "it carries no proof");
  const odd = proofs.some(
    (proof) =>
      proof.type !== "DataIntegrityProof" ||
      proof.cryptosuite !== "eddsa-rdfc-2022" ||
      typeof proof.verificationMethod !== "string",
  );
  if (odd) return fail("format", "it carries a proof that is not eddsa-rdfc-2022");
  return pass("format", "embedded proof eddsa-rdfc-2022");
}

function proofsOf({ proof }: Credential): readonly Record<string, unknown>[] {
  return (Array.isArray(proof) ? proof : [proof]).filter(isObject);
}

function checkKeys(parsed: ParsedCredential, issuer: string, didDocument: unknown): Check {
  if (didDocument === null || didDocument === undefined) {
    return unknown("issuer", `the DID document of ${issuer} is not at hand`);
  }
  const named =
    parsed.form === "jwt"
      ? [String(parsed.header.kid)]
      : proofsOf(parsed.credential).map((proof) => String(proof.verificationMethod));
  for (const keyId of named) {
    const key = assertionKey(didDocument, issuer, keyId);
    if (typeof key === "string") return fail("issuer", key);
  }
  return pass("issuer", `${issuer} publishes the key ${named.join(", ")} for assertions`);
}

async function checkProof(parsed: ParsedCredential, didDocument: unknown): Promise<Check> {
  const broken = "the content is not what the issuer signed: something was changed after it was issued";
  try {
    const wrong =
      parsed.form === "jwt" ? await checkJwt(parsed, didDocument) : await checkEmbedded(parsed, didDocument);
    return wrong === null ? pass("proof", "the content is as the issuer signed it") : fail("proof", wrong);
  } catch {
    return fail("proof", broken);
  }
}

/** Null when the signature holds and every claim repeats what the credential says. */
async function checkJwt(
  { jwt, header, credential }: Extract<ParsedCredential, { form: "jwt" }>,
  didDocument: unknown,
): Promise<string | null> {
  const method = assertionKey(didDocument, issuerOf(credential), String(header.kid));
  if (typeof method === "string" || method.publicKeyJwk === undefined) return "the key it names signs no JWTs";
  const { payload } = await compactVerify(jwt, await importJWK(method.publicKeyJwk as JWK, "ES256"), {
    algorithms: ["ES256"],
  });
  const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  for (const [claim, expected] of Object.entries(expectedClaims(credential))) {
    if (claims[claim] !== expected) return `the claim ${claim} contradicts the credential`;
  }
  return null;
}

async function checkEmbedded(
  { credential }: Extract<ParsedCredential, { form: "embedded" }>,
  didDocument: unknown,
): Promise<string | null> {
  const proofs = proofsOf(credential);
  const loader = documentLoader((url) => {
    if (url === issuerOf(credential)) return didDocument as object;
    const method = assertionKey(didDocument, issuerOf(credential), url);
    return typeof method === "string" ? null : { "@context": "https://w3id.org/security/multikey/v1", ...method };
  });
  const { verified, error, results } = await vc.verifyCredential({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: loader,
    // Dates and status have checks of their own: here only the proof may fail.
    now: new Date(Date.parse(String(credential.validFrom))),
    checkStatus: async () => ({ verified: true }),
  });
  // One good proof of several would do for the library, not for us.
  if (verified && results?.length === proofs.length && results.every((result) => result.verified)) return null;
  const cause = error?.errors?.[0]?.message ?? error?.message ?? "";
  return /Invalid signature/.test(cause) || cause === ""
    ? "the content is not what the issuer signed: something was changed after it was issued"
    : `the proof does not hold: ${cause}`;
}

function checkDates({ validFrom, validUntil }: Credential, now: Date): Check {
  const from = Date.parse(String(validFrom));
  if (Number.isNaN(from)) return fail("dates", "it does not say from when it is valid");
  if (now.getTime() < from) return fail("dates", `it is valid only from ${validFrom}`);
  if (validUntil === undefined) return pass("dates", `valid since ${validFrom}`);
  const until = Date.parse(String(validUntil));
  if (Number.isNaN(until)) return fail("dates", "the end of its validity is no date");
  // The last second counts in full, as on the certificate.
  if (now.getTime() >= until + 1000) return fail("dates", `expired: it was valid until ${validUntil}`);
  return pass("dates", `valid until ${validUntil}`);
}

async function checkStatus(credential: Credential, issuer: string, sources: Sources, now: Date): Promise<Check> {
  try {
    const entry = statusEntry(credential);
    if (entry === null) return pass("status", "it cannot be revoked");
    const list = await sources.statusList(entry.listUrl);
    if (!isObject(list)) return unknown("status", `the status list ${entry.listUrl} is not at hand`);
    if (issuerOf(list) !== issuer) return fail("status", "the status list is another issuer's");
    // The list's own status is nobody's business: lists are replaced, not revoked.
    const { credentialStatus: _none, ...bare } = list;
    const parsed: ParsedCredential = { form: "embedded", credential: bare };
    const didDocument = await sources.didDocument(issuer);
    const listChecks = [checkFormat(parsed, issuer), checkKeys(parsed, issuer, didDocument), checkDates(bare, now)];
    const bad = listChecks.find(({ outcome }) => outcome !== "pass") ?? (await checkProof(parsed, didDocument));
    if (bad.outcome === "unknown") return unknown("status", `the status list: ${bad.detail}`);
    if (bad.outcome === "fail") return fail("status", `the status list: ${bad.detail}`);
    return isRevoked(list, entry)
      ? fail("status", "revoked: the issuer has withdrawn or replaced it")
      : pass("status", "not revoked");
  } catch (error) {
    return fail("status", error instanceof Error ? error.message : "the status cannot be read");
  }
}
