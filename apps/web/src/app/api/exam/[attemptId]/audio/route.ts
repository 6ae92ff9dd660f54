import { findPlayedMedia } from "@bandwise/core/delivery/exam-queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) => {
  const ticket = request.nextUrl.searchParams.get("ticket") ?? "";
  return streamFile(context.storage, await findPlayedMedia(context, { attemptId, ticket }), request);
});
