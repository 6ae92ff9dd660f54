import type { Prisma } from "@bandwise/db/client";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict } from "../kernel/errors.ts";
import { features } from "./machine-schema.ts";
import { findPromoted } from "./machine-steps.ts";
import { combineRule, schemeOf } from "./policy-rules.ts";
import { type ScriptOutcome, scriptPolicy } from "./policy-schema.ts";
import { missingCriteria } from "./speech-rules.ts";
import { rateSpeechJob, speechVerdict, storedTranscript } from "./speech-schema.ts";
import { finishMarkingIfDone, lockAttemptRow } from "./steps.ts";

/** The speech-to-text is away for a moment: the same answer again, a little later. */
export const deferSpeechRating = defineCommand({
  name: "deferSpeechRating",
  permission: "marking:sweep",
  input: z.object({ scriptId: z.uuid(), tries: z.number().int(), afterSeconds: z.number().int().min(1) }),
  run: async (context, { scriptId, tries, afterSeconds }) => {
    context.enqueue(rateSpeechJob, { scriptId, tries }, { startAfterSeconds: afterSeconds });
    context.audit({ subjectType: "script", subjectId: scriptId, detail: { tries, afterSeconds } });
  },
});

/**
 * Keeps what the machine made of an answer. Where every criterion has a score the script is settled by it; what has none goes
 * to an examiner, that alone. Runs again without effect: the script is with the machine only once.
 */
export const storeSpeechRating = defineCommand({
  name: "storeSpeechRating",
  permission: "marking:sweep",
  input: z.object({
    scriptId: z.uuid(),
    recordingId: z.uuid().nullable(),
    /** Null: nothing could be measured at all. */
    verdict: speechVerdict.nullable(),
    transcript: storedTranscript.nullable(),
    /** Everything measured of it, for calibration; null without a transcript. */
    measured: z.strictObject({ measures: z.string(), features }).nullable(),
    durationMilliseconds: z.number().int().min(0),
    failure: z.string().max(300).nullable(),
  }),
  run: async (context, input) => {
    const { tx, now, ids } = context;
    const { scriptId, verdict } = input;
    const script = await tx.script.findUnique({
      where: { id: scriptId },
      select: { status: true, version: true, attemptId: true, policy: true, ratingsNeeded: true },
    });
    if (script?.status !== "with_machine" || script.attemptId === null) {
      context.audit({ subjectType: "script", subjectId: scriptId, detail: { unchanged: true } });
      return { script: "unchanged" as const };
    }
    await lockAttemptRow(tx, script.attemptId);
    // The same version gives the same sound the same rating: it is kept once, whichever recording it is asked about.
    const same = verdict && { scriptId, raterHash: verdict.rater.hash, inputHash: verdict.inputHash };
    const kept = same && (await tx.machineRating.findFirst({ where: same, select: { id: true } }));
    const machineRatingId = kept?.id ?? ids.uuid();
    const measures = input.measured?.measures ?? null;
    if (verdict && input.measured) {
      const measured = { inputHash: verdict.inputHash, ...input.measured };
      await tx.machineFeatures.upsert({ where: { scriptId }, create: { scriptId, ...measured }, update: measured });
    }
    if (verdict && !kept) {
      const promoted = await findPromoted(tx, "iet-speaking");
      await tx.machineRating.create({
        data: {
          id: machineRatingId,
          scriptId,
          raterId: verdict.rater.id,
          raterVersion: verdict.rater.version,
          raterHash: verdict.rater.hash,
          inputHash: verdict.inputHash,
          recordingId: input.recordingId,
          basis: verdict.criteria.find(({ basis }) => basis !== "none")?.basis ?? "none",
          criteria: verdict.criteria satisfies Prisma.InputJsonArray,
          evidence: verdict.evidence satisfies Prisma.InputJsonArray,
          flags: verdict.flags,
          ...(input.transcript && { transcript: input.transcript as Prisma.InputJsonObject }),
          durationMilliseconds: input.durationMilliseconds,
          validated: promoted !== null && promoted.raterHash === verdict.rater.hash && promoted.measures === measures,
          createdAt: now,
        },
      });
    }
    const missing = missingCriteria(verdict, IET_SPEAKING.criteria);
    const policy = scriptPolicy.nullable().parse(script.policy);
    const outcome: ScriptOutcome = {
      counting: [],
      machine: machineRatingId,
      rule: "machine",
      combine: combineRule(schemeOf(script.policy)),
      difference: null,
      policy: policy && { programme: policy.programme, version: policy.version },
      second: null,
    };
    // A policy may send all answers, or a sample, to two examiners as well: then their marks count, and the machine's, which
    // they do not see, is what it is calibrated and watched by.
    const besides = script.ratingsNeeded > 1;
    const settled = missing.length === 0 && !besides;
    const moved = await tx.script.updateMany({
      where: { id: scriptId, version: script.version },
      data: {
        version: { increment: 1 },
        ...(settled
          ? { status: "settled", settledAt: now, outcome }
          : {
              status: "waiting",
              criteria: besides || missing.length === IET_SPEAKING.criteria.length ? [] : missing,
            }),
      },
    });
    if (moved.count === 0) throw conflict();
    context.audit({
      subjectType: "script",
      subjectId: scriptId,
      detail: {
        machineRatingId: verdict && machineRatingId,
        to: settled ? "settled" : "waiting",
        missing,
        failure: input.failure,
      },
    });
    if (settled) await finishMarkingIfDone(context, script.attemptId);
    return { script: settled ? ("settled" as const) : ("waiting" as const) };
  },
});
