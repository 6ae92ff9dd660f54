import { checkFile } from "@bandwise/core/certificates/badge-queries";
import { invalid } from "@bandwise/core/kernel/errors";
import { clientAddress } from "@/lib/client-address.ts";
import { handleRoute, readBytes } from "@/lib/route.ts";
import { getRateLimits } from "@/lib/services.ts";

const maxBytes = 2 * 1024 * 1024;

/**
 * Holds a received file (PDF, badge as JSON or JWT) against the record. A form with `file` and, if the checker likes, `name`;
 * nothing of it is kept. Changes nothing, so programs of other sites may ask too.
 */
export const POST = handleRoute(
  async (context, request) => {
    await getRateLimits().take("verifyFile", clientAddress(request.headers));
    // All addresses together: however many ask, an exam running here keeps its processor.
    await getRateLimits().take("verifyFileAnywhere", "all");
    const body = await readBytes(request, maxBytes + 16 * 1024);
    const form = await new Response(body, { headers: { "content-type": request.headers.get("content-type") ?? "" } })
      .formData()
      .catch(() => null);
    const file = form?.get("file");
    if (!(file instanceof File)) throw invalid("file", "is missing: send a form with a file");
    const name = form?.get("name");
    const answer = await checkFile(context, {
      file: new Uint8Array(await file.arrayBuffer()),
      ...(typeof name === "string" && { name }),
    });
    return Response.json(answer, { headers: { "access-control-allow-origin": "*" } });
  },
  { changesNothing: true },
);
