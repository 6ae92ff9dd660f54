import { z } from "zod";
import { writingTask } from "../bank/schema.ts";
import type { MachineRater } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import {
  askedOf,
  brokenPromises,
  fewestWatched,
  groupPairs,
  machineMark,
  mostWatched,
  type ScoredPair,
} from "./machine-rules.ts";
import { features, machineCriterion, machinePlace, versionInput, versionReport } from "./machine-schema.ts";
import { confirmedResponses, findPromoted, machineRubric, meanScores } from "./machine-steps.ts";
import { countingRatings } from "./policy-rules.ts";
import { readText } from "./rules.ts";
import { scoreProgress } from "./schema.ts";

/** What the machine is asked about a script: the answer as it stands, the task, the rubric, and the version in use. */
export const getMachineTask = defineQuery({
  name: "getMachineTask",
  permission: "marking:sweep",
  input: z.object({ scriptId: z.uuid() }),
  run: async ({ db, rater, settings }, { scriptId }) => {
    const [script, promoted, rubric] = await Promise.all([
      db.script.findUnique({
        where: { id: scriptId, skill: machinePlace.skill, purpose: "live" },
        select: {
          attempt: { select: { sitting: { select: { programme: { select: { name: true } } } } } },
          attemptItem: {
            select: {
              itemVersion: { select: { content: true } },
              response: { select: { value: true, entryId: true } },
            },
          },
        },
      }),
      findPromoted(db),
      machineRubric(db),
    ]);
    const programme = script?.attempt?.sitting.programme.name ?? "";
    const item = script?.attemptItem;
    const text = readText(item?.response?.value);
    if (!item || text.trim() === "") return null;
    return {
      text,
      entryId: item.response ? String(item.response.entryId) : null,
      task: askedOf(writingTask.shape.content.parse(item.itemVersion.content)),
      rubric: {
        criteria: rubric.criteria.map(({ id }) => id),
        lowest: rubric.scale.lowest,
        highest: rubric.scale.highest,
        descriptors: Object.fromEntries(
          rubric.criteria.map(({ id, descriptors }) => [
            id,
            descriptors.map(({ score, text: words }) => ({ score, text: words })),
          ]),
        ),
      },
      /** Candidates of this programme have agreed that a language model elsewhere reads them; a calibrated version goes first. */
      mayLeave: promoted === null && (settings.languageModel?.programmes.includes(programme) ?? false),
      model: promoted?.model ?? rater.writingModel,
    };
  },
});

/** Which services outside get answers here, by their host: told to everybody who may be concerned. */
export const listRecipients = defineQuery({
  name: "listRecipients",
  permission: "account:open",
  input: z.object({}),
  run: async ({ settings: { speechToText, languageModel } }) => ({
    recordings: speechToText === null || speechToText.kind === "whisper" ? null : new URL(speechToText.url).host,
    texts: languageModel && { host: new URL(languageModel.url).host, programmes: languageModel.programmes },
  }),
});

/** Measured between two answers of the queue: a few seconds of work. */
const measuredAtOnce = 40;

/** Where the making of a version stands: responses still to be measured, or all that it learns from. */
export const getCalibrationWork = defineQuery({
  name: "getCalibrationWork",
  permission: "marking:sweep",
  input: versionInput,
  run: async ({ db, rater }, { versionId }) => {
    const version = await db.machineVersion.findFirst({
      where: { id: versionId, status: "measuring" },
      select: { number: true },
    });
    if (!version) return null;
    const [confirmed, rubric] = await Promise.all([confirmedResponses(db), machineRubric(db)]);
    const isMeasured = ({ features: found }: (typeof confirmed)[number]) => found?.measures === rater.featuresVersion;
    // Erased words can no longer be measured.
    const unmeasured = confirmed.filter((response) => !isMeasured(response) && response.text.trim() !== "");
    return {
      number: version.number,
      rubric,
      left: Math.max(0, unmeasured.length - measuredAtOnce),
      toMeasure: unmeasured.slice(0, measuredAtOnce),
      rows: confirmed
        .filter(isMeasured)
        .map((response) => ({ ...response, features: features.parse(response.features?.features) })),
    };
  },
});

