import { listExemplars } from "@bandwise/core/marking/qualification-queries";
import { exemplarsInput } from "@bandwise/core/marking/schema";
import { handleRoute } from "@/lib/route.ts";

/** Answers with agreed marks, for who marks the skill. */
export const GET = handleRoute(async (context, request) => {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  return Response.json(await listExemplars(context, exemplarsInput.parse(asked)));
});
