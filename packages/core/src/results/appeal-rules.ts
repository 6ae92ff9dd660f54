import { summaryOf } from "../schemes/rules.ts";
import type { SchemeOutput } from "../schemes/schema.ts";

/** Each state of an appeal, who may move it on and where to; what is not here cannot happen. */
const transitions = {
  /** Waits for an admin; the candidate may still take it back. */
  asked: { start: "marking", withdraw: "withdrawn", decline: "declined" },
  /** Senior examiners mark anew. */
  marking: { confirm: "unchanged", find: "marked" },
  /** The new marks make another result: two admins release it. */
  marked: { replace: "changed" },
  changed: {},
  unchanged: {},
  withdrawn: {},
  declined: {},
} as const;
export type AppealStatus = keyof typeof transitions;
export type AppealStep = "start" | "withdraw" | "decline" | "confirm" | "find" | "replace";

/** Where a step leads from a state; null where it may not be taken. */
export function nextAppealStatus(from: AppealStatus, step: AppealStep): AppealStatus | null {
  const steps: Partial<Record<AppealStep, AppealStatus>> = transitions[from];
  return steps[step] ?? null;
}

/** What a programme says about appeals where its blueprint says nothing. */
export const standardAppeals = { withinDays: 28, answerWithinDays: 21, fee: true } as const;
export interface AppealTerms {
  /** After the release. */
  readonly withinDays: number;
  /** After it was asked. */
  readonly answerWithinDays: number;
  /** Whether marking begins only once the fee is paid or waived. */
  readonly fee: boolean;
}

export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000);
}

/** Why a released result cannot be appealed against, in words for its candidate; null when it can. */
export function refuseAppeal(
  result: {
    readonly status: string;
    readonly releasedAt: Date | null;
    /** It came of an appeal against marks that a person had given: two people have heard it. */
    readonly fromAppeal: boolean;
    /** States of the appeals against it so far. */
    readonly appeals: readonly AppealStatus[];
    /** Skills with marks that somebody gave. */
    readonly rated: readonly string[];
  },
  asked: readonly string[],
  terms: AppealTerms,
  now: Date,
): string | null {
  if (result.status !== "released" || result.releasedAt === null)
    return "Only a result that stands can be marked anew.";
  if (result.fromAppeal) return "This result comes of a re-mark: it is final.";
  if (result.appeals.some((status) => status !== "withdrawn" && status !== "declined")) {
    return "You have asked for this already.";
  }
  if (now > daysAfter(result.releasedAt, terms.withinDays)) {
    return `A re-mark can be asked for within ${terms.withinDays} days of the release.`;
  }
  if (result.rated.length === 0) return "Nobody's marks are part of this result: there is nothing to mark anew.";
  const strange = asked.find((skill) => !result.rated.includes(skill));
  return strange === undefined ? null : `Nobody has marked your ${strange}: there is nothing to mark anew.`;
}

/** Why marking cannot begin; null when it can. */
export function refuseStart(appeal: { readonly status: AppealStatus; readonly fee: string }): string | null {
  if (nextAppealStatus(appeal.status, "start") === null) return "It is past that.";
  return appeal.fee === "due" ? "The fee is due: note that it was paid, or waive it." : null;
}

interface ComparedOutcome {
  readonly overallHundredths: number;
  readonly cefr: string | null;
  readonly output: unknown;
}

/** Whether a candidate would read the same off two results: the overall score and level, and those of every section or criterion. */
export function sameOutcome(one: ComparedOutcome, other: ComparedOutcome): boolean {
  return (
    one.overallHundredths === other.overallHundredths &&
    one.cefr === other.cefr &&
    JSON.stringify(partsShown(one)) === JSON.stringify(partsShown(other))
  );
}

function partsShown({ output }: ComparedOutcome): unknown {
  return summaryOf(output as SchemeOutput).parts;
}
