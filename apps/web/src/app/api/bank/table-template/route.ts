import { getItemTableTemplate } from "@bandwise/core/bank/export-queries";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** A table with the columns an import understands for one skill, and rows to overwrite. */
export const GET = handleRoute(async (context, request) => {
  const asked = Object.fromEntries(request.nextUrl.searchParams) as Parameters<typeof getItemTableTemplate>[1];
  return download(await getItemTableTemplate(context, asked), {
    name: `${asked.skill}-template.csv`,
    type: "text/csv; charset=utf-8",
  });
});
