import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { refuseWeak } from "./account-steps.ts";
import { hashPassword } from "./passwords.ts";
import { expiryOf, linkMinutes } from "./rules.ts";
import { acceptInvitationInput, invitationIdInput, invitePeopleInput, mailJob } from "./schema.ts";

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
