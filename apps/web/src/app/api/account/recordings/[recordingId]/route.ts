import { findOwnRecording } from "@bandwise/core/people/account-queries";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

const extensions: Readonly<Record<string, string>> = {
  "audio/webm": "webm",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
};

/** One of the person's own recordings, piece by piece: it is never whole in memory. */
export const GET = handleRoute<{ recordingId: string }>(async (context, _request, { recordingId }) => {
  const { mimeType, storageKeys } = await findOwnRecording(context, { recordingId });
  const keys = storageKeys.values();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = keys.next();
      if (next.done) controller.close();
      else controller.enqueue(await context.storage.get(next.value));
    },
  });
  const type = mimeType.split(";")[0] ?? mimeType;
  return download(body, { name: `recording-${recordingId}.${extensions[type] ?? "audio"}`, type });
});
