import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { salted, signCertificate } from "./badge-steps.ts";
import { replaceKeys } from "./key-steps.ts";
import { certificateIdInput } from "./schema.ts";

/**
 * Signs the badge of a certificate, once: a second call finds it there. The identity inside is hashed with salts of its own;
 * neither the name nor the printed code is in it.
 */
export const issueBadge = defineCommand({
  name: "issueBadge",
  permission: "certificate:issue",
  input: certificateIdInput,
  run: async (context, { certificateId }) => {
    const { tx } = context;
    await tx.$queryRaw`select id from certificate where id = ${certificateId}::uuid for update`;
    const certificate = await tx.certificate.findUnique({
      where: { id: certificateId },
      select: {
        facts: true,
        factsHash: true,
        issuedAt: true,
        validUntil: true,
        candidateId: true,
        badge: { select: { embedded: true, jwt: true } },
      },
    });
    if (!certificate) throw notFound("The certificate");
    if (certificate.badge) {
      context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { signed: false } });
      return { embedded: certificate.badge.embedded, jwt: certificate.badge.jwt };
    }
    const person = await tx.person.findUnique({ where: { id: certificate.candidateId }, select: { email: true } });
    const { row, keyIds } = await signCertificate(context, { id: certificateId, ...certificate }, ({ name }) => [
      salted("name", name),
      ...(person?.email ? [salted("emailAddress", person.email)] : []),
    ]);
    await tx.badge.create({ data: { certificateId, ...row } });
    context.audit({
      subjectType: "certificate",
      subjectId: certificateId,
      detail: { signed: true, keys: keyIds },
    });
    return { embedded: row.embedded, jwt: row.jwt };
  },
});

/** Makes new signing keys. What the old ones signed stays valid: their public halves stay published. */
export const rotateIssuerKeys = defineCommand({
  name: "rotateIssuerKeys",
  permission: "certificate:issue",
  input: z.object({}),
  run: async (context) => {
    const { did, embedded, jwt, retired } = await replaceKeys(context);
    return { did, made: [embedded.id, jwt.id], retired };
  },
});
