/** A file to be kept by whoever asked for it, and by no proxy or browser cache on the way. */
export function download(body: BodyInit, file: { readonly name: string; readonly type: string }): Response {
  return new Response(body, {
    headers: {
      "content-type": file.type,
      "content-disposition": `attachment; filename="${file.name}"`,
      "cache-control": "private, no-store",
    },
  });
}
