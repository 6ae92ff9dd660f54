import { getScriptTaskMedia } from "@bandwise/core/marking/queries";
import { streamFile } from "@/features/marking/server/stream-file.ts";
import { handleRoute } from "@/lib/route.ts";

/** The picture or the recorded turn that the script's task shows. */
export const GET = handleRoute<{ scriptId: string; part: string }>(async (context, request, { scriptId, part }) =>
  streamFile(
    context.storage,
    await getScriptTaskMedia(context, { scriptId, part: part === "picture" ? "picture" : "turn" }),
    request,
  ),
);
