import { admit, admittedSelect } from "../delivery/admission-steps.ts";
import { decideCheckIn } from "../delivery/rules.ts";
import { layOutAttempt, moveAttempt } from "../delivery/steps.ts";
import { defineCommand, defineSqlCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { type Bands, bands as bandsSchema, criteria } from "./ledger.ts";
import { type Decision, decideAmend, decideBegin, decideTurnAway, isSameName } from "./rules.ts";
import { beginInput, identityInput, interviewInput, marksInput, saveEntriesInput, turnAwayInput } from "./schema.ts";
import { closeInterview, lockHeld, lockInterview, markInterview } from "./steps.ts";

function require(decision: Decision): void {
  if (!decision.ok) throw new AppError("LOCKED", decision.because);
}

/**
 * The name on the document against the name booked. Only where they are the same the candidate is checked in, with her
 * consents. Neither the name nor a number of the document is kept.
 */
export const checkIdentity = defineCommand({
  name: "checkIdentity",
  permission: "interview:hold",
  input: identityInput,
  run: async (context, input) => {
    const { tx, now } = context;
    const attempt = await lockHeld(context, input.attemptId);
    const candidate = await tx.person.findUniqueOrThrow({
      where: { id: attempt.candidateId },
      select: { name: true, ...admittedSelect },
    });
    require(
      decideCheckIn({
        now: now.getTime(),
        sitting: attempt.sitting,
        state: attempt.status,
        dateOfBirth: candidate.dateOfBirth?.getTime() ?? null,
        guardianAge: context.settings.guardianAge,
        ofAge: input.ofAge,
        guardianName: input.guardianName ?? null,
      }),
    );
    if (!isSameName(candidate.name, input.nameOnDocument)) {
      context.audit({
        subjectType: "attempt",
        subjectId: attempt.id,
        action: "identityMismatch",
        detail: { document: input.document },
      });
      return { same: false };
    }
    await admit(context, attempt, candidate, input.guardianName);
    await tx.interview.create({
      data: {
        attemptId: attempt.id,
        examinerId: requirePerson(context.viewer).personId,
        document: input.document,
        identifiedAt: now,
      },
    });
    context.audit({
      subjectType: "attempt",
      subjectId: attempt.id,
      action: "identityChecked",
      detail: { document: input.document },
    });
    return { same: true };
  },
});

const endReasons = {
  absent: "The candidate did not come.",
  identity: "The name on the identity document was not the name booked.",
  "no-consent": "The candidate did not agree to be recorded.",
} as const;

/** No interview: nobody came, or somebody else, or somebody who does not want to be recorded. */
export const turnAwayCandidate = defineCommand({
  name: "turnAwayCandidate",
  permission: "interview:hold",
  input: turnAwayInput,
  run: async (context, { attemptId, because }) => {
    const attempt = await lockHeld(context, attemptId);
    const { startsAt } = attempt.sitting;
    require(decideTurnAway({ now: context.now.getTime(), startsAt, state: attempt.status, because }));
    const to = because === "absent" ? "no_show" : because === "identity" ? "voided" : "cancelled";
    await moveAttempt(context, attempt, to, { endReason: endReasons[because] });
    return { attemptId };
  },
});

/** Allots the interview and sets its clocks going. A repeat after a lost answer changes nothing. */
export const beginInterview = defineCommand({
  name: "beginInterview",
  permission: "interview:hold",
  input: beginInput,
  run: async (context, { attemptId, clientId }) => {
    const attempt = await lockHeld(context, attemptId);
    if (attempt.status === "in_progress") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { attemptId };
    }
    const { startsAt, endsAt, cancelled } = attempt.sitting;
    require(decideBegin({ now: context.now.getTime(), slot: { startsAt, endsAt }, cancelled, state: attempt.status }));
    await layOutAttempt(context, attempt);
    await moveAttempt(context, attempt, "in_progress", {
      startedAt: context.now,
      writerEpoch: 1,
      writerClientId: clientId,
    });
    await context.tx.interview.update({
      where: { attemptId },
      data: { status: "in_progress", startedAt: context.now },
    });
    return { attemptId };
  },
});

/**
 * Appends to the ledger of an interview. Stored is whatever its examiner sends, in any order, whenever it arrives; the same
 * entries again change nothing and are acknowledged again.
 */
