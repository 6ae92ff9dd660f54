import type { CommandContext } from "../kernel/context.ts";
import { noticeVersion } from "./schema.ts";
import { type LockedAttempt, moveAttempt } from "./steps.ts";

/** What `admit` and its decision ask of a candidate. */
export const admittedSelect = {
  dateOfBirth: true,
  accommodations: { where: { endedAt: null }, select: { extraTimePercent: true } },
} as const;

/** Checks a candidate in: her consents are written down and her extra time is frozen. */
export async function admit(
  context: CommandContext,
  attempt: LockedAttempt,
  candidate: { readonly accommodations: readonly { readonly extraTimePercent: number }[] },
  guardianName: string | undefined,
  languageModel = false,
): Promise<void> {
  const { tx, now, ids } = context;
  const consent = (kind: "privacy_notice" | "recording" | "guardian" | "language_model") => ({
    id: ids.uuid(),
    personId: attempt.candidateId,
    attemptId: attempt.id,
    kind,
    noticeVersion,
    givenAt: now,
  });
  await tx.consent.createMany({
    data: [
      consent("privacy_notice"),
      consent("recording"),
      ...(languageModel ? [consent("language_model")] : []),
      ...(guardianName ? [{ ...consent("guardian"), guardianName }] : []),
    ],
  });
  // Frozen here: what is granted or ended later does not reach into a sitting that has begun.
  const extraTimePercent = Math.max(0, ...candidate.accommodations.map((entry) => entry.extraTimePercent));
  await moveAttempt(context, attempt, "checked_in", { checkedInAt: now, extraTimePercent });
}
