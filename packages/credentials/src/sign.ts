/// <reference path="./digitalbazaar.d.ts" />
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { CompactSign, importJWK, type JWK } from "jose";
import type { Credential } from "./badge.ts";
import { documentLoader } from "./contexts.ts";
import { isObject } from "./did-document.ts";
import type { SecretKey } from "./keys.ts";

/** The credential with an embedded Data Integrity proof (`eddsa-rdfc-2022`), as an array, as Open Badges 3.0 wants it. */
export async function signEmbedded(credential: Credential, key: SecretKey, at: Date): Promise<Credential> {
  if (key.algorithm !== "Ed25519") throw new Error("embedded proofs are signed with Ed25519");
  const [controller = ""] = key.id.split("#");
  const pair = await Ed25519Multikey.from({
    "@context": "https://w3id.org/security/multikey/v1",
    type: "Multikey",
    id: key.id,
    controller,
    publicKeyMultibase: key.publicKey,
    secretKeyMultibase: key.secretKey,
  });
  const suite = new DataIntegrityProof({ cryptosuite, signer: pair.signer(), date: at });
  const { proof, ...signed } = await vc.issue({
    credential: structuredClone(credential),
    suite,
    documentLoader: documentLoader(),
    now: at,
  });
  return { ...signed, proof: [proof] };
}

/** The credential as a compact JWT (Open Badges 3.0, section 8.2): the credential's members at the top, with the claims beside them. */
export async function signJwt(credential: Credential, key: SecretKey): Promise<string> {
  if (key.algorithm !== "ES256") throw new Error("JWTs are signed with ES256");
  const claims = { ...credential, ...expectedClaims(credential) };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: key.id })
    .sign(await importJWK(JSON.parse(key.secretKey) as JWK, "ES256"));
}

/** The registered claims that repeat what the credential says. */
export function expectedClaims(credential: Credential): Record<string, string | number> {
  const { issuer, id, credentialSubject, validFrom, validUntil } = credential;
  const subject = isObject(credentialSubject) ? credentialSubject.id : undefined;
  return {
    iss: String(isObject(issuer) ? issuer.id : issuer),
    ...(typeof id === "string" && { jti: id }),
    ...(typeof subject === "string" && { sub: subject }),
    nbf: epoch(validFrom),
    ...(validUntil !== undefined && { exp: epoch(validUntil) }),
  };
}

function epoch(date: unknown): number {
  return Math.floor(Date.parse(String(date)) / 1000);
}
