import { requirePermission } from "@bandwise/core/kernel/policy";
import { submitPracticeTake } from "@bandwise/core/practice/commands";
import { handleRoute, readBytes } from "@/lib/route.ts";

const bytesMax = 16_000_000;

/** An answer to a practice task. The body is the sound; the task and the name of the take are parameters. */
export const POST = handleRoute(async (context, request) => {
  requirePermission(context.viewer, "practice:own");
  const content = await readBytes(request, bytesMax);
  const mimeType = request.headers.get("x-sound-type") ?? "";
  const { searchParams } = request.nextUrl;
  const [itemVersionId, takeId] = [searchParams.get("item") ?? "", searchParams.get("take") ?? ""];
  return Response.json(await submitPracticeTake(context, { takeId, itemVersionId, mimeType, content }));
});
