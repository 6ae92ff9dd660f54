import { getVerification, type Verification } from "@bandwise/core/certificates/verification-queries";
import { clientAddress } from "@/lib/client-address.ts";
import { handleRoute } from "@/lib/route.ts";
import { getRateLimits } from "@/lib/services.ts";

/** The verification page for programs: how the certificate with this code stands, and what of it may be shown. */
export const GET = handleRoute<{ code: string }>(async (context, request, { code }) => {
  await getRateLimits().take("verifyCertificate", clientAddress(request.headers));
  const answer = await getVerification(context, { code: code.slice(0, 300) });
  return Response.json(toJson(answer), { headers: { "access-control-allow-origin": "*" } });
});

function toJson({ kind, checkedAt, ...answer }: Verification): object {
  const { facts, documentHash, ...rest } = { facts: null, documentHash: null, ...answer };
  if (kind !== "valid" && kind !== "expired") return { status: kind, checkedAt, ...rest };
  return {
    status: kind,
    checkedAt,
    ...rest,
    statusOnly: facts === null,
    certificate: facts,
    documentSha256: documentHash,
  };
}
