/** Runs the seed on the database of the environment. */
import { createServices } from "@bandwise/core/adapters/services";
import { readSettings } from "@bandwise/core/kernel/settings";
import { seed } from "../../prisma/seed/seed.ts";

const services = await createServices(readSettings(process.env), "cli");
try {
  await seed(services);
} finally {
  await services.close();
}
