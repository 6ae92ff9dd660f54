import { z } from "zod";
import { requestApproval } from "../audit/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { hashPassword, passwordProof, verifyPassword } from "./passwords.ts";
import {
  decideSignIn,
  decideTotpStep,
  expiryOf,
  linkMinutes,
  refuseLosingAccess,
  refuseRoleChange,
  weakPasswordReason,
} from "./rules.ts";
import {
  acceptInvitationInput,
  addressInput,
  centreInput,
  changePasswordInput,
  changeRolesInput,
  codeInput,
  confirmedByPasswordInput,
  firstAdminInput,
  grantExtraTimeInput,
  invitationIdInput,
  invitePeopleInput,
  mailJob,
  personIdInput,
  registerInput,
  requestErasureInput,
  resetPasswordInput,
  signInInput,
  updateCentreInput,
  updateProfileInput,
  verifyEmailInput,
} from "./schema.ts";
import { visiblePeople } from "./scope.ts";
import {
  newRecoveryCodes,
  newTotpSecret,
  openSecret,
  recoveryHash,
  sealSecret,
  totpDelta,
  totpUri,
} from "./second-factor.ts";
import {
  allowPurging,
  consumeAccountLink,
  countOtherActiveAdmins,
  createAccountLink,
  eraseTexts,
  lockAdmins,
} from "./steps.ts";

function refuseWeak(password: string, email: string): void {
  const reason = weakPasswordReason(password, email);
  if (reason !== null) throw invalid("password", reason);
}

async function loadPerson(context: CommandContext, personId: string) {
  const person = await context.tx.person.findFirst({
    where: { AND: [{ id: personId }, visiblePeople(context.viewer)] },
    include: { roles: true },
  });
  if (!person || person.status === "erased") throw notFound("The person");
  return person;
}

async function loadSelf(context: CommandContext) {
  return loadPerson(context, requirePerson(context.viewer).personId);
}

/** The answer never says whether the address had an account: whoever reads its mail learns that. */
export const register = defineCommand({
  name: "register",
  permission: "account:open",
  input: registerInput,
  run: async (context, input) => {
    const { tx, now, ids } = context;
    refuseWeak(input.password, input.email);
    // Hashed in each case, so that the time taken says nothing either.
    const passwordHash = await hashPassword(input.password);
    const existing = await tx.person.findUnique({
      where: { email: input.email },
      select: { id: true, emailVerifiedAt: true, status: true },
    });
    if (existing?.emailVerifiedAt || existing?.status === "suspended") {
      context.enqueue(mailJob, { kind: "already-registered", personId: existing.id });
      context.audit({ subjectType: "person", subjectId: existing.id, detail: { known: true } });
      return { received: true as const };
    }
    const personId = existing?.id ?? ids.uuid();
    // Registered before and never confirmed: what stands there stays, or a stranger could slip a password of their own under
    // a link that is on its way. Whose it is is settled by the link, together with the password (`verifyEmail`).
    if (!existing) {
      await tx.person.create({
        data: {
          id: personId,
          email: input.email,
          name: input.name,
          passwordHash,
          timeZone: input.timeZone,
          createdAt: now,
          roles: { create: { id: ids.uuid(), role: "candidate", grantedAt: now } },
        },
      });
    }
    context.enqueue(mailJob, { kind: "verify-email", personId });
    context.audit({ subjectType: "person", subjectId: personId, detail: { known: existing !== null } });
    return { received: true as const };
  },
});

/**
 * The link shows whose address it is, the password who opened the account: only both together open it. Somebody who
 * registers another's address and waits for the owner to confirm it gets nothing; the owner sets a password of her own by a
 * reset, which confirms the address too.
 */
export const verifyEmail = defineCommand({
  name: "verifyEmail",
  permission: "account:open",
  input: verifyEmailInput,
  run: async (context, { token, password }) => {
    const { tx, now } = context;
    const personId = await consumeAccountLink(context, token, "verify_email");
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
    if (!(await verifyPassword(person.passwordHash, password))) {
      throw invalid("password", "is not the one this account was opened with");
    }
    if (person.status !== "active") throw new AppError("LOCKED", "This account cannot sign in now.");
    await tx.person.updateMany({ where: { id: personId, emailVerifiedAt: null }, data: { emailVerifiedAt: now } });
    context.audit({ subjectType: "person", subjectId: personId });
    return { personId, sessionVersion: person.sessionVersion };
  },
});

