import type { Evaluation } from "@bandwise/evaluator/rating";
import type { Context, MachineRater } from "../kernel/context.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { demoteVersion, recordCalibration, storeMachineFeatures, storeMachineRating } from "./machine-commands.ts";
import { getCalibrationWork, getMachineTask, getMachineWatch, listStuckVersions } from "./machine-queries.ts";
import { groupPairs } from "./machine-rules.ts";
import { calibrateMachineJob, machineRatingJob, machineScheme, type VersionReport } from "./machine-schema.ts";
import type { ScoredPair } from "./machine-watch-rules.ts";
import { rateSpokenAnswer } from "./speech-rating.ts";

type Work = NonNullable<Awaited<ReturnType<typeof getCalibrationWork>>>;

/** A weighted kappa of two examiners from fewer scripts is noise, and then it counts as unknown. */
const fewestTwice = 50;

export const machineJobs: readonly JobHandler[] = [
  handleJob(machineRatingJob, async (context, { scriptId }) => {
    const asked = await getMachineTask(context, { scriptId });
    if (asked === null) return;
    const { text, task, rubric, model, entryId } = asked;
    const { evaluation: offline, features } = await context.rater.rate({ kind: "text", text }, task, rubric, model);
    const evaluation = asked.mayLeave ? await askLanguageModel(context, asked, offline) : offline;
    const { rater, inputHash, criteria, evidence, flags } = evaluation.rating;
    await storeMachineRating(context, {
      ...{ scriptId, entryId, rater, inputHash },
      features: isRateable(offline.rating.criteria) ? features : {},
      measures: context.rater.featuresVersion,
      criteria: criteria.map((rated) => ({
        ...rated,
        interval: rated.interval && ([...rated.interval] as [number, number]),
        contributions: [...rated.contributions],
      })),
      evidence: evidence.map(({ start, end, kind, message, suggestion }) => ({
        start,
        end,
        kind,
        message,
        suggestion,
      })),
      flags: [...flags],
      durationMilliseconds: Math.round(evaluation.durationMilliseconds),
    });
  }),
  handleJob(calibrateMachineJob, async (context, { versionId }) => {
    const work = await getCalibrationWork(context, { versionId });
    if (work === null) return;
    if (work.measures === null) {
      await recordCalibration(context, { versionId, outcome: { failure: "no speech-to-text is configured" } });
    } else if (work.toMeasure.length > 0) await measure(context, versionId, { ...work, measures: work.measures });
    else await recordCalibration(context, { versionId, outcome: fit(context.rater, work) });
  }),
];

/** The language model's rating, or the offline one where it gives nothing that can be used: an answer waits for nobody. */
async function askLanguageModel(
  { languageModel }: Context,
  { text, task, rubric }: NonNullable<Awaited<ReturnType<typeof getMachineTask>>>,
  offline: Evaluation,
): Promise<Evaluation> {
  // What cannot be rated at all (empty, in another language, copied) is not sent either.
  if (languageModel === null || offline.rating.criteria.every(({ score }) => score === null)) return offline;
  return languageModel.evaluate({ kind: "text", text }, task, rubric, offline);
}

async function measure(
  context: Context,
  versionId: string,
  { toMeasure, rubric, left, measures }: Work & { readonly measures: string },
): Promise<void> {
  const { lowest, highest } = rubric.scale;
  const asked = { criteria: rubric.criteria.map(({ id }) => id), lowest, highest };
  const measured = await Promise.all(
    toMeasure.map(async ({ scriptId, answer, task }): Promise<Measured> => {
      if (answer?.kind === "text") {
        const { evaluation, features } = await context.rater.rate(answer, task, asked);
        const { inputHash, criteria } = evaluation.rating;
        return { scriptId, inputHash, features: isRateable(criteria) ? features : {} };
      }
      return { scriptId, ...(await hear(context, answer, task)) };
    }),
  );
  // Whatever was measured stays measured, also where the service outside has gone away meanwhile.
  const kept = measured.filter((one) => one.features !== null);
  await storeMachineFeatures(context, {
    ...{ versionId, left: left + measured.length - kept.length, measures },
    measured: kept.map(({ scriptId, inputHash, features }) => ({ scriptId, inputHash, features: { ...features } })),
    goesOn: kept.length === measured.length,
  });
  if (kept.length === measured.length) return;
  const failure = "the speech-to-text gave no answer; what was measured so far is kept for the next try";
  await recordCalibration(context, { versionId, outcome: { failure } });
}

/** What it refuses to rate (too short, another language, copied) it does not learn from either. */
function isRateable(criteria: Evaluation["rating"]["criteria"]): boolean {
  return criteria.some(({ score }) => score !== null);
}

interface Measured {
  readonly scriptId: string;
  readonly inputHash: string;
  /** None of what cannot be rated; null: the service outside gave no answer. */
  readonly features: Readonly<Record<string, number | null>> | null;
}

