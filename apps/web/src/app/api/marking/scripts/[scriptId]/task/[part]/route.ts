import { getScriptTaskMedia } from "@bandwise/core/marking/queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

/** The picture or the recorded turn that the script's task shows. */
export const GET = handleRoute<{ scriptId: string; part: string }>(async (context, request, { scriptId, part }) =>
  streamFile(
    context.storage,
    await getScriptTaskMedia(context, { scriptId, part: part === "picture" ? "picture" : "turn" }),
    request,
  ),
);
