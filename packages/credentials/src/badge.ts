import { createHash } from "node:crypto";
import { CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT } from "./contexts.ts";
import { isObject } from "./did-document.ts";

/** What a badge says about a certificate; the name itself only where the holder consents. */
export interface BadgeFacts {
  readonly examination: string;
  readonly schemeId: string;
  readonly schemeVersion: string;
  readonly schemeHash: string;
  /** Calendar day. */
  readonly testedOn: string;
  readonly scale: { readonly noun: "Band" | "Score"; readonly highest: number; readonly decimals: 1 | 2 };
  readonly overall: { readonly score: string; readonly cefr: string | null; readonly meaning: string };
  readonly parts: readonly { readonly id: string; readonly score: string; readonly cefr: string | null }[];
  /** How the scores came about, in sentences: what the certificate says of itself, its badge says too. */
  readonly notes: readonly string[];
}

/** Something a checker may know about the holder: kept as a salted hash, or in plain words where the holder consents (no salt). */
export interface Identity {
  readonly type: "name" | "emailAddress";
  readonly value: string;
  readonly salt: string | null;
}

export interface BadgeInput {
  readonly facts: BadgeFacts;
  /** `urn:uuid:…`: neither may lead to the printed code or to the person. */
  readonly credentialId: string;
  readonly subjectId: string;
  readonly issuer: { readonly did: string; readonly name: string; readonly url: string };
  readonly identities: readonly Identity[];
  readonly issuedAt: Date;
  readonly validUntil: Date;
  readonly status: { readonly listUrl: string; readonly index: number };
}

export type Credential = Readonly<Record<string, unknown>>;

const cefrFramework = {
  targetFramework: "Common European Framework of Reference for Languages",
  targetUrl:
    "https://www.coe.int/en/web/common-european-framework-reference-languages/table-1-cefr-3.3-common-reference-levels-global-scale",
  targetType: "CFItem",
} as const;

/** An Open Badges 3.0 credential in the W3C data model 2.0, before it is signed. Pure: equal inputs make equal badges. */
export function buildBadge(input: BadgeInput): Credential {
  const { facts, issuer } = input;
  const about = `${issuer.url}/help#${facts.schemeId}-${facts.schemeVersion}`;
  const { scale, overall } = facts;
  const results = [{ id: "overall", ...overall }, ...facts.parts];
  const reached = overall.cefr === null ? `${scale.noun.toLowerCase()} ${overall.score}` : `level ${overall.cefr}`;
  return {
    "@context": [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
    id: input.credentialId,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: `${facts.examination}: overall ${scale.noun.toLowerCase()} ${overall.score}${overall.cefr === null ? "" : `, ${overall.cefr}`}`,
    issuer: { id: issuer.did, type: ["Profile"], name: issuer.name, url: issuer.url },
    validFrom: seconds(input.issuedAt),
    validUntil: seconds(input.validUntil),
    awardedDate: seconds(input.issuedAt),
    credentialStatus: {
      id: `${input.status.listUrl}#${input.status.index}`,
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: String(input.status.index),
      statusListCredential: input.status.listUrl,
    },
    credentialSubject: {
      id: input.subjectId,
      type: ["AchievementSubject"],
      activityEndDate: facts.testedOn,
      ...(facts.notes.length > 0 && { narrative: facts.notes.join(" ") }),
      identifier: input.identities.map(({ type, value, salt }) => ({
        type: "IdentityObject",
        hashed: salt !== null,
        identityHash: salt === null ? value : identityHash(type, value, salt),
        identityType: type,
        ...(salt !== null && { salt }),
      })),
      achievement: {
        id: `${about}-${encodeURIComponent(overall.cefr ?? overall.score)}`,
        type: ["Achievement"],
        achievementType: "Assessment",
        name: `${facts.examination}, ${reached}`,
        description: facts.overall.meaning,
        criteria: {
          narrative: `${overall.cefr !== null && facts.parts.every(({ cefr }) => cefr !== null) ? "Sections" : "Criteria"}: ${facts.parts.map(({ id }) => id).join(", ")}. The ${scale.noun.toLowerCase()}s follow from the scoring scheme.`,
        },
        inLanguage: "en",
        version: facts.schemeVersion,
        otherIdentifier: [
          { type: "IdentifierEntry", identifier: facts.schemeHash, identifierType: "ext:scoringSchemeSha256" },
        ],
        ...aligned(overall.cefr),
        resultDescription: results.map(({ id }) => ({
          id: `${about}-${id}`,
          type: ["ResultDescription"],
          name: id,
          resultType: resultTypes[scale.noun],
          valueMin: (0).toFixed(scale.decimals),
          valueMax: scale.highest.toFixed(scale.decimals),
        })),
      },
      result: results.map(({ id, score, cefr }) => ({
        type: ["Result"],
        resultDescription: `${about}-${id}`,
        value: score,
        ...aligned(cefr),
      })),
    },
  };
}

/** To the Common European Framework, where the scheme reports a level. */
function aligned(cefr: string | null): object {
  if (cefr === null) return {};
  return { alignment: [{ type: ["Alignment"], targetName: `CEFR ${cefr}`, targetCode: cefr, ...cefrFramework }] };
}

/** Open Badges has no word for bands: which it is tells the kind of score. */
const resultTypes = { Band: "ScaledScore", Score: "RawScore" } as const;

/** ISO 8601 without fractions: what every verifier reads. */
function seconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Open Badges 3.0, IdentityHash: SHA-256 over the identity and its salt. Compared forms: NFC and single spaces, addresses in lower case. */
export function identityHash(type: Identity["type"], value: string, salt: string): string {
  return `sha256$${createHash("sha256")
    .update(`${comparedForm(type, value)}${salt}`)
    .digest("hex")}`;
}

function comparedForm(type: Identity["type"], value: string): string {
  const plain = value.normalize("NFC").replace(/\s+/g, " ").trim();
  return type === "emailAddress" ? plain.toLowerCase() : plain;
}

/** The values of a badge that can be held against a certificate, by name: `overall band`, `writing level`, `valid until`. */
export function badgeValues(credential: Credential): Readonly<Record<string, string>> {
  const subject = isObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const achievement = isObject(subject.achievement) ? subject.achievement : {};
  const descriptions = list(achievement.resultDescription);
  const issuer = isObject(credential.issuer) ? credential.issuer : {};
  const values: Record<string, string> = {};
  for (const result of list(subject.result)) {
    const described = descriptions.find((entry) => entry.id === result.resultDescription);
    const name = text(described?.name) || text(result.resultDescription);
    values[`${name} ${text(described?.resultType) === resultTypes.Score ? "score" : "band"}`] = text(result.value);
    const level = text(list(result.alignment)[0]?.targetCode);
    if (level !== "") values[`${name} level`] = level;
  }
  values["awarding body"] = text(issuer.name);
  values["sat on"] = text(subject.activityEndDate);
  values.issued = text(credential.validFrom).slice(0, 10);
  values["valid until"] = text(credential.validUntil).slice(0, 10);
  return values;
}

/** Whether a name or address is the one a badge was made for; null when the badge holds none of that kind. */
export function matchesIdentity(credential: Credential, type: Identity["type"], value: string): boolean | null {
  const subject = isObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const held = list(subject.identifier).filter((entry) => entry.identityType === type);
  if (held.length === 0) return null;
  return held.some(({ hashed, identityHash: kept, salt }) =>
    hashed === true
      ? kept === identityHash(type, value, text(salt))
      : comparedForm(type, text(kept)) === comparedForm(type, value),
  );
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
