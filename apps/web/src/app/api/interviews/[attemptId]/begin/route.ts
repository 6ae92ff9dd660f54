import { beginInterview } from "@bandwise/core/interviews/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ attemptId: string }>(async (context, request, ids) =>
  Response.json(await beginInterview(context, await readInput(request, ids))),
);
