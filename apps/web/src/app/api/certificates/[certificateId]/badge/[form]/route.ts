import { getBadge } from "@bandwise/core/certificates/badge-queries";
import { AppError } from "@bandwise/core/kernel/errors";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** The certificate as an Open Badges 3.0 credential: `json` with an embedded proof, or `jwt`. For its holder and for admins. */
export const GET = handleRoute<{ certificateId: string; form: string }>(
  async (context, _request, { certificateId, form }) => {
    if (form !== "json" && form !== "jwt") throw new AppError("NOT_FOUND", "There is no badge in this form.");
    const { content, fileName } = await getBadge(context, { certificateId, form });
    return download(content, {
      name: fileName,
      type: form === "jwt" ? "application/vc+jwt" : "application/vc+ld+json",
    });
  },
);
