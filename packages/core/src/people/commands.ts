import { z } from "zod";
import { examinerLeftJob } from "../interviews/schema.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { holdsInterviews, requirePerson } from "../kernel/policy.ts";
import { loadPerson } from "./account-steps.ts";
import { linkMinutes, refuseLosingAccess, refuseRoleChange } from "./rules.ts";
import {
  centreInput,
  changeRolesInput,
  firstAdminInput,
  grantExtraTimeInput,
  personIdInput,
  updateCentreInput,
} from "./schema.ts";
import { countOtherActiveAdmins, createAccountLink, lockAdmins } from "./steps.ts";

/** Counts from the person's next request on: roles are read with each one. */
export const changeRoles = defineCommand({
  name: "changeRoles",
  permission: "person:manage",
  input: changeRolesInput,
  run: async (context, { personId, grants }) => {
    const { tx, now, ids } = context;
    await lockAdmins(context);
    const person = await loadPerson(context, personId);
    const refusal = refuseRoleChange({
      current: person.roles,
      wanted: grants,
      isSelf: requirePerson(context.viewer).personId === personId,
      otherActiveAdmins: await countOtherActiveAdmins(context, personId),
    });
    if (refusal !== null) throw new AppError("FORBIDDEN", refusal);
    const key = (grant: { role: string; centreId: string | null }): string => `${grant.role} ${grant.centreId ?? ""}`;
    const wanted = new Map(grants.map((grant) => [key(grant), grant]));
    const current = new Set(person.roles.map(key));
    const ended = person.roles.filter((grant) => !wanted.has(key(grant)));
    const added = [...wanted.values()].filter((grant) => !current.has(key(grant)));
    await tx.roleGrant.deleteMany({ where: { id: { in: ended.map((grant) => grant.id) } } });
    await tx.roleGrant.createMany({
      data: added.map((grant) => ({ id: ids.uuid(), personId, ...grant, grantedAt: now })),
    });
    context.audit({
      subjectType: "person",
      subjectId: personId,
      detail: { added: added.map(key), ended: ended.map(key) },
    });
    if (holdsInterviews(ended) && !holdsInterviews(grants)) context.enqueue(examinerLeftJob, { personId });
    return { personId };
  },
});

/** Ends every session of the person at once. An exam page may still deliver what it holds, by its own token. */
export const suspendPerson = defineCommand({
  name: "suspendPerson",
  permission: "person:manage",
  input: personIdInput,
  run: async (context, { personId }) => {
    await lockAdmins(context);
    const person = await loadPerson(context, personId);
    const refusal = refuseLosingAccess({
      isAdmin: person.roles.some((grant) => grant.role === "admin"),
      isSelf: requirePerson(context.viewer).personId === personId,
      otherActiveAdmins: await countOtherActiveAdmins(context, personId),
    });
    if (refusal !== null) throw new AppError("FORBIDDEN", refusal);
    const { count } = await context.tx.person.updateMany({
      where: { id: personId, status: "active" },
      data: { status: "suspended", suspendedAt: context.now, sessionVersion: { increment: 1 } },
    });
    if (count === 0) throw conflict();
    context.audit({ subjectType: "person", subjectId: personId });
    if (holdsInterviews(person.roles)) context.enqueue(examinerLeftJob, { personId });
    return { personId };
  },
});

export const reinstatePerson = defineCommand({
  name: "reinstatePerson",
  permission: "person:manage",
  input: personIdInput,
  run: async (context, { personId }) => {
    await loadPerson(context, personId);
    const { count } = await context.tx.person.updateMany({
      where: { id: personId, status: "suspended" },
      data: { status: "active", suspendedAt: null },
    });
    if (count === 0) throw conflict();
    context.audit({ subjectType: "person", subjectId: personId });
    return { personId };
  },
});

