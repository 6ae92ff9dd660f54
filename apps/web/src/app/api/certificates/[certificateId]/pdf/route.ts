import { getCertificatePdf } from "@bandwise/core/certificates/queries";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** The document, for its holder and for admins. */
export const GET = handleRoute<{ certificateId: string }>(async (context, _request, { certificateId }) => {
  const { content, fileName } = await getCertificatePdf(context, { certificateId });
  return download(Buffer.from(content), { name: fileName, type: "application/pdf" });
});
