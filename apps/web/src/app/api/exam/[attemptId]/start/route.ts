import { startAttempt } from "@bandwise/core/delivery/exam-commands";
import { readInput } from "@/features/exam/server/body.ts";
import { examTokenCookie } from "@/features/exam/server/exam-token.ts";
import { handleRoute } from "@/lib/route.ts";

export const POST = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) => {
  const { examToken, epoch } = await startAttempt(context, await readInput(request, { attemptId }));
  return Response.json(
    { epoch },
    { headers: { "set-cookie": examTokenCookie(context.settings, attemptId, examToken) } },
  );
});
