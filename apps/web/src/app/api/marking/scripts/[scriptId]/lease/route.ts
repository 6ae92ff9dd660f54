import { renewLease } from "@bandwise/core/marking/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ scriptId: string }>(async (context, request, ids) =>
  Response.json(await renewLease(context, await readInput(request, ids))),
);
