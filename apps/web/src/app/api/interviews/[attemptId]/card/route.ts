import { getMyInterviewCard } from "@bandwise/core/interviews/queries";
import { handleRoute } from "@/lib/route.ts";

/** What lies before the signed-in candidate; asked every two seconds. */
export const GET = handleRoute<{ attemptId: string }>(async (context, _request, { attemptId }) =>
  Response.json(await getMyInterviewCard(context, { attemptId })),
);
