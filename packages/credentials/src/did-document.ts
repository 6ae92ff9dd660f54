import type { PublicKey } from "./keys.ts";

interface Method {
  readonly id: string;
  readonly type: "Multikey" | "JsonWebKey";
  readonly controller: string;
  readonly publicKeyMultibase?: string;
  readonly publicKeyJwk?: Readonly<Record<string, string>>;
}

export interface DidDocument {
  readonly "@context": readonly string[];
  readonly id: string;
  readonly alsoKnownAs?: readonly string[];
  readonly verificationMethod: readonly Method[];
  readonly assertionMethod: readonly string[];
}

/** `did:web:exams.example.org`, `did:web:localhost%3A3000`: the method keeps the document under `/.well-known/did.json`. */
export function didOf(publicUrl: string): string {
  return `did:web:${encodeURIComponent(new URL(publicUrl).host)}`;
}

/** Where the document of a `did:web` lies (W3C CCG did:web, section 3.2); null for other methods. */
export function didDocumentUrl(did: string): string | null {
  const match = /^did:web:([A-Za-z0-9.-]+(?:%3A\d+)?)((?::[A-Za-z0-9._-]+)*)$/i.exec(did);
  if (!match) return null;
  const [, host = "", path = ""] = match;
  const place = path === "" ? "/.well-known" : path.replaceAll(":", "/");
  return `https://${decodeURIComponent(host)}${place}/did.json`;
}

/**
 * The public face of an issuer. Retired keys stay listed, also as `assertionMethod`: what they signed while they were in use
 * must go on verifying.
 */
export function didDocument(did: string, keys: readonly PublicKey[]): DidDocument {
  return {
    "@context": [
      "https://www.w3.org/ns/did/v1",
      "https://w3id.org/security/multikey/v1",
      "https://w3id.org/security/jwk/v1",
    ],
    id: did,
    verificationMethod: keys.map(({ id, algorithm, publicKey }) =>
      algorithm === "Ed25519"
        ? { id, type: "Multikey", controller: did, publicKeyMultibase: publicKey }
        : { id, type: "JsonWebKey", controller: did, publicKeyJwk: JSON.parse(publicKey) as Record<string, string> },
    ),
    assertionMethod: keys.map(({ id }) => id),
  };
}

/** The key with this id, when the document is the issuer's own and lists the key for assertions; else why not. */
export function assertionKey(document: unknown, issuer: string, keyId: string): Method | string {
  if (!isObject(document) || document.id !== issuer) return "the DID document is another issuer's";
  const methods = Array.isArray(document.verificationMethod) ? document.verificationMethod : [];
  const method = methods.find((candidate) => isObject(candidate) && candidate.id === keyId);
  if (!isObject(method) || method.controller !== issuer) return `the issuer publishes no key ${keyId}`;
  const assertion = Array.isArray(document.assertionMethod) ? document.assertionMethod : [];
  if (!assertion.some((entry) => entry === keyId || (isObject(entry) && entry.id === keyId))) {
    return `the issuer does not use the key ${keyId} for assertions`;
  }
  return method as unknown as Method;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
