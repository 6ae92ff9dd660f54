import { listExemplars } from "@bandwise/core/marking/qualification-queries";
import type { exemplarsInput } from "@bandwise/core/marking/schema";
import type { z } from "zod";
import { handleRoute } from "@/lib/route.ts";

/** Answers with agreed marks, for who marks the skill. The query checks what is asked, after who asks. */
export const GET = handleRoute(async (context, request) => {
  const asked = Object.fromEntries(request.nextUrl.searchParams) as z.input<typeof exemplarsInput>;
  return Response.json(await listExemplars(context, asked));
});
