import { beginSection, endSection } from "@bandwise/core/delivery/exam-commands";
import { readInput } from "@/features/exam/server/body.ts";
import { handleRoute } from "@/lib/route.ts";

type Params = { attemptId: string; sectionId: string };

export const POST = handleRoute<Params>(async (context, request, { attemptId, sectionId }) =>
  Response.json(await beginSection(context, await readInput(request, { attemptId, sectionId }))),
);

/** Ends it: what is not answered by now stays so. */
export const DELETE = handleRoute<Params>(async (context, request, { attemptId, sectionId }) =>
  Response.json(await endSection(context, await readInput(request, { attemptId, sectionId }))),
);
