import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { widestDemand } from "./health.ts";
import { readDrawnItems, readProgrammes } from "./health-steps.ts";
import { formSections } from "./schema.ts";
import { lockVersion, moveVersion } from "./version-steps.ts";

const reasons = {
  rest: "Over its exposure limit",
  wake: "Seldom enough drawn again",
} as const;

/** Rests items that too many forms have held of late and wakes those that have rested long enough, by the rule alone. */
export const restOverexposedItems = defineCommand({
  name: "restOverexposedItems",
  permission: "bank:maintain",
  input: z.object({}),
  // Most runs change nothing; each move writes its own audit row.
  audit: "ledger",
  run: async (context) => {
    const programmes = await readProgrammes(context.tx);
    const demands = widestDemand(programmes.map((programme) => formSections.parse(programme.sections)));
    const moved = { rested: 0, woken: 0 };
    for (const { versionId, decision } of await readDrawnItems(context.tx, demands, context.now)) {
      if (decision !== "rest" && decision !== "wake") continue;
      const version = await lockVersion(context, versionId);
      // Somebody may have moved it since the counts were read.
      if (version.status !== (decision === "rest" ? "active" : "resting")) continue;
      await moveVersion(context, version, decision, { reason: reasons[decision], byId: null });
      moved[decision === "rest" ? "rested" : "woken"] += 1;
    }
    return moved;
  },
});
