import { takeAdjudication, takeBenchmark, takeScript } from "@bandwise/core/marking/commands";
import { getScriptForMarking } from "@bandwise/core/marking/queries";
import { queueInput } from "@bandwise/core/marking/schema";
import type { z } from "zod";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

const takes = { live: takeScript, adjudication: takeAdjudication, benchmarks: takeBenchmark } as const;

/** The next script of a skill, whole, or null where none waits: what comes beside the one in hand is loaded ahead. */
export const POST = handleRoute(async (context, request) => {
  const { queue, ...asked } = await readInput<z.input<typeof queueInput>>(request, {});
  const taken = await takes[queueInput.shape.queue.parse(queue)](context, asked);
  return Response.json({ script: taken && (await getScriptForMarking(context, taken)) });
});
