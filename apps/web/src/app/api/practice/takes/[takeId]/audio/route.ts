import { findPracticeSound } from "@bandwise/core/practice/queries";
import { handleRoute } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

export const GET = handleRoute<{ takeId: string }>(async (context, request, { takeId }) =>
  streamFile(context.storage, await findPracticeSound(context, { takeId }), request),
);
