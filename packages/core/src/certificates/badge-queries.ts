import { z } from "zod";
import {
  type Credential,
  didOf,
  holds,
  makeDidDocument,
  type PublicKey,
  readCredential,
  type Sources,
  signStatusList,
  type VerificationReport,
  valuesOf,
  verifyCredentialFile,
} from "../adapters/credentials.ts";
import { openSecretKey } from "../adapters/secret-keys.ts";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { AppError, invalid, notFound } from "../kernel/errors.ts";
import { canonicalJson, contentHash, sha256 } from "../kernel/hash.ts";
import { type ComparedValue, certificateValues, compareValues } from "./badge-rules.ts";
import { certificateStatus } from "./rules.ts";
import {
  badgeInput,
  type CertificateStatus,
  certificateFacts,
  certificateFileInput,
  statusListInput,
  statusListOf,
  statusListPath,
} from "./schema.ts";
import { visibleCertificates } from "./scope.ts";

/** `/.well-known/did.json`: who we are and every key we ever signed with under this address. */
export const getDidDocument = defineQuery({
  name: "getDidDocument",
  permission: "certificate:verify",
  input: z.object({}),
  run: async (context): Promise<object> => {
    const did = await didOf(context.settings.publicUrl);
    return (await didDocumentFor(context, did)) ?? makeDidDocument(did, []);
  },
});

/** Null for a DID under which this installation never signed. */
async function didDocumentFor({ db }: Pick<Context, "db">, did: string): Promise<object | null> {
  const keys = await db.issuerKey.findMany({ where: { did }, orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  if (keys.length === 0) return null;
  return makeDidDocument(
    did,
    keys.map(({ id, algorithm, publicKey }) => ({ id, algorithm, publicKey }) as PublicKey),
  );
}

interface SignedList {
  readonly revoked: string;
  readonly keyId: string;
  readonly signedAt: number;
  readonly list: Credential;
}

/** Signed anew when a bit changes, and every hour. */
const relistAfterMilliseconds = 3600 * 1000;

/** A public status list: everything revoked, replaced or withdrawn has its bit set. */
export const getStatusList = defineQuery({
  name: "getStatusList",
  permission: "certificate:verify",
  input: statusListInput,
  run: async (context, { list }): Promise<Credential> => {
    const { db, clock, settings, memory } = context;
    const did = await didOf(settings.publicUrl);
    const key = await db.issuerKey.findFirst({ where: { did, algorithm: "Ed25519", retiredAt: null } });
    const known =
      (await db.badge.count({ where: { statusList: list } })) +
      (await db.namedBadge.count({ where: { statusList: list } }));
    if (!key || known === 0) throw notFound("The status list");
    const fallen = { certificate: { status: { not: "valid" as const } } };
    const [plain, named] = await Promise.all([
      db.badge.findMany({ where: { statusList: list, ...fallen }, select: { statusIndex: true } }),
      db.namedBadge.findMany({
        where: { statusList: list, OR: [fallen, { withdrawnAt: { not: null } }] },
        select: { statusIndex: true },
      }),
    ]);
    const indexes = [...plain, ...named].map((row) => row.statusIndex).sort((a, b) => a - b);
    const revoked = contentHash(indexes);
    const now = clock.now();
    const lists = memory.of("signed status lists", () => new Map<string, SignedList>());
    const name = `${did} ${list}`;
    const kept = lists.get(name);
    const fresh = kept && Math.abs(now.getTime() - kept.signedAt) < relistAfterMilliseconds;
    if (fresh && kept.revoked === revoked && kept.keyId === key.id) return kept.list;
    const signed = await signStatusList(
      { url: `${settings.publicUrl}${statusListPath(list)}`, issuer: did, revoked: indexes, at: now },
      { id: key.id, algorithm: "Ed25519", publicKey: key.publicKey, secretKey: await openSecretKey(settings, key.id) },
    );
    lists.set(name, { revoked, keyId: key.id, signedAt: now.getTime(), list: signed });
    return signed;
  },
});

/** The badge as a file, for its holder and for admins; with the name in it once the holder has consented. */
export const getBadge = defineQuery({
  name: "getBadge",
  permission: "account:own",
  input: badgeInput,
  run: async ({ db, viewer }, { certificateId, form }) => {
    const row = await db.certificate.findFirst({
      where: { AND: [{ id: certificateId }, visibleCertificates(viewer)] },
      select: {
        code: true,
        badge: { select: { embedded: true, jwt: true } },
        namedBadges: { where: { withdrawnAt: null }, select: { embedded: true, jwt: true } },
      },
    });
    if (!row) throw notFound("The certificate");
    const badge = row.namedBadges[0] ?? row.badge;
    const content = form === "jwt" ? badge?.jwt : badge?.embedded;
    if (!content) throw new AppError("CONFLICT", "There is no badge yet. Try again in a minute.");
    return { content, fileName: `badge-${row.code}.${form === "jwt" ? "jwt" : "json"}` };
  },
});

/** What a verifier of this installation's own credentials asks: the database instead of the net. */
function ownSources(context: Context): Sources {
  return {
    didDocument: (did) => didDocumentFor(context, did),
    statusList: async (url) => {
      const list = statusListOf(url, context.settings.publicUrl);
      if (list === null) return null;
      return getStatusList(context, { list }).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "NOT_FOUND") return null;
        throw error;
      });
    },
  };
}

