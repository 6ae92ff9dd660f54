import { saveInterviewEntries } from "@bandwise/core/interviews/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

/** A hundred entries, each at most as long as the notes may be. */
const bytesMax = 2 * 1024 * 1024;

export const POST = handleRoute<{ attemptId: string }>(async (context, request, ids) =>
  Response.json(await saveInterviewEntries(context, await readInput(request, ids, bytesMax))),
);
