import { getReportPdf } from "@bandwise/core/results/report-queries";
import { clientAddress } from "@/lib/client-address.ts";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";
import { getRateLimits } from "@/lib/services.ts";

/** The report as a document, drawn when it is asked for: for whoever may open its page. */
export const GET = handleRoute<{ resultId: string }>(async (context, request, { resultId }) => {
  const { viewer } = context;
  await getRateLimits().take("reportPdf", viewer.kind === "person" ? viewer.personId : clientAddress(request.headers));
  const { content, fileName } = await getReportPdf(context, { resultId });
  return download(Buffer.from(content), { name: fileName, type: "application/pdf" });
});