/** After a sign-in that failed for want of a confirmed address alone; the proof shows that the password was right. */
export const resendVerification = defineCommand({
  name: "resendVerification",
  permission: "account:open",
  input: signInInput.pick({ personId: true, proof: true }),
  run: async (context, { personId, proof }) => {
    const person = await context.tx.person.findUnique({ where: { id: personId } });
    if (!person?.passwordHash || passwordProof(person.passwordHash) !== proof) throw notFound("The account");
    if (person.emailVerifiedAt === null) context.enqueue(mailJob, { kind: "verify-email", personId });
    context.audit({ subjectType: "person", subjectId: personId });
    return { personId };
  },
});

export const requestPasswordReset = defineCommand({
  name: "requestPasswordReset",
  permission: "account:open",
  input: addressInput,
  run: async (context, { email }) => {
    const person = await context.tx.person.findUnique({ where: { email }, select: { id: true, status: true } });
    // An unknown address queues a mail to nobody: the same work, the same time, the same answer.
    const personId = person?.status === "active" ? person.id : context.ids.uuid();
    context.enqueue(mailJob, { kind: "reset-password", personId });
    context.audit({ subjectType: "person", subjectId: personId });
    return { received: true as const };
  },
});

/** The link came by mail, so it confirms the address as well. Every session of the account ends. */
export const resetPassword = defineCommand({
  name: "resetPassword",
  permission: "account:open",
  input: resetPasswordInput,
  run: async (context, { token, password }) => {
    const personId = await consumeAccountLink(context, token, "reset_password");
    const person = await context.tx.person.findUnique({ where: { id: personId } });
    if (person?.status !== "active") throw notFound("The account");
    refuseWeak(password, person.email ?? "");
    await context.tx.person.update({
      where: { id: personId },
      data: {
        passwordHash: await hashPassword(password),
        emailVerifiedAt: person.emailVerifiedAt ?? context.now,
        sessionVersion: { increment: 1 },
      },
    });
    context.enqueue(mailJob, { kind: "password-changed", personId });
    context.audit({ subjectType: "person", subjectId: personId });
    return { personId };
  },
});

/** Opens a session for someone whose password `checkPassword` has just checked; asks for the second factor where one is set. */
export const signIn = defineCommand({
  name: "signIn",
  permission: "account:open",
  input: signInInput,
  run: async (context, { personId, proof, code }) => {
    const refused = new AppError("UNAUTHENTICATED", "That code is not right. Wait for the next one and try again.");
    const person = await context.tx.person.findUnique({ where: { id: personId } });
    if (!person?.passwordHash || passwordProof(person.passwordHash) !== proof) {
      throw new AppError("UNAUTHENTICATED", "Please sign in again.");
    }
    const decision = decideSignIn(person);
    if (decision === "suspended" || decision === "unverified") {
      throw new AppError("LOCKED", "This account cannot sign in now.");
    }
    let factor = "password";
    if (decision === "needs-code") {
      const secret = openSecret(person.totpSecret ?? "", context.settings.authSecret);
      const step =
        secret === null
          ? null
          : decideTotpStep(context.now, totpDelta(code ?? "", secret, context.now), person.totpLastStep);
      const hash = recoveryHash(code ?? "");
      if (step !== null) {
        // Conditional: the same code sent twice at once opens one session.
        const { count } = await context.tx.person.updateMany({
          where: { id: personId, totpLastStep: person.totpLastStep },
          data: { totpLastStep: step },
        });
        if (count === 0) throw refused;
        factor = "totp";
      } else if (code && person.recoveryHashes.includes(hash)) {
        const used = await context.tx.$executeRaw`
          update person set recovery_hashes = array_remove(recovery_hashes, ${hash})
           where id = ${personId}::uuid and ${hash} = any(recovery_hashes)`;
        if (used === 0) throw refused;
        factor = "recovery-code";
      } else {
        throw refused;
      }
    }
    context.audit({ subjectType: "person", subjectId: personId, detail: { factor } });
    return { personId, sessionVersion: person.sessionVersion };
  },
});

