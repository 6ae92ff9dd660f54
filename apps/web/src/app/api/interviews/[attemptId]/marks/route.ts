import { amendInterview, finishInterview } from "@bandwise/core/interviews/commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

/** The marks are given: the interview is over. */
export const POST = handleRoute<{ attemptId: string }>(async (context, request, ids) =>
  Response.json(await finishInterview(context, await readInput(request, ids))),
);

/** They are changed while they may be. */
export const PUT = handleRoute<{ attemptId: string }>(async (context, request, ids) =>
  Response.json(await amendInterview(context, await readInput(request, ids))),
);
