import { inflateSync } from "node:zlib";
import type { Credential } from "./badge.ts";
import { isObject } from "./did-document.ts";

/** What a file holds before anything of it is believed. */
export type ParsedCredential =
  | { readonly form: "embedded"; readonly credential: Credential }
  | { readonly form: "jwt"; readonly jwt: string; readonly header: Credential; readonly credential: Credential };

/** The file is no credential in any form we read; the message says why. */
export class UnreadableCredential extends Error {}

/** Far above any credential (a badge has 5 kB), far below what would hurt. */
const MAX_BYTES = 512 * 1024;
const MAX_PDF_BYTES = 8 * 1024 * 1024;

/** Reads a credential from JSON, a compact JWT, or a PDF that carries one as an attachment. */
export function parseCredential(file: Uint8Array): ParsedCredential {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString("latin1", 0, 5) === "%PDF-") return parseText(attachment(bytes));
  if (bytes.length > MAX_BYTES) throw new UnreadableCredential("the file is too large for a credential");
  return parseText(bytes.toString("utf8"));
}

function parseText(raw: string): ParsedCredential {
  const text = raw.replace(/^\uFEFF/, "").trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) {
    const [header = "", payload = ""] = text.split(".");
    const decode = (part: string) => parseObject(Buffer.from(part, "base64url").toString("utf8"), "the JWT");
    return { form: "jwt", jwt: text, header: decode(header), credential: withoutClaims(decode(payload)) };
  }
  return { form: "embedded", credential: parseObject(text, "the file") };
}

/** The claims stay readable to whoever checks them: they are in the JWT itself. */
function withoutClaims(payload: Record<string, unknown>): Credential {
  const { iss: _iss, sub: _sub, jti: _jti, nbf: _nbf, exp: _exp, iat: _iat, ...credential } = payload;
  return credential;
}

function parseObject(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableCredential(`${what} holds neither JSON nor a JWT`);
  }
  if (!isObject(value)) throw new UnreadableCredential(`${what} holds no object`);
  return value;
}

/**
 * The first attached file of a PDF (ISO 32000-1, 7.11.4) as our certificates write it: one stream marked `/EmbeddedFile`,
 * plain or deflated. A file saved again by another program may pack it away; then it is not found.
 */
function attachment(pdf: Buffer): string {
  if (pdf.length > MAX_PDF_BYTES) throw new UnreadableCredential("the PDF is too large for a certificate");
  const text = pdf.toString("latin1");
  const at = text.search(/\/Type\s*\/EmbeddedFile\b/);
  const start = text.lastIndexOf(" obj", at);
  const open = text.indexOf("stream", at);
  if (at === -1 || start === -1 || open === -1) throw new UnreadableCredential("the PDF carries no credential");
  const dictionary = text.slice(start, open);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN);
  const from = open + (text.startsWith("stream\r\n", open) ? 8 : 7);
  if (!Number.isInteger(length) || from + length > pdf.length) throw new UnreadableCredential("the PDF is damaged");
  const content = pdf.subarray(from, from + length);
  try {
    const plain = dictionary.includes("/FlateDecode") ? inflateSync(content, { maxOutputLength: MAX_BYTES }) : content;
    return plain.toString("utf8");
  } catch {
    throw new UnreadableCredential("the credential inside the PDF is damaged");
  }
}
