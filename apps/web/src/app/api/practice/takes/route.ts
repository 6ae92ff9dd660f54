import { requirePermission } from "@bandwise/core/kernel/policy";
import { submitPracticeTake } from "@bandwise/core/practice/commands";
import { handleRoute, readBytes } from "@/lib/route.ts";

const bytesMax = 16_000_000;

/** An answer to a practice task. The body is the sound; the task is a parameter. */
export const POST = handleRoute(async (context, request) => {
  requirePermission(context.viewer, "practice:own");
  const content = await readBytes(request, bytesMax);
  const mimeType = request.headers.get("x-sound-type") ?? "";
  const itemVersionId = request.nextUrl.searchParams.get("item") ?? "";
  return Response.json(await submitPracticeTake(context, { itemVersionId, mimeType, content }));
});
