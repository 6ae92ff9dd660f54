import { getScriptAudio } from "@bandwise/core/marking/queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ scriptId: string }>(async (context, request, { scriptId }) =>
  streamFile(context.storage, await getScriptAudio(context, { scriptId }), request),
);
