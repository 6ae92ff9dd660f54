import { completeRecording, startRecording } from "@bandwise/core/delivery/recording-commands";
import { readInput } from "@/features/exam/server/body.ts";
import { examViewer } from "@/features/exam/server/exam-token.ts";
import { handleRoute } from "@/lib/route.ts";

type Params = { attemptId: string; recordingId: string };

/** Announces a recording; again for the same one is fine. */
export const PUT = handleRoute<Params>(
  async (context, request, ids) => Response.json(await startRecording(context, await readInput(request, ids))),
  { viewer: examViewer },
);

/** All pieces are sent: joined, or answered with the numbers that are missing. */
export const POST = handleRoute<Params>(
  async (context, request, ids) => Response.json(await completeRecording(context, await readInput(request, ids))),
  { viewer: examViewer },
);
