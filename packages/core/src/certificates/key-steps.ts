import { didOf, makeIssuerKeys, type SecretKey } from "../adapters/credentials.ts";
import { openSecretKey, storeSecretKey } from "../adapters/secret-keys.ts";
import type { CommandContext } from "../kernel/context.ts";

interface SigningKeys {
  readonly did: string;
  readonly embedded: SecretKey;
  readonly jwt: SecretKey;
}

/** The keys in use, made when this installation has none under its present address. */
export async function signingKeys(context: CommandContext): Promise<SigningKeys> {
  const { tx, settings } = context;
  const did = await didOf(settings.publicUrl);
  await lockKeys(context);
  const found = await tx.issuerKey.findMany({ where: { did, retiredAt: null } });
  const byAlgorithm = (algorithm: string) => found.find((key) => key.algorithm === algorithm);
  const [ed25519, es256] = [byAlgorithm("Ed25519"), byAlgorithm("ES256")];
  if (!ed25519 || !es256) return makeKeys(context, did);
  return {
    did,
    embedded: {
      id: ed25519.id,
      algorithm: "Ed25519",
      publicKey: ed25519.publicKey,
      secretKey: await openSecretKey(settings, ed25519.id),
    },
    jwt: {
      id: es256.id,
      algorithm: "ES256",
      publicKey: es256.publicKey,
      secretKey: await openSecretKey(settings, es256.id),
    },
  };
}

/** Retires the keys in use, which stay published, and makes new ones. */
export async function replaceKeys(context: CommandContext): Promise<SigningKeys & { readonly retired: number }> {
  const did = await didOf(context.settings.publicUrl);
  await lockKeys(context);
  const { count } = await context.tx.issuerKey.updateMany({
    where: { did, retiredAt: null },
    data: { retiredAt: context.now },
  });
  return { ...(await makeKeys(context, did)), retired: count };
}

/** Two processes that issue the very first badge at once must not both make keys. */
async function lockKeys({ tx }: CommandContext): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('bandwise issuer keys'))`;
}

async function makeKeys(context: CommandContext, did: string): Promise<SigningKeys> {
  const { tx, now, settings } = context;
  const keys = await makeIssuerKeys(did);
  const of = (algorithm: string): SecretKey => {
    const key = keys.find((candidate) => candidate.algorithm === algorithm);
    if (!key) throw new Error(`no ${algorithm} key was made`);
    return key;
  };
  // The files first: a public key without its secret would stand in the way of every issue; a file too many is only litter.
  for (const key of keys) await storeSecretKey(settings, key);
  await tx.issuerKey.createMany({
    data: keys.map(({ id, algorithm, publicKey }) => ({ id, did, algorithm, publicKey, createdAt: now })),
  });
  for (const { id } of keys) context.audit({ subjectType: "issuer-key", subjectId: id, action: "makeIssuerKey" });
  return { did, embedded: of("Ed25519"), jwt: of("ES256") };
}
