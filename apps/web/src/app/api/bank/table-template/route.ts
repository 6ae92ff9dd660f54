import { getItemTableTemplate } from "@bandwise/core/bank/export-queries";
import { handleRoute } from "@/lib/route.ts";

/** A table with the columns an import understands for one skill, and rows to overwrite. */
export const GET = handleRoute(async (context, request) => {
  const asked = Object.fromEntries(request.nextUrl.searchParams) as Parameters<typeof getItemTableTemplate>[1];
  return new Response(await getItemTableTemplate(context, asked), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${asked.skill}-template.csv"`,
    },
  });
});
