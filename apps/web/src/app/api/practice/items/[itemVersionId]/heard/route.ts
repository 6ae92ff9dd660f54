import { spokenBytesMax } from "@bandwise/core/delivery/schema";
import { requirePermission } from "@bandwise/core/kernel/policy";
import { hearPracticeTurn } from "@bandwise/core/practice/queries";
import { handleRoute, readBytes } from "@/lib/route.ts";

/** What the partner of a practised conversation asks back. The body is the answer: 16 kHz, 16 bits, one channel. */
export const POST = handleRoute<{ itemVersionId: string }>(async (context, request, { itemVersionId }) => {
  requirePermission(context.viewer, "practice:own");
  const turn = request.nextUrl.searchParams.get("turn") ?? "";
  return Response.json(
    await hearPracticeTurn(context, { itemVersionId, turn, samples: await readBytes(request, spokenBytesMax) }),
  );
});
