import { getInterviewConsole } from "@bandwise/core/interviews/queries";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ attemptId: string }>(async (context, _request, { attemptId }) =>
  Response.json(await getInterviewConsole(context, { attemptId })),
);
