import { isIndependentUser, type ReportedLevel, securedLevel } from "@bandwise/scoring/cefr";
import { CERTIFICATE } from "@bandwise/scoring/certificate";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";
import { schemeById, summaryOf, workingsOf } from "../schemes/rules.ts";
import type { MachineStanding, SchemeOutput, ScoreScale } from "../schemes/schema.ts";
import type { CertificateFacts, CertificateStatus } from "./schema.ts";

/** How a certificate stands at a moment. Withdrawn or replaced outweighs expired: it says more. */
export function certificateStatus(
  row: { readonly status: "valid" | "revoked" | "superseded"; readonly validUntil: Date },
  now: Date,
): CertificateStatus {
  if (row.status !== "valid") return row.status;
  return now.getTime() > row.validUntil.getTime() ? "expired" : "valid";
}

/** The end (UTC) of the day so many months (the programme's say) after the day of issue; where that month is shorter, of its last day. */
export function validUntil(issuedAt: Date, months: number = CERTIFICATE.validityMonths): Date {
  const year = issuedAt.getUTCFullYear();
  const month = issuedAt.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(issuedAt.getUTCDate(), lastDay);
  return new Date(Date.UTC(year, month, day, 23, 59, 59, 999));
}

/** Groups of the Common European Framework. */
export function userGroup(level: ReportedLevel): string {
  const secured = securedLevel(level);
  if (secured === "below A1") return "Below the first level";
  if (secured === "C1" || secured === "C2") return "Proficient user";
  return isIndependentUser(level) ? "Independent user" : "Basic user";
}

export interface ReleasedResult {
  readonly scheme: { readonly id: string; readonly version: string; readonly hash: string };
  readonly output: SchemeOutput;
  readonly machine: MachineStanding;
}

/** Everything the document says, from a released result. Pure: what it is given is what is frozen. */
export function buildFacts(input: {
  readonly code: string;
  readonly name: string;
  readonly awardingBody: string;
  readonly testedAt: Date;
  readonly timeZone: string;
  readonly issuedAt: Date;
  readonly validUntil: Date;
  readonly result: ReleasedResult;
}): CertificateFacts {
  const { code, name, awardingBody, result } = input;
  const { output, scheme } = result;
  const { overall, parts } = summaryOf(output);
  const common = {
    code,
    name,
    awardingBody,
    examination: schemeById(scheme.id).title,
    schemeId: scheme.id,
    schemeVersion: scheme.version,
    schemeHash: scheme.hash,
    testedOn: calendarDay(input.testedAt, input.timeZone),
    issuedOn: calendarDay(input.issuedAt, "UTC"),
    validUntil: calendarDay(input.validUntil, "UTC"),
  };
  if (output.scheme === "ielp") {
    const { band, cefr } = output.overall;
    return {
      format: 1,
      ...common,
      overall: { band, cefr, group: userGroup(cefr), meaning: overall.meaning },
      sections: ielpSections.map((skill) => ({
        skill,
        band: output.sections[skill].band,
        cefr: output.sections[skill].cefr,
      })),
    };
  }
  const { steps, notes } = workingsOf(output, result.machine);
  const { score, cefr, meaning } = overall;
  return {
    format: 2,
    ...common,
    overall: { score, cefr, group: cefr === null ? null : userGroup(cefr), meaning },
    parts: parts.map(({ id, title, score: given }) => ({ id, title, score: given })),
    steps: steps.map(({ name: step, value }) => ({ name: step, value })),
    notes: [...notes],
  };
}

/** A certificate's facts in one shape, whatever its scheme: what pages, the document and the badge show. */
export interface CertificateView {
  readonly scale: ScoreScale;
  /** “sat the IELP examination in four skills”. */
  readonly sat: string;
  readonly overall: {
    readonly score: string;
    readonly cefr: string | null;
    readonly group: string | null;
    readonly meaning: string;
  };
  readonly parts: readonly {
    readonly id: string;
    readonly title: string;
    readonly score: string;
    readonly cefr: string | null;
  }[];
  readonly notes: readonly string[];
}

export function viewOf(facts: CertificateFacts): CertificateView {
  const { scale, sat, partTitles, notes } = schemeById(facts.schemeId);
  if (facts.format === 2) {
    return {
      scale,
      sat,
      overall: facts.overall,
      parts: facts.parts.map((part) => ({ ...part, cefr: null })),
      notes: facts.notes,
    };
  }
  const { band, ...overall } = facts.overall;
  return {
    scale,
    sat,
    overall: { score: band, ...overall },
    parts: facts.sections.map(({ skill, band: score, cefr }) => ({
      id: skill,
      title: partTitles[skill] ?? skill,
      score,
      cefr,
    })),
    notes: notes(facts.schemeVersion),
  };
}

/** `2026-03-02` */
function calendarDay(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const value = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]));
  return `${value.year}-${value.month}-${value.day}`;
}

const groupLength = 4;
const groups = 4;

/**
 * The code in what somebody typed, scanned or pasted: an address is cut to its last part, case, spaces and hyphens do not
 * matter. Empty when nothing is left.
 */
export function normaliseCode(typed: string): string {
  const lastPart = typed.trim().split(/[?#]/)[0]?.replace(/\/+$/, "").split("/").at(-1) ?? "";
  const plain = safeDecode(lastPart)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  return plain.match(new RegExp(`.{1,${groupLength}}`, "g"))?.join("-") ?? "";
}

/** Whether a normalised code has the shape of one of ours; what has not need not be looked up. */
export function isCode(code: string): boolean {
  return new RegExp(`^[2-9A-HJKMNP-Z]{${groupLength}}(-[2-9A-HJKMNP-Z]{${groupLength}}){${groups - 1}}$`).test(code);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Why a certificate cannot be revoked; null when it can. */
export function refuseRevocation(status: "valid" | "revoked" | "superseded"): string | null {
  if (status === "revoked") return "This certificate has been revoked already.";
  if (status === "superseded") return "This certificate has been replaced: revoke the one that replaced it.";
  return null;
}

/** Why a certificate cannot be issued anew with a corrected name; null when it can. */
export function refuseReissue(
  row: { readonly status: "valid" | "revoked" | "superseded"; readonly validUntil: Date },
  now: Date,
): string | null {
  const status = certificateStatus(row, now);
  if (status === "expired") return "This certificate has expired: a new one would be no more valid.";
  return status === "valid" ? null : "This certificate no longer stands: there is nothing to issue anew.";
}
