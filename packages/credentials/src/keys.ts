/// <reference path="./digitalbazaar.d.ts" />
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

export const keyAlgorithms = ["Ed25519", "ES256"] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** What everybody may know of a key: Ed25519 signs embedded proofs, ES256 (P-256) signs JWTs. */
export interface PublicKey {
  /** `did:web:…#…`; for Ed25519 the part after `#` is the key itself as multibase. */
  readonly id: string;
  readonly algorithm: KeyAlgorithm;
  /** Multibase of the Ed25519 key, or the P-256 key as JWK in JSON. */
  readonly publicKey: string;
}

export interface SecretKey extends PublicKey {
  /** Multibase, or a JWK in JSON. */
  readonly secretKey: string;
}

/** A fresh pair of keys of one issuer: one for each kind of proof. */
export async function generateIssuerKeys(did: string): Promise<readonly SecretKey[]> {
  const ed25519 = await Ed25519Multikey.generate({ controller: did });
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  return [
    {
      id: `${did}#${ed25519.publicKeyMultibase}`,
      algorithm: "Ed25519",
      publicKey: ed25519.publicKeyMultibase,
      secretKey: ed25519.secretKeyMultibase,
    },
    {
      // RFC 7638: the name follows from the key, so two keys never share one.
      id: `${did}#${await calculateJwkThumbprint(jwk)}`,
      algorithm: "ES256",
      publicKey: JSON.stringify(publicJwk(jwk)),
      secretKey: JSON.stringify(await exportJWK(privateKey)),
    },
  ];
}

/** The members that say what the key is, and no other: never the secret one. */
function publicJwk({ kty, crv, x, y }: JWK): JWK {
  if (kty !== "EC" || crv === undefined || x === undefined || y === undefined) throw new Error("not a P-256 key");
  return { kty, crv, x, y };
}
