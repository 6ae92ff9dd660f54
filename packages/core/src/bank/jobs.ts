import type { Sweep } from "../kernel/jobs.ts";
import { rollUpListedExposure } from "./commands.ts";
import { restOverexposedItems } from "./health-commands.ts";

export const bankSweeps: readonly Sweep[] = [
  {
    name: "bank.rest-overexposed",
    everySeconds: 3600,
    run: async (context) => {
      await restOverexposedItems(context, {});
    },
  },
  {
    // Exposure in lists is at most this old.
    name: "bank.listing",
    everySeconds: 20,
    run: async (context) => {
      await rollUpListedExposure(context, {});
    },
  },
];
