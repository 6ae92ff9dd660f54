import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { sha256 } from "../kernel/hash.ts";

/** argon2id, 19 MiB, two passes, one lane: the first recommendation of OWASP's password storage cheat sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// A hash takes a core for ~20 ms. Unbounded, a room signing in at once would take every thread of the pool and all
// file work with it; one core always stays free for answers.
let free = Math.max(1, availableParallelism() - 1);
const waiting: (() => void)[] = [];

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => void waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password.normalize("NFKC"), cost));
}

let dummy: Promise<string> | undefined;

/** An account that does not exist, or has no password yet, takes the same time as a wrong password. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const against = passwordHash ?? (await dummy);
  const matches = await bounded(() => verify(against, password.normalize("NFKC")));
  return matches && passwordHash !== null;
}

/** Says that a password was checked against exactly this hash: nobody without the database can make it. */
export function passwordProof(passwordHash: string): string {
  return sha256(`checked ${passwordHash}`);
}
