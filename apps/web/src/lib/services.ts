import "server-only";
import { createServices, type RunningServices } from "@bandwise/core/adapters/services";
import { readSettings } from "@bandwise/core/kernel/settings";
import { createRateLimits, type RateLimits } from "./rate-limit.ts";

interface Shared {
  services?: Promise<RunningServices>;
  limits?: RateLimits;
}

// On globalThis because a reload in development, and each bundle Next makes, evaluates this module afresh: a second
// set of connections or of limits would be neither wanted nor right.
const world = globalThis as { bandwise?: Shared };
world.bandwise ??= {};
const shared: Shared = world.bandwise;

/** Everything that touches the world outside, once per process. A failed start is tried again by the next request. */
export function getServices(): Promise<RunningServices> {
  shared.services ??= createServices(readSettings(process.env), "web").catch((error: unknown) => {
    delete shared.services;
    throw error;
  });
  return shared.services;
}

export function getRateLimits(): RateLimits {
  shared.limits ??= createRateLimits();
  return shared.limits;
}
