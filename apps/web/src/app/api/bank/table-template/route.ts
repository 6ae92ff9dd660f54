import { getItemTableTemplate } from "@bandwise/core/bank/export-queries";
import { handleRoute } from "@/lib/route.ts";

/** A table with the columns an import understands, and two rows to overwrite. */
export const GET = handleRoute(async (context) => {
  return new Response(await getItemTableTemplate(context, {}), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="items-template.csv"',
    },
  });
});
