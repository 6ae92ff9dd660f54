import { uploadMedia } from "@bandwise/core/bank/media-commands";
import { getMedia } from "@bandwise/core/bank/queries";
import { maxMediaBytes, mediaTypes, mediaUpload } from "@bandwise/core/bank/schema";
import { invalid } from "@bandwise/core/kernel/errors";
import { requirePermission } from "@bandwise/core/kernel/policy";
import { handleRoute, readBytes } from "@/lib/route.ts";
import { streamFile } from "@/lib/stream-file.ts";

/** A sound or picture of the bank, for its staff; candidates get theirs through their exam. next.config.ts boxes drawings in. */
export const GET = handleRoute<{ name: string }>(async (context, request, { name }) => {
  const media = await getMedia(context, { name });
  return streamFile(context.storage, media, request);
});

/** Stores a file under a name that is never used again for other content. The body is the file. */
export const PUT = handleRoute<{ name: string }>(async (context, request, { name }) => {
  // Asked before the body is taken in, so that nobody else can make the server hold 20 MB.
  requirePermission(context.viewer, "item:write");
  const ending = name.split(".").at(-1) ?? "";
  const mimeType = Object.entries(mediaTypes).find(([known]) => known === ending)?.[1];
  if (mimeType === undefined) throw invalid("name", "must end in .mp3, .svg, .png or .jpg");
  const input = mediaUpload.safeParse({
    name,
    mimeType,
    content: await readBytes(request, maxMediaBytes),
  });
  if (!input.success) {
    const [issue] = input.error.issues;
    throw invalid(issue?.path.join(".") || "file", issue?.message ?? "is not valid");
  }
  return Response.json(await uploadMedia(context, input.data));
});
