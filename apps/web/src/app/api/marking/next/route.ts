import { takeScript } from "@bandwise/core/marking/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

/** The next script of a skill, or null where none waits. */
export const POST = handleRoute(async (context, request) =>
  Response.json({ script: await takeScript(context, await readInput(request, {})) }),
);
