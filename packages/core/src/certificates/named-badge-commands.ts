import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { salted, signCertificate } from "./badge-steps.ts";
import { certificateStatus } from "./rules.ts";
import { nameOnBadgeInput } from "./schema.ts";

/**
 * The holder lets the badge carry the name in plain words, and a badge that does is signed; or takes that back, and what was
 * given out reads as revoked from then on. The badge without a name stands in either case.
 */
export const setNameOnBadge = defineCommand({
  name: "setNameOnBadge",
  permission: "certificate:own",
  input: nameOnBadgeInput,
  run: async (context, { certificateId, named }) => {
    const { tx, now } = context;
    const { personId } = requirePerson(context.viewer);
    await tx.$queryRaw`select id from certificate where id = ${certificateId}::uuid for update`;
    const certificate = await tx.certificate.findFirst({
      where: { id: certificateId, candidateId: personId },
      select: {
        id: true,
        status: true,
        facts: true,
        factsHash: true,
        issuedAt: true,
        validUntil: true,
        namedBadges: { where: { withdrawnAt: null }, select: { credentialId: true } },
      },
    });
    if (!certificate) throw notFound("The certificate");
    const live = certificate.namedBadges.length > 0;
    if (named && !live) {
      const status = certificateStatus(certificate, now);
      if (status === "revoked" || status === "superseded") {
        throw conflict("This certificate no longer stands: there is no badge to make of it.");
      }
      const { email } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { email: true } });
      const { row } = await signCertificate(context, certificate, ({ name }) => [
        { type: "name", value: name, salt: null },
        ...(email === null ? [] : [salted("emailAddress", email)]),
      ]);
      await tx.namedBadge.create({ data: { certificateId, ...row } });
    } else if (!named) {
      await tx.namedBadge.updateMany({ where: { certificateId, withdrawnAt: null }, data: { withdrawnAt: now } });
    }
    context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { nameOnBadge: named } });
    return { certificateId, named };
  },
});