export interface FileCheck {
  /** `unknown`: nothing that was issued here has this file's number. */
  readonly status: CertificateStatus | "unknown";
  /** The file as a whole is the one that was issued. */
  readonly whole: boolean;
  /** It is a badge with the name in plain words that its holder has taken back since: revoked, whatever the certificate is. */
  readonly withdrawn: boolean;
  readonly values: readonly ComparedValue[];
  /** Whether the given name is the holder's; null: none was given, or it cannot be told. */
  readonly nameMatches: boolean | null;
}

/**
 * Holds an uploaded PDF or badge against the record: value by value, and whether the whole file is as it was issued. Compares
 * and never canonicalises what a stranger sent: the stored badge, whose proof is checked, is the measure.
 */
export const checkFile = defineQuery({
  name: "checkFile",
  permission: "certificate:verify",
  input: certificateFileInput,
  run: async ({ db, clock }, { file, name }): Promise<FileCheck> => {
    const select = {
      status: true,
      validUntil: true,
      facts: true,
      factsHash: true,
      statusOnly: true,
      badge: { select: { embedded: true, jwt: true } },
    } as const;
    const isPdf = Buffer.from(file.subarray(0, 5)).toString("latin1") === "%PDF-";
    const byBytes = isPdf ? await db.certificate.findFirst({ where: { pdfSha256: sha256(file) }, select }) : null;
    // A PDF from before badges carries none, but its bytes tell.
    const credential = byBytes && byBytes.badge === null ? null : await readCredential(file);
    const credentialId = typeof credential?.id === "string" ? credential.id : "";
    const byNumber =
      credentialId === ""
        ? null
        : await db.badge.findUnique({ where: { credentialId }, select: { certificate: { select } } });
    const named =
      credentialId === "" || byNumber !== null
        ? null
        : await db.namedBadge.findUnique({
            where: { credentialId },
            select: { embedded: true, jwt: true, withdrawnAt: true, certificate: { select } },
          });
    const row = byBytes ?? byNumber?.certificate ?? named?.certificate ?? null;
    const stored = named ?? row?.badge ?? null;
    const withdrawn = named !== null && named.withdrawnAt !== null;
    const status = row && certificateStatus(row, clock.now());
    const gone = status === "revoked" || status === "superseded";
    if (!row || !status || contentHash(row.facts) !== row.factsHash) {
      // An erased holder's record has lost its seal with the name; that the certificate no longer stands is told all the same.
      return { status: gone ? status : "unknown", whole: false, withdrawn: false, values: [], nameMatches: null };
    }
    const facts = certificateFacts.parse(row.facts);
    const compared = credential === null ? [] : compareValues(await valuesOf(credential), certificateValues(facts));
    // Revoked and replaced: what it once said is not repeated. Status only: nothing beyond what the file itself shows.
    const silent = row.statusOnly || gone;
    const values = compared.map((value) => (silent && !value.same ? { ...value, record: null } : value));
    const given = name?.trim() ?? "";
    const storedBadge = row.badge?.embedded ? (JSON.parse(row.badge.embedded) as Credential) : null;
    return {
      status,
      whole: byBytes !== null || (credential !== null && !isPdf && sameCredential(file, credential, stored)),
      withdrawn,
      values,
      nameMatches: given === "" || storedBadge === null || silent ? null : await holds(storedBadge, "name", given),
    };
  },
});

