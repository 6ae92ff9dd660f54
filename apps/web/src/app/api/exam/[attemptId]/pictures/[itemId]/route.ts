import { findTaskPicture } from "@bandwise/core/delivery/exam-queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ attemptId: string; itemId: string }>(
  async (context, request, { attemptId, itemId }) => {
    const block = request.nextUrl.searchParams.get("block") ?? undefined;
    const media = await findTaskPicture(context, { attemptId, attemptItemId: itemId, ...(block && { block }) });
    return streamFile(context.storage, media, request);
  },
);
