import { findTaskPicture } from "@bandwise/core/delivery/exam-queries";
import { sendFile } from "@/features/exam/server/send-file.ts";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ attemptId: string; itemId: string }>(async (context, request, { attemptId, itemId }) =>
  sendFile(context.storage, await findTaskPicture(context, { attemptId, attemptItemId: itemId }), request),
);
