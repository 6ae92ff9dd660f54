import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { exportItems } from "@bandwise/core/bank/export-queries";
import { contextFor } from "@bandwise/core/kernel/context";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Command, UsageError } from "../command.ts";
import { printable } from "../printable.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Exit statuses: 0 all is written, 1 some items have no place in this format, 2 called wrongly. */
export const command: Command = {
  usage:
    "export qti|csv OUT   (the bank's items as a zip: a QTI package, or items.csv with its media; a bank of more than 5,000 leaves in parts, OUT, OUT-2, …)",
  async run(args, io) {
    const [format, out, ...rest] = args;
    if ((format !== "qti" && format !== "csv") || out === undefined || rest.length > 0)
      throw new UsageError("takes qti or csv, and OUT");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const context = contextFor(services, systemViewer, services.ids.uuid());
      let left = 0;
      for (let part = 1, parts = 1; part <= parts; part += 1) {
        const exported = await exportItems(context, { format, part });
        parts = exported.parts;
        const file = part === 1 ? out : out.replace(/(\.[^./]+)?$/, `-${part}$1`);
        await pipeline(exported.content, createWriteStream(file));
        await io.out(`${exported.count} items written to ${file}\n`);
        for (const { id, reason } of exported.leftOut) await io.out(`left out ${id}: ${reason}\n`);
        left += exported.leftOut.length;
      }
      return left > 0 ? 1 : 0;
    } catch (error) {
      const reason = writeFailure(error);
      if (reason === null) throw error;
      io.err(`bandwise export: cannot write ${printable(out)}: ${reason}\n`);
      return 2;
    } finally {
      await services.close();
    }
  },
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  ENOSPC: "the disk is full",
};

/** Why the system did not take the file, in words; null for any other error. */
function writeFailure(error: unknown): string | null {
  if (!(error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string")) return null;
  if (error.syscall !== "open" && error.syscall !== "write") return null;
  return reasons[error.code] ?? `writing failed (${error.code})`;
}