/** For every sitting the person checks in to from now on; an attempt under way keeps what was frozen at check-in. */
export const grantExtraTime = defineCommand({
  name: "grantExtraTime",
  permission: "person:manage",
  input: grantExtraTimeInput,
  run: async (context, { personId, percent, reason }) => {
    await loadPerson(context, personId);
    await context.tx.accommodation.updateMany({
      where: { personId, endedAt: null },
      data: { endedAt: context.now },
    });
    await context.tx.accommodation.create({
      data: {
        id: context.ids.uuid(),
        personId,
        extraTimePercent: percent,
        reason,
        grantedById: requirePerson(context.viewer).personId,
        createdAt: context.now,
      },
    });
    context.audit({ subjectType: "person", subjectId: personId, detail: { percent } });
    return { personId };
  },
});

export const endExtraTime = defineCommand({
  name: "endExtraTime",
  permission: "person:manage",
  input: personIdInput,
  run: async (context, { personId }) => {
    await loadPerson(context, personId);
    const { count } = await context.tx.accommodation.updateMany({
      where: { personId, endedAt: null },
      data: { endedAt: context.now },
    });
    if (count === 0) throw conflict("There is no extra time to end.");
    context.audit({ subjectType: "person", subjectId: personId });
    return { personId };
  },
});

export const createCentre = defineCommand({
  name: "createCentre",
  permission: "centre:manage",
  input: centreInput,
  run: async (context, input) => {
    await refuseTakenName(context, input.name, null);
    const id = context.ids.uuid();
    await context.tx.centre.create({ data: { id, ...input } });
    context.audit({ subjectType: "centre", subjectId: id });
    return { centreId: id };
  },
});

export const updateCentre = defineCommand({
  name: "updateCentre",
  permission: "centre:manage",
  input: updateCentreInput,
  run: async (context, { centreId, ...data }) => {
    await refuseTakenName(context, data.name, centreId);
    const { count } = await context.tx.centre.updateMany({ where: { id: centreId }, data });
    if (count === 0) throw notFound("The centre");
    context.audit({ subjectType: "centre", subjectId: centreId });
    return { centreId };
  },
});

async function refuseTakenName(context: CommandContext, name: string, ownId: string | null): Promise<void> {
  const taken = await context.tx.centre.findUnique({ where: { name }, select: { id: true } });
  if (taken && taken.id !== ownId) throw invalid("name", "belongs to another centre");
}

/** From the command line alone: makes the person an admin and returns the secret of a link that sets the password. */
export const createFirstAdmin = defineCommand({
  name: "createFirstAdmin",
  permission: "person:create-first-admin",
  input: firstAdminInput,
  run: async (context, { email, name }) => {
    const { tx, now, ids } = context;
    const existing = await tx.person.findUnique({ where: { email }, include: { roles: true } });
    if (existing && existing.status !== "active") throw conflict("This account is suspended: reinstate it first.");
    const personId = existing?.id ?? ids.uuid();
    if (!existing) await tx.person.create({ data: { id: personId, email, name, createdAt: now } });
    if (!existing?.roles.some((grant) => grant.role === "admin")) {
      await tx.roleGrant.create({ data: { id: ids.uuid(), personId, role: "admin", grantedAt: now } });
    }
    const secret = await createAccountLink(context, personId, "reset_password");
    context.audit({ subjectType: "person", subjectId: personId, detail: { existed: existing !== null } });
    return { personId, secret, minutes: linkMinutes.resetPassword };
  },
});

/** What a mail with a link needs: the address, and the secret made at this moment. Null: nobody to write to. */
export const prepareLinkMail = defineCommand({
  name: "prepareLinkMail",
  permission: "mail:prepare",
  input: z.object({ personId: z.uuid(), kind: z.enum(["verify_email", "reset_password"]) }),
  run: async (context, { personId, kind }) => {
    const person = await context.tx.person.findFirst({ where: { id: personId, status: "active" } });
    context.audit({ subjectType: "person", subjectId: personId, detail: { kind, found: person?.email !== undefined } });
    if (!person?.email) return null;
    if (kind === "verify_email" && person.emailVerifiedAt !== null) return null;
    return { to: person.email, name: person.name, secret: await createAccountLink(context, personId, kind) };
  },
});
