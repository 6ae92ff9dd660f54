import { retakeScript } from "@bandwise/core/marking/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute(async (context, request) =>
  Response.json(await retakeScript(context, await readInput(request, {}))),
);
