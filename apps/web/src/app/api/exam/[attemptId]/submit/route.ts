import { submitAttempt } from "@bandwise/core/delivery/exam-commands";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ attemptId: string }>(async (context, _request, { attemptId }) =>
  Response.json(await submitAttempt(context, { attemptId })),
);
