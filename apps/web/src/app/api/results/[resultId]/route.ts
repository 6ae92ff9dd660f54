import { getResult } from "@bandwise/core/results/queries";
import { resultDocument } from "@bandwise/core/results/result-document";
import { handleRoute } from "@/lib/route.ts";

/** A candidate's own result as a file: bands, ranges, sub-skills and the whole trace. */
export const GET = handleRoute<{ resultId: string }>(async (context, _request, { resultId }) => {
  const result = await getResult(context, { resultId });
  return new Response(`${JSON.stringify(resultDocument(result), null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="result-${result.attempt.reference}-${result.version}.json"`,
      "cache-control": "private, no-store",
    },
  });
});
