import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { issueBadge } from "@bandwise/core/certificates/badge-commands";
import { findCertificateByCode } from "@bandwise/core/certificates/badge-queries";
import { normaliseCode } from "@bandwise/core/certificates/rules";
import { contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Command, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** For certificates from before there were badges, and for operators who need one at hand. Its PDF stays as it was printed. */
export const command: Command = {
  usage: "credential issue CODE [--jwt]   (signs the badge of this certificate if it has none, and prints it)",
  async run(args, io) {
    const rest = args.filter((arg) => arg !== "--jwt");
    const [code, ...more] = rest;
    if (code === undefined || more.length > 0 || code.startsWith("-")) throw new UsageError("needs one CODE");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const context = contextFor(services, systemViewer, services.ids.uuid());
      const { certificateId } = await findCertificateByCode(context, { code: normaliseCode(code) });
      const { embedded, jwt } = await issueBadge(context, { certificateId });
      const badge = args.includes("--jwt") ? jwt : embedded;
      if (badge === null) {
        io.err("bandwise credential issue: the holder of this certificate was erased, and its badge with them\n");
        return 1;
      }
      await io.out(`${badge}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      io.err(`bandwise credential issue: ${error.userMessage}\n`);
      return 1;
    } finally {
      await services.close();
    }
  },
};
