import type { Services } from "@bandwise/core/kernel/context";
import { closeDemo, seedDemo } from "./demo.ts";
import { seedStarterBank } from "./starter-bank.ts";

/** Adds what a new installation needs and lacks. Demo people exist only on the embedded database, on loopback. */
export async function seed(services: Services): Promise<void> {
  await seedStarterBank(services);
  if (services.settings.demo) await seedDemo(services);
  else await closeDemo(services);
}
