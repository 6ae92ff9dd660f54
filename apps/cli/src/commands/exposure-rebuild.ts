import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { rebuildExposureCounts } from "@bandwise/core/bank/commands";
import { contextFor } from "@bandwise/core/kernel/context";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Command, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Exit status 1 where the counts had drifted from the ledger: they are right now, but somebody should ask why. */
export const command: Command = {
  usage: "exposure rebuild",
  async run(args, io) {
    if (args.length > 0) throw new UsageError("takes no arguments");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const context = contextFor(services, systemViewer, services.ids.uuid());
      const { disagreed } = await rebuildExposureCounts(context, {});
      await io.out(
        disagreed === 0
          ? "exposure counts rebuilt: every item agreed with the allotment ledger\n"
          : `exposure counts rebuilt: ${disagreed} ${disagreed === 1 ? "item" : "items"} disagreed with the allotment ledger\n`,
      );
      return disagreed === 0 ? 0 : 1;
    } finally {
      await services.close();
    }
  },
};
