import { formatHalfUp, mean, rational } from "@bandwise/scoring/rational";
import { IET_SPEAKING, type IetCriterion } from "@bandwise/scoring/schemes/iet-speaking";
import { z } from "zod";
import { speakingContent } from "../bank/speaking-schema.ts";
import { followUpsOf } from "../delivery/rules.ts";
import { blueprint } from "../delivery/schema.ts";
import { ownAttempts } from "../delivery/scope.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { scriptOutcome } from "../marking/policy-schema.ts";
import { markedRecording } from "../marking/rules.ts";
import { feedbackOf } from "../marking/speech-feedback.ts";
import { machineCriteria, machineEvidence, storedTranscript } from "../marking/speech-schema.ts";

import { type ResultInputs, resultInputs } from "./schema.ts";

/** Where one answer stands on its way to a score. */
export type SpeakingTaskState = "sound" | "machine" | "examiner" | "rated" | "unanswered";

interface ReportedCriterion {
  readonly id: IetCriterion;
  readonly title: string;
  /** Two decimals; null while nobody has given one. */
  readonly score: string | null;
  readonly by: "machine" | "examiner" | null;
  /** Why the machine has none. */
  readonly reason: string | null;
}

/**
 * An `iet-speaking` attempt as its candidate watches it being rated and reads it afterwards: each task with what was measured,
 * who gave which score, what was noticed where, and the result once it is released.
 */
export const getSpeakingReport = defineQuery({
  name: "getSpeakingReport",
  permission: "result:own",
  input: z.object({ attemptId: z.uuid() }),
  run: async (context, { attemptId }) => {
    const attempt = await context.db.attempt.findFirst({
      where: { AND: [{ id: attemptId }, ownAttempts(context.viewer)] },
      select: {
        id: true,
        candidateId: true,
        status: true,
        reference: true,
        receipt: true,
        submittedAt: true,
        sitting: {
          select: { centre: { select: { timeZone: true } }, programme: { select: { title: true, blueprint: true } } },
        },
        results: {
          where: { status: "released" },
          orderBy: { version: "desc" },
          take: 1,
          select: {
            id: true,
            inputs: true,
            output: true,
            releasedAt: true,
            certificates: { where: { status: "valid" }, select: { code: true }, take: 1 },
          },
        },
        items: {
          where: { skill: "speaking" },
          orderBy: { position: "asc" },
          select: {
            id: true,
            position: true,
            itemVersion: { select: { content: true } },
            response: { select: { value: true } },
            recordings: { select: { id: true, take: true, status: true, durationSeconds: true } },
            plays: { select: { number: true } },
            replies: { select: { turn: true, rule: true, words: true } },
            script: {
              select: {
                status: true,
                criteria: true,
                outcome: true,
                machineRatings: { orderBy: { createdAt: "desc" }, take: 1 },
              },
            },
          },
        },
      },
    });
    if (!attempt?.submittedAt) throw notFound("This attempt");
    if (blueprint.parse(attempt.sitting.programme.blueprint).scheme !== "iet-speaking") throw notFound("This report");
    const [result] = attempt.results;
    const counted = result && resultInputs.parse(result.inputs).tasks;
    const tasks = attempt.items.map((item) => {
      const content = speakingContent.parse(item.itemVersion.content);
      const [machine] = item.script?.machineRatings ?? [];
      // Where examiners mark all of it, the machine's scores say nothing.
      const counts = scriptOutcome.safeParse(item.script?.outcome).data?.machine !== undefined;
      const open = item.script !== null && item.script.criteria.length === 0 && !counts;
      const ratings = counted?.find(({ attemptItemId }) => attemptItemId === item.id)?.ratings ?? null;
      const measured = machineCriteria.catch([]).parse(machine?.criteria);
      const recording = markedRecording(item.recordings, item.response?.value);
      return {
        position: item.position,
        title: "title" in content ? content.title : "",
        state: stateOf(item),
        recording: recording && { id: recording.id, durationSeconds: recording.durationSeconds },
        criteria: IET_SPEAKING.criteria.map((id): ReportedCriterion => {
          const own = measured.find(({ criterion }) => criterion === id);
          const shown = ratings ? countedScore(ratings, id) : measuredScore(open ? null : (own?.score ?? null));
          return { id, title: IET_SPEAKING.criterionTitles[id], ...shown, reason: own?.reason ?? null };
        }),
        measured,
        /** What the partner of a conversation said between its turns: what was answered to. */
        followUps: content.type === "dialogue" ? followUpsOf(item) : [],
        evidence: z.array(machineEvidence).catch([]).parse(machine?.evidence),
        flags: machine?.flags ?? [],
        text:
          storedTranscript
            .nullable()
            .catch(null)
            .parse(machine?.transcript ?? null)?.text ?? null,
        validated: machine?.validated ?? false,
      };
    });
    const rated = tasks.filter(({ measured }) => measured.length > 0);
    const earlier = await context.db.result.findMany({
      where: {
        status: "released",
        schemeId: IET_SPEAKING.id,
        releasedAt: { not: null },
        attempt: { candidateId: attempt.candidateId, id: { not: attemptId }, submittedAt: { lt: attempt.submittedAt } },
      },
      orderBy: { releasedAt: "desc" },
      take: 5,
      select: { id: true, output: true, releasedAt: true },
    });
    return {
      attemptId: attempt.id,
      title: attempt.sitting.programme.title,
      timeZone: attempt.sitting.centre.timeZone,
      reference: attempt.reference,
      receipt: attempt.receipt,
      submittedAt: attempt.submittedAt,
      status: attempt.status,
      /** Still moving by itself: the page looks again in a few seconds. */
      moving:
        tasks.some(({ state }) => state === "sound" || state === "machine") ||
        attempt.status === "marked" ||
        (result?.certificates.length === 0 && justReleased(result.releasedAt, context.clock.now())),
      withExaminer: tasks.some(({ state }) => state === "examiner"),
      machineRated: tasks.some(({ criteria }) => criteria.some(({ by }) => by === "machine")),
      validated: rated.length > 0 && rated.every(({ validated }) => validated),
      tasks: tasks.map(({ measured: _measured, ...task }) => task),
      feedback: feedbackOf(rated.map(({ measured, evidence, text }) => ({ criteria: measured, evidence, text }))),
      result: result
        ? { id: result.id, certificate: result.certificates[0]?.code ?? null, ...releasedOutput.parse(result.output) }
        : null,
      /** Results of attempts before this one, newest first. */
      earlier: earlier.map(({ id, output, releasedAt }) => ({ id, releasedAt, ...releasedOutput.parse(output) })),
    };
  },
});
export type SpeakingReport = Awaited<ReturnType<typeof getSpeakingReport>>;

