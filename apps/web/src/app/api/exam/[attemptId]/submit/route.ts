import { submitAttempt } from "@bandwise/core/delivery/exam-commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) =>
  Response.json(await submitAttempt(context, await readInput(request, { attemptId }))),
);