/** Ends every session; the caller opens this browser's own again with the version it gets back. */
export const changePassword = defineCommand({
  name: "changePassword",
  permission: "account:own",
  input: changePasswordInput,
  run: async (context, { current, password }) => {
    const person = await loadSelf(context);
    if (!(await verifyPassword(person.passwordHash, current))) throw invalid("current", "is not your present password");
    refuseWeak(password, person.email ?? "");
    const { sessionVersion } = await context.tx.person.update({
      where: { id: person.id },
      data: { passwordHash: await hashPassword(password), sessionVersion: { increment: 1 } },
      select: { sessionVersion: true },
    });
    context.enqueue(mailJob, { kind: "password-changed", personId: person.id });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { personId: person.id, sessionVersion };
  },
});

export const updateProfile = defineCommand({
  name: "updateProfile",
  permission: "account:own",
  input: updateProfileInput,
  run: async (context, input) => {
    const person = await loadSelf(context);
    await context.tx.person.update({
      where: { id: person.id },
      data: {
        name: input.name,
        timeZone: input.timeZone,
        dateOfBirth: input.dateOfBirth ? new Date(`${input.dateOfBirth}T00:00:00Z`) : null,
        firstLanguage: input.firstLanguage || null,
        school: input.school || null,
      },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { personId: person.id };
  },
});

/** Makes the secret that the authenticator app takes up; nothing asks for codes before one has been given back. */
export const beginTotp = defineCommand({
  name: "beginTotp",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt !== null) throw conflict("A second factor is already set.");
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    const secret = newTotpSecret();
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpSecret: sealSecret(secret, context.settings.authSecret), totpLastStep: null },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { secret, uri: totpUri(person.email ?? "", "Bandwise", secret) };
  },
});

/** Recovery codes are shown by the caller this once. */
export const enableTotp = defineCommand({
  name: "enableTotp",
  permission: "account:own",
  input: codeInput,
  run: async (context, { code }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt !== null) throw conflict("A second factor is already set.");
    const secret = openSecret(person.totpSecret ?? "", context.settings.authSecret);
    if (secret === null) throw conflict("Start again: the code belongs to an older attempt.");
    const step = decideTotpStep(context.now, totpDelta(code, secret, context.now), null);
    if (step === null) throw invalid("code", "is not the one your app shows now");
    const recoveryCodes = newRecoveryCodes();
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpEnabledAt: context.now, totpLastStep: step, recoveryHashes: recoveryCodes.map(recoveryHash) },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { recoveryCodes };
  },
});

export const renewRecoveryCodes = defineCommand({
  name: "renewRecoveryCodes",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt === null) throw conflict("There is no second factor to recover.");
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    const recoveryCodes = newRecoveryCodes();
    await context.tx.person.update({
      where: { id: person.id },
      data: { recoveryHashes: recoveryCodes.map(recoveryHash) },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { recoveryCodes };
  },
});

export const disableTotp = defineCommand({
  name: "disableTotp",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null, recoveryHashes: [] },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { personId: person.id };
  },
});

