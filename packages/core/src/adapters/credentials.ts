import type { BadgeInput, Credential, Identity } from "@bandwise/credentials/badge";
import type { PublicKey, SecretKey } from "@bandwise/credentials/keys";
import type { Sources, VerificationReport } from "@bandwise/credentials/verify";
import { invalid } from "../kernel/errors.ts";

/**
 * Everything about signed credentials that core asks of their package. Loaded when first needed: an exam's pages never wait
 * for the JSON-LD libraries.
 */
export type { Credential, Identity, PublicKey, SecretKey, Sources, VerificationReport };

export async function makeIssuerKeys(did: string): Promise<readonly SecretKey[]> {
  const { generateIssuerKeys } = await import("@bandwise/credentials/keys");
  return generateIssuerKeys(did);
}

/** The badge in both forms, as given out. */
export async function signBadge(
  input: BadgeInput,
  keys: { readonly embedded: SecretKey; readonly jwt: SecretKey },
  at: Date,
): Promise<{ readonly embedded: string; readonly jwt: string }> {
  const { buildBadge } = await import("@bandwise/credentials/badge");
  const { signEmbedded, signJwt } = await import("@bandwise/credentials/sign");
  const unsigned = buildBadge(input);
  return {
    embedded: JSON.stringify(await signEmbedded(unsigned, keys.embedded, at), null, 2),
    jwt: await signJwt(unsigned, keys.jwt),
  };
}

export async function signStatusList(
  input: { readonly url: string; readonly issuer: string; readonly revoked: readonly number[]; readonly at: Date },
  key: SecretKey,
): Promise<Credential> {
  const { buildStatusList } = await import("@bandwise/credentials/status-list");
  const { signEmbedded } = await import("@bandwise/credentials/sign");
  return signEmbedded(buildStatusList(input), key, input.at);
}

export async function didOf(publicUrl: string): Promise<string> {
  const did = await import("@bandwise/credentials/did-document");
  return did.didOf(publicUrl);
}

export async function makeDidDocument(did: string, keys: readonly PublicKey[]): Promise<object> {
  const { didDocument } = await import("@bandwise/credentials/did-document");
  return didDocument(did, keys);
}

/** Throws INVALID, with the reason, on a file that holds no credential. */
export async function readCredential(file: Uint8Array): Promise<Credential> {
  const { parseCredential, UnreadableCredential } = await import("@bandwise/credentials/parse");
  try {
    return parseCredential(file).credential;
  } catch (error) {
    if (error instanceof UnreadableCredential) throw invalid("file", error.message);
    throw error;
  }
}

export async function verifyCredentialFile(file: Uint8Array, sources: Sources, now: Date): Promise<VerificationReport> {
  const { UnreadableCredential } = await import("@bandwise/credentials/parse");
  const { verifyFile } = await import("@bandwise/credentials/verify");
  try {
    return await verifyFile(file, sources, now);
  } catch (error) {
    if (error instanceof UnreadableCredential) throw invalid("file", error.message);
    throw error;
  }
}

export async function valuesOf(credential: Credential): Promise<Readonly<Record<string, string>>> {
  const { badgeValues } = await import("@bandwise/credentials/badge");
  return badgeValues(credential);
}

export async function holds(credential: Credential, type: Identity["type"], value: string): Promise<boolean | null> {
  const { matchesIdentity } = await import("@bandwise/credentials/badge");
  return matchesIdentity(credential, type, value);
}
