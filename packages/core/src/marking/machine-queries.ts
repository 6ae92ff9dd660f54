import { z } from "zod";
import { writingTask } from "../bank/schema.ts";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { askedOf, brokenPromises, fewestWatched, meanScores, mostWatched, nearestStep } from "./machine-rules.ts";
import {
  features,
  type MachineScheme,
  machineCriterion,
  machinePlaces,
  machineScheme,
  placeInput,
  versionInput,
  versionReport,
} from "./machine-schema.ts";
import { confirmedResponses, confirmedWhere, findPromoted, machineRubric } from "./machine-steps.ts";
import { agreementOfAnswers, type ComparedAnswer, driftOver, groupAnswers } from "./machine-watch-rules.ts";
import { countingRatings, inForce, standardPolicyOf } from "./policy-rules.ts";
import { type PolicyData, policyData, scriptPolicy } from "./policy-schema.ts";
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
        where: { id: scriptId, skill: machinePlaces.ielp.skill, purpose: { in: ["live", "seed"] } },
        select: {
          policy: true,
          benchmark: { select: { task: true, answer: true } },
          attemptItem: {
            select: {
              itemVersion: { select: { content: true } },
              response: { select: { value: true, entryId: true } },
            },
          },
        },
      }),
      findPromoted(db, "ielp"),
      machineRubric(db, "ielp"),
    ]);
    const programme = scriptPolicy.nullable().parse(script?.policy ?? null)?.programme ?? "";
    const item = script?.attemptItem;
    const seed = script?.benchmark;
    const text = readText(seed ? seed.answer : item?.response?.value);
    const content = seed ? seed.task : item?.itemVersion.content;
    if (text.trim() === "") return null;
    return {
      text,
      entryId: item?.response ? String(item.response.entryId) : null,
      task: askedOf(writingTask.shape.content.parse(content)),
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
  run: async ({ db, settings: { speechToText, languageModel, partner, partnerVoice } }) => {
    const named = [...(languageModel?.programmes ?? []), ...(partner?.programmes ?? [])];
    const rows = await db.programme.findMany({
      where: { name: { in: named } },
      orderBy: { version: "asc" },
      select: { name: true, title: true },
    });
    // The newest version of a name comes last and stays.
    const titles = new Map(rows.map(({ name, title }) => [name, title]));
    const receiver = ({ url, programmes }: { url: string; programmes: readonly string[] }) => ({
      host: new URL(url).host,
      programmes: programmes.map((name) => titles.get(name) ?? name),
    });
    return {
      recordings: speechToText === null || speechToText.kind === "whisper" ? null : new URL(speechToText.url).host,
      texts: languageModel && receiver(languageModel),
      conversations: partner && receiver(partner),
      /** Gets what a partner asks back, to speak it. */
      questions: partnerVoice && new URL(partnerVoice.url).host,
    };
  },
});

/** Measured between two answers of the queue: a few seconds of work; speech has to be heard by a service outside first. */
const measuredAtOnce: Readonly<Record<MachineScheme, number>> = { ielp: 40, "iet-speaking": 4 };

/** Where the making of a version stands: responses still to be measured, or all that it learns from. */
export const getCalibrationWork = defineQuery({
  name: "getCalibrationWork",
  permission: "marking:sweep",
  input: versionInput,
  run: async ({ db, rater, speechToText }, { versionId }) => {
    const version = await db.machineVersion.findFirst({
      where: { id: versionId, status: "measuring" },
      select: { number: true, scheme: true },
    });
    if (!version) return null;
    const scheme = machineScheme.parse(version.scheme);
    const [confirmed, rubric] = await Promise.all([confirmedResponses(db, scheme), machineRubric(db, scheme)]);
    const measures = measuresNow({ rater, speechToText }, scheme);
    const isMeasured = ({ features: found }: (typeof confirmed)[number]) => found?.measures === measures;
    const unmeasured = confirmed.filter((response) => !isMeasured(response) && response.answer !== null);
    const atOnce = measuredAtOnce[scheme];
    return {
      number: version.number,
      scheme,
      rubric,
      /** Null: without a speech-to-text there is nothing to learn from. */
      measures,
      left: Math.max(0, unmeasured.length - atOnce),
      toMeasure: unmeasured.slice(0, atOnce),
      rows: confirmed
        .filter(isMeasured)
        .map((response) => ({ ...response, features: features.parse(response.features?.features) }))
        // What could not be read once is kept as such, so that it is not tried for ever, and teaches nothing.
        .filter((response) => Object.keys(response.features).length > 0),
    };
  },
});