/** Addresses that have an account are named back and left alone; an older open invitation to the same address ends. */
export const invitePeople = defineCommand({
  name: "invitePeople",
  permission: "person:manage",
  input: invitePeopleInput,
  run: async (context, input) => {
    const { tx, now, ids } = context;
    const { personId } = requirePerson(context.viewer);
    const wanted = new Map(input.people.map((person) => [person.email, person]));
    const existing = await tx.person.findMany({
      where: { email: { in: [...wanted.keys()] } },
      select: { email: true },
    });
    const known = existing.flatMap((person) => person.email ?? []);
    for (const email of known) wanted.delete(email);
    await tx.invitation.updateMany({
      where: { email: { in: [...wanted.keys()] }, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    for (const { email, name } of wanted.values()) {
      const id = ids.uuid();
      await tx.invitation.create({
        data: {
          id,
          email,
          name,
          roles: [...new Set(input.roles)],
          // Nobody knows this secret: the mail makes the one that counts.
          tokenHash: sha256(ids.secret()),
          invitedById: personId,
          createdAt: now,
          expiresAt: expiryOf(now, linkMinutes.invitation),
        },
      });
      context.enqueue(mailJob, { kind: "invitation", invitationId: id });
      context.audit({ subjectType: "invitation", subjectId: id, detail: { roles: input.roles } });
    }
    if (wanted.size === 0) {
      throw new AppError("CONFLICT", "Each of these addresses already has an account: change its roles instead.");
    }
    return { invited: wanted.size, known };
  },
});

export const resendInvitation = defineCommand({
  name: "resendInvitation",
  permission: "person:manage",
  input: invitationIdInput,
  run: async (context, { invitationId }) => {
    const { count } = await context.tx.invitation.updateMany({
      where: { id: invitationId, acceptedAt: null, withdrawnAt: null },
      data: { expiresAt: expiryOf(context.now, linkMinutes.invitation) },
    });
    if (count === 0) throw notFound("The invitation");
    context.enqueue(mailJob, { kind: "invitation", invitationId });
    context.audit({ subjectType: "invitation", subjectId: invitationId });
    return { invitationId };
  },
});

export const withdrawInvitation = defineCommand({
  name: "withdrawInvitation",
  permission: "person:manage",
  input: invitationIdInput,
  run: async (context, { invitationId }) => {
    const { count } = await context.tx.invitation.updateMany({
      where: { id: invitationId, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: context.now },
    });
    if (count === 0) throw notFound("The invitation");
    context.audit({ subjectType: "invitation", subjectId: invitationId });
    return { invitationId };
  },
});

export const acceptInvitation = defineCommand({
  name: "acceptInvitation",
  permission: "account:open",
  input: acceptInvitationInput,
  run: async (context, input) => {
    const { tx, now, ids } = context;
    const invitation = await tx.invitation.findUnique({ where: { tokenHash: sha256(input.token) } });
    const { count } = await tx.invitation.updateMany({
      where: { id: invitation?.id ?? ids.uuid(), acceptedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
      data: { acceptedAt: now },
    });
    if (!invitation || count === 0) {
      throw new AppError("INVALID", "This invitation has expired, was withdrawn or was already used.");
    }
    refuseWeak(input.password, invitation.email);
    const existing = await tx.person.findUnique({ where: { email: invitation.email } });
    // Someone registered with this address meanwhile and never confirmed it: the invited one has.
    if (existing?.emailVerifiedAt) throw conflict("This address has an account already: sign in instead.");
    const personId = existing?.id ?? ids.uuid();
    const account = {
      name: input.name,
      passwordHash: await hashPassword(input.password),
      emailVerifiedAt: now,
      timeZone: input.timeZone,
    };
    if (existing) {
      await tx.person.update({ where: { id: personId }, data: { ...account, sessionVersion: { increment: 1 } } });
      await tx.roleGrant.deleteMany({ where: { personId } });
    } else {
      await tx.person.create({ data: { ...account, id: personId, email: invitation.email, createdAt: now } });
    }
    await tx.roleGrant.createMany({
      data: invitation.roles.map((role) => ({ id: ids.uuid(), personId, role, grantedAt: now })),
    });
    context.audit({
      subjectType: "person",
      subjectId: personId,
      detail: { invitationId: invitation.id, roles: invitation.roles },
    });
    return { personId, sessionVersion: existing ? existing.sessionVersion + 1 : 1 };
  },
});

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

/** Two admins then decide, one after the other; nothing is erased before. */
export const requestErasure = defineCommand({
  name: "requestErasure",
  permission: "data:own",
  input: requestErasureInput,
  run: async (context, { password, certificates }) => {
    const person = await loadSelf(context);
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    const waiting = await context.tx.approval.count({
      where: { subjectType: "person", subjectId: person.id, status: "open" },
    });
    if (waiting > 0) throw conflict("You have asked for this already; it waits for a decision.");
    return requestApproval(context, {
      kind: "person:erase-request",
      subjectType: "person",
      subjectId: person.id,
      payload: { certificates },
      reason: "The person asks for erasure of their own data.",
    });
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

export const prepareInvitationMail = defineCommand({
  name: "prepareInvitationMail",
  permission: "mail:prepare",
  input: invitationIdInput,
  run: async (context, { invitationId }) => {
    const secret = context.ids.secret();
    const { count } = await context.tx.invitation.updateMany({
      where: { id: invitationId, acceptedAt: null, withdrawnAt: null },
      data: { tokenHash: sha256(secret) },
    });
    context.audit({ subjectType: "invitation", subjectId: invitationId, detail: { open: count === 1 } });
    const invitation = await context.tx.invitation.findUnique({ where: { id: invitationId } });
    if (count === 0 || !invitation) return null;
    return { to: invitation.email, name: invitation.name, roles: invitation.roles, secret };
  },
});

const purgeInput = z.object({});

/** What is past its use or its retention: links, invitations, recordings, texts, audit. Files go first, so that a row never loses track of one. */
export const purgeExpired = defineCommand({
  name: "purgeExpired",
  permission: "data:purge",
  input: purgeInput,
  audit: "ledger",
  run: async (context) => {
    const { tx, now, settings } = context;
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
    const monthAgo = daysAgo(30);
    const links = await tx.accountToken.deleteMany({ where: { expiresAt: { lt: daysAgo(1) } } });
    const invitations = await tx.invitation.deleteMany({
      where: {
        OR: [{ expiresAt: { lt: monthAgo } }, { withdrawnAt: { lt: monthAgo } }, { acceptedAt: { lt: monthAgo } }],
      },
    });
    // Registered, never confirmed, never sat anything: nobody's account.
    const unconfirmed = await tx.person.findMany({
      where: {
        emailVerifiedAt: null,
        createdAt: { lt: daysAgo(settings.retentionDays.unconfirmed) },
        status: "active",
        attempts: { none: {} },
        consents: { none: {} },
        accommodations: { none: {} },
        tokens: { none: {} },
        roles: { every: { role: "candidate" } },
      },
      select: { id: true },
      take: 500,
    });
    const nobodies = unconfirmed.map((person) => person.id);
    await tx.roleGrant.deleteMany({ where: { personId: { in: nobodies } } });
    await tx.person.deleteMany({ where: { id: { in: nobodies } } });
    const due = await tx.recording.findMany({
      where: {
        purgedAt: null,
        startedAt: { lt: daysAgo(settings.retentionDays.recordings) },
        attemptItem: { attempt: { status: { in: ["released", "voided", "cancelled", "no_show"] } } },
      },
      select: {
        id: true,
        storageKey: true,
        chunks: { select: { storageKey: true } },
        attemptItem: { select: { attemptId: true } },
      },
      orderBy: { id: "asc" },
      take: 100,
    });
    for (const recording of due) {
      for (const { storageKey } of recording.chunks) await context.storage.delete(storageKey);
      if (recording.storageKey !== null) await context.storage.delete(recording.storageKey);
      // The originals joined of the pieces, and what an earlier joining left, have no row of their own.
      await context.storage.deleteFolder(recordingFolder(recording.attemptItem.attemptId, recording.id));
    }
    const ids = due.map((recording) => recording.id);
    await tx.recordingChunk.deleteMany({ where: { recordingId: { in: ids } } });
    await tx.recording.updateMany({ where: { id: { in: ids } }, data: { purgedAt: now, storageKey: null, peaks: [] } });
    const texts = await tx.attemptItem.findMany({
      where: {
        skill: "writing",
        answers: { some: {} },
        attempt: {
          status: { in: ["released", "voided", "cancelled", "no_show"] },
          bookedAt: { lt: daysAgo(settings.retentionDays.answers) },
        },
      },
      select: { id: true },
      orderBy: { id: "asc" },
      take: 200,
    });
    await allowPurging(context);
    await eraseTexts(context, { id: { in: texts.map((item) => item.id) } });
    const audit = await tx.auditEntry.deleteMany({ where: { at: { lt: daysAgo(settings.retentionDays.audit) } } });
    const counts = {
      links: links.count,
      invitations: invitations.count,
      unconfirmed: nobodies.length,
      recordings: ids.length,
      texts: texts.length,
      audit: audit.count,
    };
    if (Object.values(counts).some((count) => count > 0)) {
      context.audit({ subjectType: "installation", subjectId: "retention", detail: counts });
    }
    return counts;
  },
});