async function hear(
  context: Context,
  answer: Work["toMeasure"][number]["answer"],
  task: Work["toMeasure"][number]["task"],
): Promise<Omit<Measured, "scriptId">> {
  const unreadable = { inputHash: "unreadable", features: {} };
  if (answer?.kind !== "sound" || (await context.storage.size(answer.storageKey)) === null) return unreadable;
  const content = await context.storage.get(answer.storageKey);
  const heard = await rateSpokenAnswer(
    context,
    { content, mimeType: answer.mimeType, brokenOff: false, task },
    lastTry,
  );
  if ("afterSeconds" in heard || (heard.rating !== null && heard.transcript === null))
    return { inputHash: "", features: null };
  if (heard.rating === null) return unreadable;
  const { inputHash, criteria } = heard.rating;
  return { inputHash, features: isRateable(criteria) ? heard.features : {} };
}
/** A version being made asks once: the admin sees that it failed, and may ask again. */
const lastTry = Number.POSITIVE_INFINITY;

/** Refits the shipped model to the examiners' marks, and holds it against the gate on responses it had not seen. */
function fit(
  rater: MachineRater,
  { rows, rubric, number, scheme, measures }: Work,
): Parameters<typeof recordCalibration>[1]["outcome"] {
  const criteria = rubric.criteria.map(({ id }) => id);
  try {
    const { model, report } = rater.calibrate(
      scheme === "ielp" ? rater.writingModel : rater.speakingModel,
      rows.map(({ scriptId, candidateId, itemVersionId, features, scores }) => ({
        ...{ id: scriptId, candidate: candidateId, prompt: itemVersionId, features, scores },
      })),
      criteria,
      rubric.scale,
      String(number),
    );
    const byId = new Map(rows.map((row) => [row.scriptId, row]));
    return {
      raterHash: (scheme === "ielp" ? rater.versionOf(model) : rater.speechVersionOf(model)).hash,
      model: { ...model, norms: { ...model.norms }, criteria: copied(model.criteria) },
      responses: rows.length,
      report: {
        measures,
        criteria: report.map(({ criterion, unseen, agreement, predictions }): VersionReport["criteria"][number] => {
          const seen = predictions.flatMap(({ id, predicted, score }) => {
            const row = id === null ? undefined : byId.get(id);
            return row ? [{ row, pair: { machine: predicted, human: score } }] : [];
          });
          const subgroups = (["firstLanguage", "level"] as const).flatMap((key) =>
            groupPairs(
              seen,
              ({ row }) => (key === "level" ? `level ${row.level}` : row.firstLanguage),
              ({ pair }) => [pair],
            ).map(({ name, pairs }) => ({ name, agreement: agreementIn(rater, pairs, rubric.scale) })),
          );
          const humanKappa = kappaOfExaminers(rater, rows, criterion, rubric.scale);
          const { failures, unjudged } = rater.decideGate({ machine: agreement, humanKappa, subgroups });
          return {
            ...{ criterion, unseen, agreement, humanKappa, subgroups },
            ...{ failures: [...failures], unjudged: [...unjudged] },
          };
        }),
      },
    };
  } catch (error) {
    // Too few responses, or all of one candidate: told, not tried again.
    if (error instanceof RangeError) return { failure: error.message };
    throw error;
  }
}

function copied(criteria: ReturnType<MachineRater["calibrate"]>["model"]["criteria"]) {
  return Object.fromEntries(
    Object.entries(criteria).map(([id, { base, weights, standardError }]) => [
      id,
      { base, weights: { ...weights }, standardError },
    ]),
  );
}

function agreementIn(rater: MachineRater, pairs: readonly ScoredPair[], scale: Work["rubric"]["scale"]) {
  return rater.agreementOf(
    pairs.map(({ machine }) => machine),
    pairs.map(({ human }) => human),
    scale,
  );
}

function kappaOfExaminers(
  rater: MachineRater,
  rows: Work["rows"],
  criterion: string,
  scale: Work["rubric"]["scale"],
): number | null {
  const twice = rows.flatMap(({ twice: marks }) => {
    const [first, second] = [marks?.[0][criterion], marks?.[1][criterion]];
    return first === undefined || second === undefined ? [] : [[first, second] as const];
  });
  if (twice.length < fewestTwice) return null;
  return rater.quadraticKappa(
    twice.map(([first]) => first),
    twice.map(([, second]) => second),
    scale,
  );
}

/** Every hour the versions in use are held against what examiners gave beside them. */
export const machineSweep: Sweep = {
  name: "marking.watch-machine",
  everySeconds: 3600,
  run: async (context) => {
    for (const scheme of machineScheme.options) {
      const watch = await getMachineWatch(context, { scheme });
      if (!watch || watch.broken.length === 0) continue;
      await demoteVersion(context, { versionId: watch.versionId, reason: watch.broken.join("; ").slice(0, 500) });
    }
    for (const versionId of await listStuckVersions(context, {})) {
      await recordCalibration(context, { versionId, outcome: { failure: "it did not come to an end" } });
    }
  },
};