/** What this installation measures with today; null where it cannot measure. */
export function measuresNow(
  { rater, speechToText }: Pick<Context, "rater" | "speechToText">,
  scheme: MachineScheme,
): string | null {
  if (scheme === "ielp") return rater.featuresVersion;
  return speechToText && rater.speechMeasuresOf(speechToText);
}

/** Live scripts that both have rated: the examiners' mean, and the machine blind beside them. */
async function ratedByBoth(
  db: Context["db"],
  { scheme, since, take, raterHash }: { scheme: MachineScheme; since: Date; take: number; raterHash?: string },
) {
  const rubric = await machineRubric(db, scheme);
  const { status: _settled, ...where } = confirmedWhere(scheme);
  const scripts = await db.script.findMany({
    where: {
      ...where,
      settledAt: { gte: since },
      machineRatings: { some: raterHash === undefined ? {} : { raterHash } },
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
    if (!machine) return [];
    const human = meanScores(countingRatings(script).map(({ scores }) => scoreProgress.parse(scores)));
    const rated = machineCriterion.array().parse(machine.criteria);
    const pairs = new Map(
      rubric.criteria.flatMap(({ id }) => {
        const [score, given] = [rated.find(({ criterion }) => criterion === id)?.score ?? null, human[id]];
        if (score === null || given === undefined) return [];
        return [[id, { machine: nearestStep(rubric.scale, score), human: given }] as const];
      }),
    );
    // An examiner who gave only what the machine could not measure stood beside it, not against it.
    if (pairs.size === 0) return [];
    return {
      version: `${machine.raterId} ${machine.raterVersion}`,
      level: script.level,
      firstLanguage: script.attempt?.candidate.firstLanguage ?? "not told",
      task: title.parse(script.attemptItem?.itemVersion.content).title,
      month: script.settledAt?.toISOString().slice(0, 7) ?? "",
      pairs,
    } satisfies ComparedAnswer;
  });
  return { rubric, rows };
}

/** What broke of the version in use, on the newest that it and examiners have rated; null where none is in use. */
export const getMachineWatch = defineQuery({
  name: "getMachineWatch",
  permission: "marking:sweep",
  input: placeInput,
  run: async ({ db, rater }, { scheme }) => {
    const promoted = await findPromoted(db, scheme);
    if (!promoted?.raterHash) return null;
    const { rubric, rows } = await ratedByBoth(db, {
      ...{ scheme, since: new Date(0), take: mostWatched, raterHash: promoted.raterHash },
    });
    const watched = rubric.criteria.map(({ id, name }) => {
      const pairs = rows.flatMap((row) => row.pairs.get(id) ?? []);
      const agreement = rater.agreementOf(
        pairs.map(({ machine }) => machine),
        pairs.map(({ human }) => human),
        rubric.scale,
      );
      return { criterion: name, agreement };
    });
    return { versionId: promoted.id, broken: brokenPromises(watched, rater.gateLimits) };
  },
});

/** How long a version may take to be made: whatever died on the way must not stand in the way of the next. */
const longestMakingMs = 3 * 3_600_000;

export const listStuckVersions = defineQuery({
  name: "listStuckVersions",
  permission: "marking:sweep",
  input: z.object({}),
  run: async ({ db, clock }) => {
    const rows = await db.machineVersion.findMany({
      where: { status: "measuring", createdAt: { lt: new Date(clock.now().getTime() - longestMakingMs) } },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  },
});

const shownDays = 365;
const mostShown = 3000;
const mostGroups = 12;
/** A month with fewer answers says nothing of drift. */
const fewestOfMonth = 20;

/** The machine's page: its versions with what each showed, and how it agrees with examiners in use. */
export const getMachineMarking = defineQuery({
  name: "getMachineMarking",
  permission: "marking:lead",
  input: placeInput,
  run: async ({ db, clock, rater, speechToText }, { scheme }) => {
    const now = clock.now();
    const since = new Date(now.getTime() - shownDays * 86_400_000);
    const [versions, confirmed, { rubric, rows }, asked] = await Promise.all([
      db.machineVersion.findMany({
        where: machinePlaces[scheme],
        orderBy: { number: "desc" },
        take: 50,
        select: {
          ...{ id: true, number: true, status: true, gatePassed: true, report: true, responses: true, measured: true },
          ...{ createdAt: true, fittedAt: true, promotedAt: true, endedAt: true, endReason: true },
          createdBy: { select: { name: true } },
        },
      }),
      db.script.count({ where: confirmedWhere(scheme) }),
      ratedByBoth(db, { scheme, since, take: mostShown }),
      programmesThatAsk(db, scheme),
    ]);
    const by = (key: Parameters<typeof groupAnswers>[1]) => groupAnswers(rows, key, rubric.scale);
    const months = by("month").toSorted((a, b) => a.name.localeCompare(b.name));
    return {
      now,
      scheme,
      gate: rater.gateLimits,
      fewestWatched,
      speechToText: speechToText && { id: speechToText.id, version: speechToText.version },
      /** What it would measure with today; a version that learned from something else counts for nothing. */
      measures: measuresNow({ rater, speechToText }, scheme),
      confirmed,
      rated: rows.length,
      /** Programmes of the scheme, and whether their newest policy has the machine beside examiners. */
      asked,
      criteria: rubric.criteria.map(({ id, name }) => ({ id, name, ...agreementOfAnswers(rows, rubric.scale, id) })),
      groups: {
        version: by("version"),
        level: by("level").slice(0, mostGroups),
        firstLanguage: by("firstLanguage").slice(0, mostGroups),
        task: by("task").slice(0, mostGroups),
        month: months.slice(-mostGroups),
      },
      drift: driftOver(months.slice(-mostGroups), fewestOfMonth),
      versions: versions.map(({ report, createdBy, ...version }) => ({
        ...version,
        createdBy: createdBy.name,
        report: versionReport.nullable().catch(null).parse(report),
      })),
    };
  },
});

/** What the newest policy of each programme says of machine and examiners side by side. */
async function programmesThatAsk(db: Context["db"], scheme: MachineScheme) {
  const programmes = await db.programme.findMany({
    where: { blueprint: { path: ["scheme"], equals: scheme } },
    distinct: ["name"],
    orderBy: [{ name: "asc" }, { version: "desc" }],
    select: { name: true, title: true },
  });
  const policies = await db.markingPolicy.findMany({
    where: { programme: { in: programmes.map(({ name }) => name) } },
    orderBy: { version: "desc" },
    select: { programme: true, skill: true, level: true, data: true },
  });
  return programmes.map(({ name, title }) => {
    const own = policies.filter(
      ({ programme, skill }) => programme === name && (skill === null || skill === machinePlaces[scheme].skill),
    );
    const stored = inForce(own).map(({ data }) => policyData.parse(data));
    const holding = stored.length === 0 ? [standardPolicyOf(scheme)] : stored;
    return { title, beside: holding.some((data) => isBesideExaminers(scheme, data)) };
  });
}

/** `ielp`: the machine comes to the examiner. `iet-speaking`: examiners come to the machine, to all answers or a sample. */
function isBesideExaminers(scheme: MachineScheme, data: PolicyData): boolean {
  return scheme === "ielp" ? data.machine !== "off" : data.mode !== "single";
}
