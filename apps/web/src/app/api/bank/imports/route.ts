import { startImport } from "@bandwise/core/bank/import-commands";
import { maxImportBytes } from "@bandwise/core/bank/schema";
import { requirePermission } from "@bandwise/core/kernel/policy";
import { handleRoute, readBytes } from "@/lib/route.ts";

/** Takes a file of items in to be checked. The body is the file; its name is a parameter. */
export const POST = handleRoute(async (context, request) => {
  // Asked before the body is taken in, so that nobody else can make the server hold it.
  requirePermission(context.viewer, "item:import");
  const content = await readBytes(request, maxImportBytes);
  return Response.json(
    await startImport(context, { fileName: request.nextUrl.searchParams.get("name") ?? "", content }),
  );
});
