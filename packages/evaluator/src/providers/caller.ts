import { ProviderError } from "./provider-error.ts";

/** How patient we are with a service outside. */
export interface CallLimits {
  /** For one try, the answer's last byte included. */
  readonly tryMilliseconds: number;
  readonly tries: number;
  /** Before the second try; doubled before each further one. */
  readonly pauseMilliseconds: number;
  /** A service that asks to be left alone for longer is asked again by a later job, not by this call. */
  readonly longestPauseMilliseconds: number;
  /** So many calls in a row that came to nothing, and the service is left alone for a while. */
  readonly failuresUntilRest: number;
  readonly restMilliseconds: number;
}

export const usualLimits: CallLimits = {
  ...{ tryMilliseconds: 60_000, tries: 3, pauseMilliseconds: 1000, longestPauseMilliseconds: 15_000 },
  ...{ failuresUntilRest: 4, restMilliseconds: 60_000 },
};

export interface Caller {
  /** @throws ProviderError, also when `signal` ends it */
  call<T>(signal: AbortSignal, attempt: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/**
 * Calls one service: each try within its time, few tries with growing pauses, and after calls that came to nothing a rest in which
 * it is not asked at all, so that a service that is down holds nobody up. The first call after a rest tries once.
 */
export function createCaller(name: string, limits: CallLimits = usualLimits): Caller {
  let failures = 0;
  let restsUntil = 0;
  return {
    async call(signal, attempt) {
      if (signal.aborted) throw new ProviderError(`${name}: was called off`, true);
      if (performance.now() < restsUntil)
        throw new ProviderError(`${name}: failed ${failures} times in a row and is left alone for a while`, true);
      const tries = failures >= limits.failuresUntilRest ? 1 : limits.tries;
      for (let made = 1; ; made += 1) {
        try {
          const answer = await oneTry(name, signal, limits.tryMilliseconds, attempt);
          failures = 0;
          return answer;
        } catch (error) {
          const failure = asProviderError(name, error);
          if (signal.aborted) throw failure;
          const pause = Math.max(failure.retryAfterMilliseconds ?? 0, limits.pauseMilliseconds * 2 ** (made - 1));
          if (failure.retryable && made < tries && pause <= limits.longestPauseMilliseconds) {
            await sleep(pause, signal);
            continue;
          }
          // What it refuses is the question's fault, not the service's.
          if (failure.retryable) failures += 1;
          if (failures >= limits.failuresUntilRest) restsUntil = performance.now() + limits.restMilliseconds;
          throw failure;
        }
      }
    },
  };
}

async function oneTry<T>(
  name: string,
  signal: AbortSignal,
  milliseconds: number,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // A timer of our own, not `AbortSignal.any` over `AbortSignal.timeout`: nothing holds on to the latter, and one that is
  // collected never ends anything.
  const own = new AbortController();
  const { promise: ended, reject } = withRejection();
  const end = (words: string) => {
    reject(new ProviderError(`${name}: ${words}`, true));
    own.abort();
  };
  const calledOff = () => end("was called off");
  const timer = setTimeout(() => end(`did not answer within ${milliseconds / 1000} seconds`), milliseconds);
  signal.addEventListener("abort", calledOff);
  try {
    // Not everyone who is asked listens to the signal.
    return await Promise.race([attempt(own.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", calledOff);
  }
}

function withRejection(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}

function asProviderError(name: string, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no connection";
  return new ProviderError(`${name}: cannot be reached (${code})`, true, { cause: error });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
