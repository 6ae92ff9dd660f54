import { getStatusList } from "@bandwise/core/certificates/badge-queries";
import { AppError } from "@bandwise/core/kernel/errors";
import { openDocument } from "@/features/certificates/server/open-document.ts";
import { handleRoute } from "@/lib/route.ts";

/** Which credentials no longer stand, as a signed Bitstring Status List. */
export const GET = handleRoute<{ list: string }>(async (context, _request, { list }) => {
  if (!/^[1-9]\d{0,5}$/.test(list)) throw new AppError("NOT_FOUND", "The status list was not found.");
  return openDocument(await getStatusList(context, { list: Number(list) }), "application/vc");
});
