import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { rotateIssuerKeys } from "@bandwise/core/certificates/badge-commands";
import { contextFor } from "@bandwise/core/kernel/context";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Command, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export const command: Command = {
  usage:
    "credential keys rotate   (makes new signing keys; the old public ones stay published, what they signed stays valid)",
  async run(args, io) {
    if (args.length !== 1 || args[0] !== "rotate") throw new UsageError("says rotate and nothing else");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const { did, made, retired } = await rotateIssuerKeys(
        contextFor(services, systemViewer, services.ids.uuid()),
        {},
      );
      await io.out(`${did} signs with new keys; ${retired} retired and still published\n${made.join("\n")}\n`);
      return 0;
    } finally {
      await services.close();
    }
  },
};