export const saveInterviewEntries = defineSqlCommand({
  name: "saveInterviewEntries",
  permission: "interview:hold",
  audit: "ledger",
  input: saveEntriesInput,
  run: async ({ tx, now, viewer }, { attemptId, clientId, entries }) => {
    const { personId } = requirePerson(viewer);
    const [interview] = await tx.$queryRaw<{ started_at: Date | null }[]>`
      select started_at from interview where attempt_id = ${attemptId}::uuid and examiner_id = ${personId}::uuid`;
    if (!interview) throw notFound("This interview");
    if (!interview.started_at) throw new AppError("LOCKED", "This interview has not begun.");
    const begun = interview.started_at.getTime();
    const rows = entries.map(({ sequence, madeAt, value }) => ({
      sequence,
      value,
      // A page's clock may be off by a little: nothing happened before the beginning, or in the future.
      made_at: new Date(Math.max(begun, Math.min(madeAt, now.getTime()))).toISOString(),
      hash: contentHash(value),
    }));
    const clashes = await tx.$queryRaw<{ sequence: number }[]>`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as e(sequence int, value jsonb, made_at timestamptz, hash text)
      ), ins as (
        insert into interview_entry (attempt_id, client_id, sequence, value, made_at, received_at, hash)
        select ${attemptId}::uuid, ${clientId}::uuid, sequence, value, made_at, ${now}::timestamptz, hash
        from input order by sequence
        on conflict (attempt_id, client_id, sequence) do nothing
      )
      select i.sequence from input i
      join interview_entry e on e.attempt_id = ${attemptId}::uuid and e.client_id = ${clientId}::uuid
        and e.sequence = i.sequence
      where e.hash <> i.hash`;
    if (clashes.length > 0) throw conflict("Another entry already has this number.");
    return { stored: entries.map(({ sequence }) => sequence), now: now.getTime() };
  },
});

/** The interview is over and marked: the attempt is handed in, and for a while the marks may still be changed. */
export const finishInterview = defineCommand({
  name: "finishInterview",
  permission: "interview:hold",
  input: marksInput,
  run: async (context, { attemptId, bands, comment }) => {
    const { tx, now } = context;
    const attempt = await lockHeld(context, attemptId);
    const interview = await lockInterview(context, attemptId);
    if (interview.status === "cooling_off" && contentHash(bandsSchema.parse(interview.scores)) === contentHash(bands)) {
      if (interview.comment !== comment) await tx.interview.update({ where: { attemptId }, data: { comment } });
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { amendableUntil: interview.amendableUntil ?? now };
    }
    if (interview.status !== "in_progress" || attempt.status !== "in_progress") {
      throw new AppError("LOCKED", "This interview is not under way.");
    }
    return { amendableUntil: await markInterview(context, attempt, { bands, comment }, "examiner") };
  },
});

export const amendInterview = defineCommand({
  name: "amendInterview",
  permission: "interview:hold",
  input: marksInput,
  run: async (context, { attemptId, bands, comment }) => {
    const interview = await lockInterview(context, attemptId);
    const until = interview.amendableUntil;
    require(
      decideAmend({
        now: context.now.getTime(),
        status: interview.status,
        amendableUntil: until?.getTime() ?? null,
      }),
    );
    await context.tx.interview.update({ where: { attemptId }, data: { scores: bands, comment } });
    context.audit({
      subjectType: "attempt",
      subjectId: attemptId,
      detail: { changed: changedCriteria(bandsSchema.parse(interview.scores), bands) },
    });
    return { amendableUntil: until };
  },
});

/** Which marks were changed, never to what. */
function changedCriteria(before: Bands, after: Bands): string[] {
  return criteria.filter((criterion) => before[criterion] !== after[criterion]);
}

/** The examiner is sure: her marks are final before their time. */
export const makeInterviewFinal = defineCommand({
  name: "makeInterviewFinal",
  permission: "interview:hold",
  input: interviewInput,
  run: async (context, { attemptId }) => {
    const interview = await lockInterview(context, attemptId);
    if (interview.status === "final") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { repeated: true } });
      return { attemptId };
    }
    if (interview.status !== "cooling_off") throw new AppError("LOCKED", "This interview has not been marked yet.");
    await closeInterview(context, attemptId, "examiner");
    return { attemptId };
  },
});

const cardCodeMinutes = 30;

/** A new code that opens the candidate's screen on any device; the one before it is worth nothing from then on. */
export const renewCardCode = defineCommand({
  name: "renewCardCode",
  permission: "interview:hold",
  input: interviewInput,
  run: async (context, { attemptId }) => {
    const interview = await lockInterview(context, attemptId);
    if (interview.status !== "identified" && interview.status !== "in_progress") {
      throw new AppError("LOCKED", "This interview is over.");
    }
    const code = context.ids.code(2);
    const until = new Date(context.now.getTime() + cardCodeMinutes * 60_000);
    await context.tx.interview.update({
      where: { attemptId },
      data: { cardCodeHash: sha256(code), cardCodeExpiresAt: until },
    });
    context.audit({ subjectType: "attempt", subjectId: attemptId, action: "renewCardCode" });
    return { code, until };
  },
});
