import { fileURLToPath } from "node:url";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { type BankHealthReport, bankHealth } from "@bandwise/core/bank/health-queries";
import { contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { type Command, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const statuses = { green: 0, amber: 1, red: 2 } as const;

/** Exit statuses as monitoring programs read them: 0 green, 1 amber, 2 red. */
export const command: Command = {
  usage: "bank health [PROGRAMME] [--json]   (default: ielp)",
  async run(args, io) {
    const json = args.includes("--json");
    const [programme = "ielp", ...rest] = args.filter((arg) => arg !== "--json");
    if (rest.length > 0 || programme.startsWith("-")) throw new UsageError("takes one PROGRAMME at most, and --json");
    const settings = joinInstallation(root, process.env);
    const services = await createServices({ ...settings, logLevel: "error" }, "cli");
    try {
      const report = await bankHealth(contextFor(services, systemViewer, services.ids.uuid()), { programme });
      await io.out(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
      return statuses[report.health.state];
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "NOT_FOUND") throw error;
      throw new UsageError(`there is no programme ${JSON.stringify(programme)}`);
    } finally {
      await services.close();
    }
  },
};

function textOf({ programme, health, overexposed, dueForReview }: BankHealthReport): string {
  const lines = [`${programme.name} ${programme.version}: ${health.state}`, ""];
  lines.push(
    "section    level            active  anchors  pretest  resting  a form  sittings  exposure least/median/most",
  );
  for (const section of health.sections) {
    for (const slot of section.slots) {
      const { least, median, most } = slot.exposure;
      lines.push(
        [
          section.skill.padEnd(10),
          `${slot.level} ${slot.tag}`.trim().padEnd(14),
          ...[slot.plain + slot.anchors, slot.anchors, slot.pretest, slot.resting, slot.perForm, slot.sittingsLeft].map(
            (count, at) => String(count).padStart([8, 8, 8, 8, 7, 9][at] ?? 8),
          ),
          `  ${least}/${median}/${most}`,
          slot.state === "green" ? "" : `  ${slot.state}`,
        ].join(" "),
      );
    }
    lines.push(
      `${section.skill}: ${section.sittingsLeft} sittings without a repeat, ${(section.overlap * 100).toFixed(1)} % overlap between two candidates, anchors at ${section.anchorLevels} levels`,
    );
    lines.push("");
  }
  for (const section of health.sections) for (const reason of section.reasons) lines.push(`- ${reason}`);
  const over = overexposed.filter((item) => item.status === "active");
  lines.push(`${over.length} items over their exposure limit, ${overexposed.length - over.length} resting`);
  lines.push(`${dueForReview.length === 50 ? "50 or more" : dueForReview.length} items due for review`);
  for (const { skill, level, what, missing, why } of health.writeNext)
    lines.push(`write ${missing} ${skill} ${level} ${what} (${why})`);
  return `${lines.join("\n")}\n`;
}
