import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { mailJob } from "../people/schema.ts";
import {
  calibrateMachineJob,
  features,
  linearModel,
  machineCriterion,
  machineEvidence,
  machinePlaces,
  machineScheme,
  placeInput,
  versionInput,
  versionReasonInput,
  versionReport,
} from "./machine-schema.ts";
import { confirmedResponses, findPromoted } from "./machine-steps.ts";

const bases = ["calibrated-model", "llm", "heuristic", "none"] as const;

/** Keeps what the machine made of a script, once for the same answer and version. */
export const storeMachineRating = defineCommand({
  name: "storeMachineRating",
  permission: "marking:sweep",
  input: z.strictObject({
    scriptId: z.uuid(),
    entryId: z.string().nullable(),
    rater: z.strictObject({ id: z.string(), version: z.string(), hash: z.string() }),
    inputHash: z.string(),
    criteria: z.array(machineCriterion),
    evidence: z.array(machineEvidence),
    flags: z.array(z.string()),
    durationMilliseconds: z.number().int(),
    measures: z.string(),
    features,
  }),
  run: async ({ tx, now, ids, audit }, input) => {
    const { scriptId, rater, inputHash, criteria } = input;
    const promoted = await findPromoted(tx, "ielp");
    const { count } = await tx.machineRating.createMany({
      skipDuplicates: true,
      data: {
        ...{ id: ids.uuid(), scriptId, inputHash },
        ...{ raterId: rater.id, raterVersion: rater.version, raterHash: rater.hash },
        entryId: input.entryId === null ? null : BigInt(input.entryId),
        basis: bases.find((basis) => criteria.some((rated) => rated.basis === basis)) ?? "none",
        criteria: criteria satisfies Prisma.InputJsonArray,
        evidence: input.evidence satisfies Prisma.InputJsonArray,
        flags: input.flags,
        durationMilliseconds: input.durationMilliseconds,
        validated: promoted?.raterHash === rater.hash,
        createdAt: now,
      },
    });
    const measured = { inputHash, measures: input.measures, features: input.features };
    await tx.machineFeatures.upsert({ where: { scriptId }, create: { scriptId, ...measured }, update: measured });
    audit({
      subjectType: "script",
      subjectId: scriptId,
      detail: { stored: count === 1, rater: rater.id, version: rater.version },
    });
    return { stored: count === 1 };
  },
});

/** Asks for a new version, learned from what examiners have settled here. */
export const requestCalibration = defineCommand({
  name: "requestCalibration",
  permission: "marking:govern",
  input: placeInput,
  run: async ({ tx, now, ids, viewer, audit, enqueue }, { scheme }) => {
    const { personId } = requirePerson(viewer);
    const place = machinePlaces[scheme];
    const running = await tx.machineVersion.count({ where: { ...place, status: "measuring" } });
    if (running > 0) throw conflict("A version is being made already.");
    const responses = (await confirmedResponses(tx, scheme)).length;
    const newest = await tx.machineVersion.findFirst({
      where: place,
      orderBy: { number: "desc" },
      select: { number: true },
    });
    const id = ids.uuid();
    const number = (newest?.number ?? 0) + 1;
    await tx.machineVersion.create({
      data: { id, ...place, number, responses, createdById: personId, createdAt: now },
    });
    enqueue(calibrateMachineJob, { versionId: id });
    audit({ subjectType: "machine-version", subjectId: id, detail: { scheme, number, responses } });
    return { versionId: id, number };
  },
});

/** Keeps what was measured of a handful of responses, and asks for the rest. */
export const storeMachineFeatures = defineCommand({
  name: "storeMachineFeatures",
  permission: "marking:sweep",
  audit: "ledger",
  input: versionInput.extend({
    left: z.number().int(),
    measures: z.string(),
    /** False: what was left out could not be had, and the version ends here. */
    goesOn: z.boolean(),
    measured: z.array(z.strictObject({ scriptId: z.uuid(), inputHash: z.string(), features })),
  }),
  run: async ({ tx, enqueue }, { versionId, left, measures, measured, goesOn }) => {
    for (const { scriptId, ...found } of measured) {
      const row = { ...found, measures };
      await tx.machineFeatures.upsert({ where: { scriptId }, create: { scriptId, ...row }, update: row });
    }
    const version = await tx.machineVersion.findUniqueOrThrow({
      where: { id: versionId },
      select: { responses: true },
    });
    await tx.machineVersion.updateMany({
      where: { id: versionId, status: "measuring" },
      data: { measured: Math.max(0, version.responses - left) },
    });
    if (goesOn) enqueue(calibrateMachineJob, { versionId });
    return {};
  },
});

