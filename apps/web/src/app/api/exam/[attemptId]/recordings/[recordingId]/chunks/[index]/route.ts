import { putChunk } from "@bandwise/core/delivery/recording-commands";
import { chunkBytesMax } from "@bandwise/core/delivery/schema";
import { examViewer } from "@/features/exam/server/exam-token.ts";
import { handleRoute, readBytes } from "@/lib/route.ts";

export const PUT = handleRoute<{ attemptId: string; recordingId: string; index: string }>(
  async (context, request, { attemptId, recordingId, index }) =>
    Response.json(
      await putChunk(context, {
        attemptId,
        recordingId,
        index: Number(index),
        sha256: request.headers.get("x-chunk-sha256") ?? "",
        content: await readBytes(request, chunkBytesMax),
      }),
    ),
  { viewer: examViewer },
);
