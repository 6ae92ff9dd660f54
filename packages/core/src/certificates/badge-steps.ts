import { randomBytes, randomInt } from "node:crypto";
import { type Identity, signBadge } from "../adapters/credentials.ts";
import type { CommandContext } from "../kernel/context.ts";
import { conflict } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { STATUS_LIST_LENGTH, statusListFor } from "./badge-rules.ts";
import { signingKeys } from "./key-steps.ts";
import { viewOf } from "./rules.ts";
import { type CertificateFacts, certificateFacts, statusListPath } from "./schema.ts";

/** A row of `badge` or `named_badge`, but for the certificate it belongs to, and the keys it was signed with. */
export async function signCertificate(
  context: CommandContext,
  certificate: {
    readonly id: string;
    readonly facts: unknown;
    readonly factsHash: string;
    readonly issuedAt: Date;
    readonly validUntil: Date;
  },
  identitiesOf: (facts: CertificateFacts) => readonly Identity[],
) {
  const { ids, settings, now } = context;
  if (contentHash(certificate.facts) !== certificate.factsHash) {
    throw new Error(`the facts of ${certificate.id} do not match their hash`);
  }
  const facts = certificateFacts.parse(certificate.facts);
  const keys = await signingKeys(context);
  const place = await takeStatusPlace(context, certificate.id);
  const signed = await signBadge(
    {
      facts: { ...facts, ...viewOf(facts) },
      credentialId: place.credentialId,
      subjectId: `urn:uuid:${ids.uuid()}`,
      issuer: { did: keys.did, name: facts.awardingBody, url: settings.publicUrl },
      identities: identitiesOf(facts),
      issuedAt: certificate.issuedAt,
      validUntil: certificate.validUntil,
      status: { listUrl: `${settings.publicUrl}${statusListPath(place.list)}`, index: place.index },
    },
    keys,
    now,
  );
  return {
    row: {
      credentialId: place.credentialId,
      ...signed,
      statusList: place.list,
      statusIndex: place.index,
      createdAt: now,
    },
    keyIds: [keys.embedded.id, keys.jwt.id],
  };
}

export function salted(type: Identity["type"], value: string): Identity {
  return { type, value, salt: randomBytes(16).toString("base64url") };
}

/** A random free place, so that neighbours in the list say nothing about each other. */
async function takeStatusPlace({ tx, ids }: CommandContext, certificateId: string) {
  // Held to the end of the transaction: two issues at once must not take one place.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('bandwise status places'))`;
  const [newest] = await tx.$queryRaw<{ list: number; used: number }[]>`
    select status_list as list, count(*)::int as used
    from (select status_list from badge union all select status_list from named_badge) as places
    group by status_list order by status_list desc limit 1`;
  const list = statusListFor(newest ?? null);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const index = randomInt(STATUS_LIST_LENGTH);
    const place = { where: { statusList: list, statusIndex: index } };
    const taken = (await tx.badge.count(place)) + (await tx.namedBadge.count(place));
    if (taken === 0) return { list, index, credentialId: `urn:uuid:${ids.uuid()}` };
  }
  throw conflict(`No free place was found in status list ${list} for certificate ${certificateId}.`);
}
