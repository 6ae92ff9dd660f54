import { getDidDocument } from "@bandwise/core/certificates/badge-queries";
import { openDocument } from "@/features/certificates/server/open-document.ts";
import { handleRoute } from "@/lib/route.ts";

/** Who issues the credentials of this site, and with which keys (did:web). For every verifier in the world. */
export const GET = handleRoute(async (context) =>
  openDocument(await getDidDocument(context, {}), "application/did+json"),
);