type Shown = Pick<ReportedCriterion, "score" | "by">;

/** Before the release the machine's alone: what examiners give is not out until then. */
function measuredScore(score: number | null): Shown {
  return { score: score?.toFixed(2) ?? null, by: score === null ? null : "machine" };
}

/** As it counts in the result: the mean of the ratings that have the criterion. */
function countedScore(ratings: ResultInputs["tasks"][number]["ratings"], id: IetCriterion): Shown {
  const held = ratings.filter(({ scores }) => scores[id] !== undefined);
  if (held.length === 0) return { score: null, by: null };
  const hundredths = held.map(({ scores }) => rational(Math.round((scores[id] ?? 0) * 100), 100));
  const byPeople = held.some(({ ratingId }) => ratingId !== null);
  const byMachine = held.some(({ machineRatingId }) => machineRatingId !== null);
  return { score: formatHalfUp(mean(hundredths), 2), by: byPeople ? "examiner" : byMachine ? "machine" : null };
}

/** A certificate follows its result within seconds; where it does not, there is nothing to wait for. */
function justReleased(releasedAt: Date | null, now: Date): boolean {
  return releasedAt !== null && now.getTime() - releasedAt.getTime() < 60_000;
}

const releasedOutput = z.object({
  overall: z.string(),
  cefr: z.string(),
  descriptor: z.string(),
  tasks: z.array(z.string()),
});

function stateOf(item: {
  readonly recordings: readonly { readonly status: string }[];
  readonly script: { readonly status: string } | null;
}): SpeakingTaskState {
  const heard = item.recordings.some(({ status }) => status !== "discarded");
  if (!heard) return "unanswered";
  if (!item.script) return "sound";
  if (item.script.status === "with_machine") return "machine";
  return item.script.status === "settled" ? "rated" : "examiner";
}
