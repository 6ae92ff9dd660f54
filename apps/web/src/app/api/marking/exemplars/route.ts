import { listExemplars } from "@bandwise/core/marking/qualification-queries";
import { handleRoute } from "@/lib/route.ts";

/** Answers with agreed marks, for who marks the skill. */
export const GET = handleRoute(async (context, request) => {
  const skill = new URL(request.url).searchParams.get("skill") === "speaking" ? "speaking" : "writing";
  return Response.json(await listExemplars(context, { skill }));
});
