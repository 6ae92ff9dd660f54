import { saveAnswers } from "@bandwise/core/delivery/exam-commands";
import { readInput } from "@/features/exam/server/body.ts";
import { examViewer } from "@/features/exam/server/exam-token.ts";
import { handleRoute } from "@/lib/route.ts";

// Fifty answers of a writing task's full length at most.
const maxBytes = 1_200_000;

export const POST = handleRoute<{ attemptId: string }>(
  async (context, request, { attemptId }) =>
    Response.json(await saveAnswers(context, await readInput(request, { attemptId }, maxBytes))),
  { viewer: examViewer },
);
