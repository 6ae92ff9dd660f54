import { findPlayedMedia } from "@bandwise/core/delivery/exam-queries";
import { sendFile } from "@/features/exam/server/send-file.ts";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) => {
  const ticket = request.nextUrl.searchParams.get("ticket") ?? "";
  return sendFile(context.storage, await findPlayedMedia(context, { attemptId, ticket }), request);
});