/** A version was fitted and held against the gate, or could not be fitted. */
export const recordCalibration = defineCommand({
  name: "recordCalibration",
  permission: "marking:sweep",
  input: versionInput.extend({
    outcome: z.union([
      z.strictObject({ failure: z.string().max(500) }),
      z.strictObject({
        raterHash: z.string(),
        model: linearModel,
        report: versionReport,
        responses: z.number().int(),
      }),
    ]),
  }),
  run: async ({ tx, now, audit }, { versionId, outcome }) => {
    const gatePassed = "report" in outcome && outcome.report.criteria.every(({ failures }) => failures.length === 0);
    const { count } = await tx.machineVersion.updateMany({
      where: { id: versionId, status: "measuring" },
      data:
        "failure" in outcome
          ? { status: "failed", endReason: outcome.failure, endedAt: now }
          : { status: "candidate", ...outcome, measured: outcome.responses, gatePassed, fittedAt: now },
    });
    audit({
      subjectType: "machine-version",
      subjectId: versionId,
      detail: { written: count === 1, ...("failure" in outcome ? { failure: outcome.failure } : { gatePassed }) },
    });
    return { gatePassed };
  },
});

/** Puts a version into use that passed the gate; the one before it retires. */
export const promoteVersion = defineCommand({
  name: "promoteVersion",
  permission: "marking:govern",
  input: versionInput,
  run: async ({ tx, now, audit }, { versionId }) => {
    const version = await tx.machineVersion.findUnique({
      where: { id: versionId },
      select: { scheme: true, number: true, status: true, gatePassed: true },
    });
    if (!version) throw notFound("The version");
    if (version.status !== "candidate") throw conflict("Only a version that waits can be put into use.");
    if (!version.gatePassed) throw new AppError("LOCKED", "It has not passed the gate on this installation’s data.");
    await tx.machineVersion.updateMany({
      where: { ...placeOf(version), status: "promoted" },
      data: { status: "retired", endedAt: now, endReason: `Version ${version.number} took its place` },
    });
    await tx.machineVersion.update({ where: { id: versionId }, data: { status: "promoted", promotedAt: now } });
    audit({ subjectType: "machine-version", subjectId: versionId, detail: { number: version.number } });
    return {};
  },
});

/** Takes the version in use out of it; the one before it, if there was one that retired for it, comes back. */
export const rollBackVersion = defineCommand({
  name: "rollBackVersion",
  permission: "marking:govern",
  input: versionReasonInput,
  run: async ({ tx, now, audit }, { versionId, reason }) => {
    const current = await tx.machineVersion.findUnique({
      where: { id: versionId },
      select: { scheme: true, status: true, promotedAt: true },
    });
    if (!current) throw notFound("The version");
    if (current.status !== "promoted" || !current.promotedAt) throw conflict("It is not in use.");
    const before = await tx.machineVersion.findFirst({
      where: { ...placeOf(current), status: "retired", gatePassed: true, endedAt: current.promotedAt },
      orderBy: { promotedAt: "desc" },
      select: { id: true, number: true },
    });
    await tx.machineVersion.update({
      where: { id: versionId },
      data: { status: "retired", endedAt: now, endReason: reason },
    });
    if (before) {
      await tx.machineVersion.update({
        where: { id: before.id },
        data: { status: "promoted", promotedAt: now, endedAt: null, endReason: null },
      });
    }
    audit({
      subjectType: "machine-version",
      subjectId: versionId,
      detail: { restored: before?.number ?? null },
    });
    return { restored: before?.number ?? null };
  },
});

/** The watch found that the version in use no longer shows what it was let in for: from now on the one as shipped rates, and every admin is told. */
export const demoteVersion = defineCommand({
  name: "demoteVersion",
  permission: "marking:sweep",
  input: versionReasonInput,
  run: async ({ tx, now, audit, enqueue }, { versionId, reason }) => {
    const { count } = await tx.machineVersion.updateMany({
      where: { id: versionId, status: "promoted" },
      data: { status: "demoted", endedAt: now, endReason: reason },
    });
    audit({ subjectType: "machine-version", subjectId: versionId, detail: { demoted: count === 1 } });
    if (count === 0) return { demoted: false };
    const admins = await tx.person.findMany({
      where: { status: "active", roles: { some: { role: "admin" } } },
      select: { id: true },
    });
    for (const admin of admins) enqueue(mailJob, { kind: "machine-demoted", personId: admin.id, subjectId: versionId });
    return { demoted: true };
  },
});

function placeOf({ scheme }: { readonly scheme: string }) {
  return machinePlaces[machineScheme.parse(scheme)];
}
