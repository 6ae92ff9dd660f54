import { getScriptAudio } from "@bandwise/core/marking/queries";
import { streamFile } from "@/features/marking/server/stream-file.ts";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ scriptId: string }>(async (context, request, { scriptId }) =>
  streamFile(context.storage, await getScriptAudio(context, { scriptId }), request),
);
