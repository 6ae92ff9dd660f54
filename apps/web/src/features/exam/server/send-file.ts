import "server-only";
import type { FileStore } from "@bandwise/core/kernel/context";

interface StoredFile {
  readonly storageKey: string;
  readonly mimeType: string;
}

/** A stored file, whole or the range asked for (players seek). Private, never kept in a cache. */
export async function sendFile(storage: FileStore, file: StoredFile, request: Request): Promise<Response> {
  const size = await storage.size(file.storageKey);
  if (size === null) return new Response(null, { status: 404 });
  const headers = {
    "content-type": file.mimeType,
    "accept-ranges": "bytes",
    "cache-control": "private, no-store",
  };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range || (range[1] === "" && range[2] === "")) {
    const content = await storage.get(file.storageKey);
    return new Response(new Uint8Array(content), { headers: { ...headers, "content-length": String(size) } });
  }
  const last = range[2] === "" || range[1] === "" ? size - 1 : Math.min(Number(range[2]), size - 1);
  const first = range[1] === "" ? Math.max(0, size - Number(range[2])) : Number(range[1]);
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
  const content = await storage.read(file.storageKey, first, last);
  return new Response(new Uint8Array(content), {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(last - first + 1),
      "content-range": `bytes ${first}-${last}/${size}`,
    },
  });
}
