import { requestApproval } from "../audit/steps.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { loadSelf, refuseWeak } from "./account-steps.ts";
import { hashPassword, passwordProof, verifyPassword } from "./passwords.ts";
import {
  addressInput,
  changePasswordInput,
  mailJob,
  registerInput,
  requestErasureInput,
  resetPasswordInput,
  signInInput,
  updateProfileInput,
  verifyEmailInput,
} from "./schema.ts";
import { consumeAccountLink } from "./steps.ts";

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
