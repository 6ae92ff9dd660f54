import { getExemplarAudio } from "@bandwise/core/marking/qualification-queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ benchmarkId: string }>(async (context, request, { benchmarkId }) =>
  streamFile(context.storage, await getExemplarAudio(context, { benchmarkId }), request),
);
