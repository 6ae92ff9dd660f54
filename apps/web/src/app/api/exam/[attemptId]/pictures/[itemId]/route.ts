import { findTaskPicture } from "@bandwise/core/delivery/exam-queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ attemptId: string; itemId: string }>(async (context, request, { attemptId, itemId }) =>
  streamFile(context.storage, await findTaskPicture(context, { attemptId, attemptItemId: itemId }), request),
);
