import { Readable } from "node:stream";
import { exportItems } from "@bandwise/core/bank/export-queries";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** The bank's items as a file, made while it is sent. */
export const GET = handleRoute(async (context, request) => {
  const asked = Object.fromEntries(request.nextUrl.searchParams) as Parameters<typeof exportItems>[1];
  const { content, fileName, mimeType } = await exportItems(context, asked);
  return download(Readable.toWeb(content) as ReadableStream<Uint8Array>, { name: fileName, type: mimeType });
});
