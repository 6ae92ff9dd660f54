import { getCertificatePdf } from "@bandwise/core/certificates/queries";
import { handleRoute } from "@/lib/route.ts";

/** The document, for its holder and for admins. */
export const GET = handleRoute<{ certificateId: string }>(async (context, _request, { certificateId }) => {
  const { content, fileName } = await getCertificatePdf(context, { certificateId });
  return new Response(Buffer.from(content), {
    headers: {
      "content-type": "application/pdf",
      "content-length": String(content.byteLength),
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
    },
  });
});
