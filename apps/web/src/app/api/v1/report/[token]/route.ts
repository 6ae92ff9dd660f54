import { countShareView } from "@bandwise/core/certificates/share-commands";
import { getSharedCertificate } from "@bandwise/core/certificates/share-queries";
import { sharedReport } from "@bandwise/core/certificates/share-report";
import { clientAddress } from "@/lib/client-address.ts";
import { handleRoute } from "@/lib/route.ts";
import { getRateLimits } from "@/lib/services.ts";

/** The page of a share link for programs of institutions: what the holder chose to show, and how the certificate stands. */
export const GET = handleRoute<{ token: string }>(async (context, request, { token }) => {
  await getRateLimits().take("shareLink", clientAddress(request.headers));
  const asked = { token: token.slice(0, 100) };
  const shared = await getSharedCertificate(context, asked);
  await countShareView(context, asked);
  return Response.json(sharedReport(shared, context.clock.now()), {
    headers: { "access-control-allow-origin": "*", "referrer-policy": "no-referrer" },
  });
});
