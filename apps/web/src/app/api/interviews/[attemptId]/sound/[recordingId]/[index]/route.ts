import { chunkBytesMax } from "@bandwise/core/delivery/schema";
import { putInterviewSound } from "@bandwise/core/interviews/sound-commands";
import { handleRoute, readBytes } from "@/lib/route.ts";

/** One piece of an interview's sound. Nothing is checked here: the command parses its input. */
export const PUT = handleRoute<{ attemptId: string; recordingId: string; index: string }>(
  async (context, request, ids) => {
    const take = new URLSearchParams(request.headers.get("x-take") ?? "");
    const count = request.headers.get("x-chunk-count");
    return Response.json(
      await putInterviewSound(context, {
        ...ids,
        sha256: request.headers.get("x-chunk-sha256") ?? "",
        clientId: take.get("clientId") ?? "",
        mimeType: take.get("mimeType") ?? "",
        madeAt: take.get("madeAt") ?? "",
        content: await readBytes(request, chunkBytesMax),
        ...(count !== null && { chunkCount: count }),
      }),
    );
  },
);
