import { getResult } from "@bandwise/core/results/queries";
import { resultDocument } from "@bandwise/core/results/result-document";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** A candidate's own result as a file: bands, ranges, sub-skills and the whole trace. */
export const GET = handleRoute<{ resultId: string }>(async (context, _request, { resultId }) => {
  const result = await getResult(context, { resultId });
  return download(`${JSON.stringify(resultDocument(result), null, 2)}\n`, {
    name: `result-${result.attempt.reference}-${result.version}.json`,
    type: "application/json; charset=utf-8",
  });
});