/** Live scripts that both have rated: the examiners' mean, and the machine blind beside them. */
async function ratedByBoth(
  { db, since }: { db: Parameters<typeof confirmedResponses>[0] & Parameters<typeof machineRubric>[0]; since: Date },
  take: number,
  raterHash?: string,
) {
  const rubric = await machineRubric(db);
  const scripts = await db.script.findMany({
    where: {
      ...{ purpose: "live", skill: machinePlace.skill, settledAt: { gte: since } },
      machineRatings: { some: raterHash === undefined ? {} : { raterHash } },
      ratings: { some: { status: "final", cannotMark: null, rubric: { scheme: machinePlace.scheme } } },
    },
    orderBy: [{ settledAt: "desc" }, { id: "desc" }],
    take,
    select: {
      level: true,
      outcome: true,
      settledAt: true,
      attempt: { select: { candidate: { select: { firstLanguage: true } } } },
      attemptItem: { select: { itemVersion: { select: { content: true } } } },
      ratings: { where: { status: "final", cannotMark: null }, select: { id: true, scores: true } },
      machineRatings: {
        where: raterHash === undefined ? {} : { raterHash },
        orderBy: { createdAt: "desc" },
        take: 1,
        select: { raterId: true, raterVersion: true, criteria: true },
      },
    },
  });
  const title = z.object({ title: z.string() }).catch({ title: "" });
  const rows = scripts.flatMap((script) => {
    const [machine] = script.machineRatings;
    const human = meanScores(countingRatings(script).map(({ scores }) => scoreProgress.parse(scores)));
    const marks = machine && machineMark(rubric, machineCriterion.array().parse(machine.criteria));
    if (!machine || !marks) return [];
    return {
      version: `${machine.raterId} ${machine.raterVersion}`,
      level: script.level,
      firstLanguage: script.attempt?.candidate.firstLanguage ?? "not told",
      task: title.parse(script.attemptItem?.itemVersion.content).title,
      month: script.settledAt?.toISOString().slice(0, 7) ?? "",
      pairs: new Map(
        rubric.criteria.flatMap(({ id }) => {
          const [m, h] = [marks[id], human[id]];
          return m === undefined || h === undefined ? [] : [[id, { machine: m, human: h }] as const];
        }),
      ),
    };
  });
  return { rubric, rows };
}

/** What broke of the version in use, on the newest that it and examiners have rated; null where none is in use. */
export const getMachineWatch = defineQuery({
  name: "getMachineWatch",
  permission: "marking:sweep",
  input: z.object({}),
  run: async ({ db, rater }) => {
    const promoted = await findPromoted(db);
    if (!promoted?.raterHash) return null;
    const { rubric, rows } = await ratedByBoth({ db, since: new Date(0) }, mostWatched, promoted.raterHash);
    const watched = rubric.criteria.map(({ id, name }) => {
      const pairs = rows.flatMap((row) => row.pairs.get(id) ?? []);
      return { criterion: name, agreement: agreementIn(rater, pairs, rubric.scale) };
    });
    return { versionId: promoted.id, broken: brokenPromises(watched, rater.gateLimits) };
  },
});

function agreementIn(
  rater: Pick<MachineRater, "agreementOf">,
  pairs: readonly ScoredPair[],
  scale: { readonly lowest: number; readonly highest: number; readonly step: number },
) {
  return rater.agreementOf(
    pairs.map(({ machine }) => machine),
    pairs.map(({ human }) => human),
    scale,
  );
}

const shownDays = 365;
const mostShown = 3000;
const mostGroups = 12;

/** The machine's page: its versions with what each showed, and how it agrees with examiners in use. */
export const getMachineMarking = defineQuery({
  name: "getMachineMarking",
  permission: "marking:lead",
  input: z.object({}),
  run: async ({ db, clock, rater, speechToText }) => {
    const now = clock.now();
    const since = new Date(now.getTime() - shownDays * 86_400_000);
    const [versions, confirmed, { rubric, rows }] = await Promise.all([
      db.machineVersion.findMany({
        where: machinePlace,
        orderBy: { number: "desc" },
        take: 50,
        select: {
          ...{ id: true, number: true, status: true, gatePassed: true, report: true, responses: true, measured: true },
          ...{ createdAt: true, fittedAt: true, promotedAt: true, endedAt: true, endReason: true },
          createdBy: { select: { name: true } },
        },
      }),
      db.script.count({
        where: {
          ...{ purpose: "live", skill: machinePlace.skill, status: "settled" },
          ratings: { some: { status: "final", cannotMark: null, rubric: { scheme: machinePlace.scheme } } },
        },
      }),
      ratedByBoth({ db, since }, mostShown),
    ]);
    const all = (row: (typeof rows)[number]) => [...row.pairs.values()];
    const by = (key: "version" | "level" | "firstLanguage" | "task" | "month") =>
      groupPairs(rows, (row) => row[key], all)
        .slice(0, mostGroups)
        .map(({ name, pairs }) => ({
          name,
          // The criteria of one answer stand or fall together.
          responses: rows.filter((row) => row[key] === name).length,
          agreement: agreementIn(rater, pairs, rubric.scale),
        }));
    return {
      now,
      gate: rater.gateLimits,
      fewestWatched,
      speechToText: speechToText && { id: speechToText.id, version: speechToText.version },
      confirmed,
      rated: rows.length,
      criteria: rubric.criteria.map(({ id, name }) => ({
        id,
        name,
        agreement: agreementIn(
          rater,
          rows.flatMap((row) => row.pairs.get(id) ?? []),
          rubric.scale,
        ),
      })),
      groups: {
        version: by("version"),
        level: by("level"),
        firstLanguage: by("firstLanguage"),
        task: by("task"),
        month: by("month").sort((a, b) => a.name.localeCompare(b.name)),
      },
      versions: versions.map(({ report, createdBy, ...version }) => ({
        ...version,
        createdBy: createdBy.name,
        report: versionReport.nullable().catch(null).parse(report),
      })),
    };
  },
});
