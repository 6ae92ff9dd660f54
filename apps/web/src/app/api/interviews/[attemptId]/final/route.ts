import { makeInterviewFinal } from "@bandwise/core/interviews/commands";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ attemptId: string }>(async (context, _request, { attemptId }) =>
  Response.json(await makeInterviewFinal(context, { attemptId })),
);
