import { saveDraft } from "@bandwise/core/marking/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

export const PUT = handleRoute<{ scriptId: string }>(async (context, request, ids) =>
  Response.json(await saveDraft(context, await readInput(request, ids))),
);
