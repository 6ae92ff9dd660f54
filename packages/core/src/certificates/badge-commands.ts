import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import { type Identity, signBadge } from "../adapters/credentials.ts";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { STATUS_LIST_LENGTH, statusListFor } from "./badge-rules.ts";
import { replaceKeys, signingKeys } from "./key-steps.ts";
import { viewOf } from "./rules.ts";
import { certificateFacts, certificateIdInput, statusListPath } from "./schema.ts";

/**
 * Signs the badge of a certificate, once: a second call finds it there. The identity inside is hashed with salts of its own;
 * neither the name nor the printed code is in it.
 */
export const issueBadge = defineCommand({
  name: "issueBadge",
  permission: "certificate:issue",
  input: certificateIdInput,
  run: async (context, { certificateId }) => {
    const { tx, now, ids, settings } = context;
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
    if (contentHash(certificate.facts) !== certificate.factsHash) {
      throw new Error(`the facts of ${certificateId} do not match their hash`);
    }
    const facts = certificateFacts.parse(certificate.facts);
    const person = await tx.person.findUnique({ where: { id: certificate.candidateId }, select: { email: true } });
    const keys = await signingKeys(context);
    const place = await takeStatusPlace(context, certificateId);
    const signed = await signBadge(
      {
        facts: { ...facts, ...viewOf(facts) },
        credentialId: place.credentialId,
        subjectId: `urn:uuid:${ids.uuid()}`,
        issuer: { did: keys.did, name: facts.awardingBody, url: settings.publicUrl },
        identities: [salted("name", facts.name), ...(person?.email ? [salted("emailAddress", person.email)] : [])],
        issuedAt: certificate.issuedAt,
        validUntil: certificate.validUntil,
        status: { listUrl: `${settings.publicUrl}${statusListPath(place.list)}`, index: place.index },
      },
      keys,
      now,
    );
    await tx.badge.create({
      data: {
        certificateId,
        credentialId: place.credentialId,
        ...signed,
        statusList: place.list,
        statusIndex: place.index,
        createdAt: now,
      },
    });
    context.audit({
      subjectType: "certificate",
      subjectId: certificateId,
      detail: { signed: true, keys: [keys.embedded.id, keys.jwt.id] },
    });
    return signed;
  },
});

function salted(type: Identity["type"], value: string): Identity {
  return { type, value, salt: randomBytes(16).toString("base64url") };
}

/** A random free place, so that neighbours in the list say nothing about each other. */
async function takeStatusPlace({ tx, ids }: CommandContext, certificateId: string) {
  // Held to the end of the transaction: two issues at once must not take one place.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('bandwise status places'))`;
  const [newest] = await tx.badge.groupBy({
    by: ["statusList"],
    _count: true,
    orderBy: { statusList: "desc" },
    take: 1,
  });
  const list = statusListFor(newest ? { list: newest.statusList, used: newest._count } : null);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const index = randomInt(STATUS_LIST_LENGTH);
    const taken = await tx.badge.count({ where: { statusList: list, statusIndex: index } });
    if (taken === 0) return { list, index, credentialId: `urn:uuid:${ids.uuid()}` };
  }
  throw conflict(`No free place was found in status list ${list} for certificate ${certificateId}.`);
}

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
