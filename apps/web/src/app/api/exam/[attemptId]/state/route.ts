import { getExamState } from "@bandwise/core/delivery/exam-queries";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ attemptId: string }>(async (context, _request, { attemptId }) =>
  Response.json(await getExamState(context, { attemptId })),
);
