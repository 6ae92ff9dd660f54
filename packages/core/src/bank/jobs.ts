import type { Sweep } from "../kernel/jobs.ts";
import { restOverexposedItems } from "./health-commands.ts";

export const bankSweeps: readonly Sweep[] = [
  {
    name: "bank.rest-overexposed",
    everySeconds: 3600,
    run: async (context) => {
      await restOverexposedItems(context, {});
    },
  },
];
