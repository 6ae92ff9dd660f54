import { completeRecording, putChunk, startRecording } from "@bandwise/core/delivery/recording-commands";
import { chunkBytesMax } from "@bandwise/core/delivery/schema";
import { AppError } from "@bandwise/core/kernel/errors";
import { examViewer } from "@/features/exam/server/exam-token.ts";
import { handleRoute, readBytes } from "@/lib/route.ts";

/**
 * One piece of a take, and with it whatever else there is to say, so that it needs no request of its own: the first says
 * in `x-take` what the take is of, and each that is sent when the recorder has stopped how many pieces there are.
 */
export const PUT = handleRoute<{ attemptId: string; recordingId: string; index: string }>(
  async (context, request, { attemptId, recordingId, index: position }) => {
    const sha256 = request.headers.get("x-chunk-sha256") ?? "";
    const count = request.headers.get("x-chunk-count");
    const take = request.headers.get("x-take");
    const index = Number(position);
    const piece = { attemptId, recordingId, sha256, content: await readBytes(request, chunkBytesMax) };
    const chunkCount = count === null ? {} : { chunkCount: Number(count) };
    if (index === 0) {
      if (take === null) throw new AppError("INVALID", "The first piece has to say what it is a recording of.");
      return Response.json(await startRecording(context, { ...piece, ...chunkCount, ...announced(take) }));
    }
    return Response.json(
      count === null
        ? await putChunk(context, { ...piece, index })
        : await completeRecording(context, { ...piece, index, chunkCount: Number(count) }),
    );
  },
  { viewer: examViewer },
);

/** As a form would be sent. Nothing is checked here: the command parses its input. */
function announced(take: string) {
  const fields = new URLSearchParams(take);
  const text = (name: string): string => fields.get(name) ?? "";
  return {
    attemptItemId: text("attemptItemId"),
    clientId: text("clientId"),
    mimeType: text("mimeType"),
    take: text("take"),
    madeAt: text("madeAt"),
    anchor: text("anchor"),
  };
}
