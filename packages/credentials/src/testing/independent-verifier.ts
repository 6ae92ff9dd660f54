import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import jsonld from "jsonld";
import { canonize } from "rdf-canonize";

/**
 * A second verifier, written from the standards alone (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2; RFC 7515)
 * and sharing no code with the one that is shipped: its own contexts by bytes, its own base58, Node's own Ed25519 and ECDSA.
 */
type Json = Record<string, unknown>;

/** SHA-256 of the files. The first is published in appendix B.1 of the W3C Verifiable Credentials Data Model 2.0. */
const contexts: Readonly<Record<string, readonly [file: string, sha256: string]>> = {
  "https://www.w3.org/ns/credentials/v2": [
    "credentials-v2.json",
    "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
  ],
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": [
    "open-badges-3.0.3.json",
    "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
  ],
};

async function load(url: string) {
  const [file, digest] = contexts[url] ?? [];
  if (file === undefined) throw new Error(`unexpected document ${url}`);
  const bytes = readFileSync(new URL(`../../contexts/${file}`, import.meta.url));
  if (createHash("sha256").update(bytes).digest("hex") !== digest) throw new Error(`${file} has changed`);
  return { documentUrl: url, document: JSON.parse(bytes.toString("utf8")) as Json };
}

async function canonicalHash(document: Json): Promise<Buffer> {
  const dataset = await jsonld.toRDF(document, {
    documentLoader: load,
    safe: true,
    base: null,
    rdfDirection: "i18n-datatype",
  });
  const quads = await canonize(dataset, { algorithm: "RDFC-1.0", format: "application/n-quads" });
  return createHash("sha256").update(quads).digest();
}

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function base58btc(multibase: string): Buffer {
  if (!multibase.startsWith("z")) throw new Error("not base58btc");
  let value = 0n;
  for (const character of multibase.slice(1)) value = value * 58n + BigInt(alphabet.indexOf(character));
  const hex = value.toString(16);
  const zeros = /^1*/.exec(multibase.slice(1))?.[0].length ?? 0;
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex")]);
}

function methodOf(did: Json, id: unknown): Json {
  const methods = did.verificationMethod as Json[];
  const method = methods.find((entry) => entry.id === id && entry.controller === did.id);
  if (!method || !(did.assertionMethod as unknown[]).includes(id)) throw new Error("the key is not the issuer's");
  return method;
}

export async function verifyEmbeddedIndependently(credential: Json, did: Json): Promise<boolean> {
  const { proof, ...document } = credential;
  const [first, ...more] = proof as Json[];
  if (!first || more.length > 0) throw new Error("one proof was expected");
  const { proofValue, ...configuration } = first;
  if (configuration.cryptosuite !== "eddsa-rdfc-2022" || configuration.proofPurpose !== "assertionMethod") return false;
  const signed = Buffer.concat([
    await canonicalHash({ "@context": document["@context"], ...configuration }),
    await canonicalHash(document),
  ]);
  const key = base58btc(String(methodOf(did, configuration.verificationMethod).publicKeyMultibase));
  // Multicodec ed25519-pub is 0xed 0x01; the DER prefix is the one of RFC 8410.
  if (key.length !== 34 || key[0] !== 0xed || key[1] !== 0x01) throw new Error("not an Ed25519 key");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key.subarray(2)]);
  return verify(
    null,
    signed,
    createPublicKey({ key: der, format: "der", type: "spki" }),
    base58btc(String(proofValue)),
  );
}

export function verifyJwtIndependently(jwt: string, did: Json): Json | null {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as Json;
  if (alg !== "ES256") return null;
  const key = createPublicKey({ key: methodOf(did, kid).publicKeyJwk as Json, format: "jwk" });
  const good = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  return good ? (JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Json) : null;
}
