import { findPracticeMedia } from "@bandwise/core/practice/queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ itemVersionId: string }>(async (context, request, { itemVersionId }) => {
  const turn = request.nextUrl.searchParams.get("turn") ?? undefined;
  return streamFile(
    context.storage,
    await findPracticeMedia(context, { itemVersionId, ...(turn && { turn }) }),
    request,
  );
});
