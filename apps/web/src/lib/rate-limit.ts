import { AppError } from "@bandwise/core/kernel/errors";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const minutes = 60;

/**
 * Points and seconds. An exam room signs in from one address within minutes and mistypes: the ceiling per address is
 * far above what a room produces. The ceiling per account stops guessing spread over many addresses, yet is high enough that a
 * stranger cannot easily lock someone out.
 */
const limits = {
  signInPair: [8, 15 * minutes],
  signInAccount: [40, 60 * minutes],
  signInAddress: [300, 15 * minutes],
  secondStep: [6, 15 * minutes],
  register: [60, 60 * minutes],
  mailTo: [5, 60 * minutes],
  mailFrom: [60, 60 * minutes],
  token: [60, 15 * minutes],
  verifyCertificate: [120, 1 * minutes],
  /** Files cost more to look at than codes. */
  verifyFile: [20, 1 * minutes],
  verifyFileAnywhere: [120, 1 * minutes],
  /** A person's reports are drawn in the site's own process, some 70 ms each. */
  reportPdf: [12, 1 * minutes],
  shareLink: [60, 1 * minutes],
  /** A code of forty bits that lives half an hour; a right one costs nothing. */
  cardCode: [60, 5 * minutes],
} as const satisfies Record<string, readonly [points: number, seconds: number]>;
export type LimitName = keyof typeof limits;

export interface RateLimits {
  /** Takes a point or throws RATE_LIMITED. */
  take(name: LimitName, key: string): Promise<void>;
  give(name: LimitName, key: string): Promise<void>;
}

export function createRateLimits(): RateLimits {
  const limiters = new Map<LimitName, RateLimiterMemory>();
  for (const [name, [points, duration]] of Object.entries(limits) as [LimitName, readonly [number, number]][]) {
    limiters.set(name, new RateLimiterMemory({ keyPrefix: name, points, duration }));
  }
  const limiter = (name: LimitName): RateLimiterMemory => {
    const found = limiters.get(name);
    if (!found) throw new Error(`no limit called ${name}`);
    return found;
  };
  return {
    take: async (name, key) => {
      try {
        await limiter(name).consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const wait = Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
        throw new AppError(
          "RATE_LIMITED",
          `Too many attempts. Try again in ${wait} ${wait === 1 ? "minute" : "minutes"}.`,
        );
      }
    },
    give: async (name, key) => {
      await limiter(name).reward(key);
    },
  };
}

/**
 * Runs one check of a password. Points are taken before it and returned after success, so only failures count and a
 * burst of parallel guesses cannot slip through before the first failure is known.
 */
export async function throttleSignIn<T>(
  limitsOf: RateLimits,
  account: string,
  address: string,
  check: () => Promise<T>,
): Promise<T> {
  const keys: [LimitName, string][] = [
    ["signInPair", `${account} ${address}`],
    ["signInAccount", account],
    ["signInAddress", address],
  ];
  for (const [name, key] of keys) await limitsOf.take(name, key);
  const value = await check();
  for (const [name, key] of keys) await limitsOf.give(name, key);
  return value;
}
