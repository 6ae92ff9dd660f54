import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { createFirstAdmin } from "@bandwise/core/people/commands";
import { type Command, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** The way into an installation that has no admin yet, or whose admins can no longer sign in. */
export const command: Command = {
  usage: "admin create EMAIL NAME",
  async run(args, io) {
    const [email, ...words] = args;
    const name = words.join(" ");
    if (email === undefined || name === "") throw new UsageError("needs an EMAIL and a NAME");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const context = contextFor(services, systemViewer, services.ids.uuid());
      const { secret, minutes } = await createFirstAdmin(context, { email, name });
      await io.out(
        `${email} is an admin. Set the password here, within ${minutes} minutes:\n${settings.publicUrl}/reset-password/${secret}\n`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      io.err(`bandwise admin create: ${error.userMessage}\n`);
      return 1;
    } finally {
      await services.close();
    }
  },
};