function sameCredential(
  file: Uint8Array,
  credential: Credential,
  stored: { readonly embedded: string | null; readonly jwt: string | null } | null,
): boolean {
  if (!stored?.embedded || !stored.jwt) return false;
  if (Buffer.from(file).toString("utf8").trim() === stored.jwt) return true;
  return canonicalJson(credential) === canonicalJson(JSON.parse(stored.embedded));
}

/** The full check of a credential file with this installation's own documents; for the command line. */
export const verifyCredential = defineQuery({
  name: "verifyCredential",
  permission: "certificate:issue",
  input: certificateFileInput,
  run: async (context, { file }) => {
    const report = await verifyCredentialFile(file, ownSources(context), context.clock.now());
    const row =
      typeof report.credential.id === "string"
        ? await context.db.certificate.findFirst({
            where: {
              OR: [
                { badge: { credentialId: report.credential.id } },
                { namedBadges: { some: { credentialId: report.credential.id } } },
              ],
            },
            select: { facts: true },
          })
        : null;
    const differences = row
      ? compareValues(await valuesOf(report.credential), certificateValues(certificateFacts.parse(row.facts))).filter(
          ({ same }) => !same,
        )
      : [];
    return { report, differences } satisfies { report: VerificationReport; differences: readonly ComparedValue[] };
  },
});

/** Finds a certificate by the code on it; for the command line. */
export const findCertificateByCode = defineQuery({
  name: "findCertificateByCode",
  permission: "certificate:issue",
  input: z.object({ code: z.string().max(300) }),
  run: async ({ db }, { code }) => {
    const row = await db.certificate.findUnique({ where: { code }, select: { id: true } });
    if (!row) throw invalid("code", "belongs to no certificate");
    return { certificateId: row.id };
  },
});

interface StoredBadge {
  readonly credentialId: string;
  readonly embedded: string | null;
  readonly jwt: string | null;
}

/**
 * Whether the stored badge is still what was signed and says what the certificate says. Checked anew whenever a byte of it,
 * of the facts or of the keys differs from what this process has checked before.
 */
export async function badgeIsIntact(
  context: Pick<Context, "db" | "clock" | "memory">,
  row: { readonly facts: unknown; readonly badge: StoredBadge | null },
): Promise<boolean> {
  const { badge } = row;
  if (!badge?.embedded || !badge.jwt) return true;
  const issuer = /"issuer":\s*\{\s*"id":\s*"([^"]+)"/.exec(badge.embedded)?.[1];
  const didDocument = issuer === undefined ? null : await didDocumentFor(context, issuer);
  const seen = contentHash([badge, row.facts, didDocument]);
  const checked = context.memory.of("checked badges", () => new Map<string, boolean>());
  const known = checked.get(seen);
  if (known !== undefined) return known;
  const sources: Sources = { didDocument: async () => didDocument, statusList: async () => null };
  const expected = certificateValues(certificateFacts.parse(row.facts));
  const proven = async (form: string): Promise<boolean> => {
    const { checks, credential } = await verifyCredentialFile(Buffer.from(form), sources, context.clock.now());
    const passed = checks.flatMap(({ name, outcome }) => (outcome === "pass" ? name : []));
    if (!passed.includes("issuer") || !passed.includes("proof") || credential.id !== badge.credentialId) return false;
    return compareValues(await valuesOf(credential), expected).every(({ same }) => same);
  };
  // Bytes that are no credential any more are as damaged as a broken proof.
  const orDamaged = (error: unknown): boolean => {
    if (error instanceof AppError && error.code === "INVALID") return false;
    throw error;
  };
  const intact = (await proven(badge.embedded).catch(orDamaged)) && (await proven(badge.jwt).catch(orDamaged));
  if (checked.size >= 1000) checked.clear();
  checked.set(seen, intact);
  return intact;
}
