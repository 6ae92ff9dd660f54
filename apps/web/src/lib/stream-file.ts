import "server-only";
import type { FileStore } from "@bandwise/core/kernel/context";
import { readRange } from "./byte-range.ts";

interface StoredFile {
  readonly storageKey: string;
  readonly mimeType: string;
}

/** So much is read at a time: a recording is never whole in memory. */
const pieceBytes = 256 * 1024;

/** A stored file or the range of it that was asked for, piece by piece as the reader takes it. Kept in no cache. */
export async function streamFile(storage: FileStore, file: StoredFile, request: Request): Promise<Response> {
  const size = await storage.size(file.storageKey);
  if (size === null) return new Response(null, { status: 404 });
  const headers = {
    "content-type": file.mimeType,
    "accept-ranges": "bytes",
    "cache-control": "private, no-store",
  };
  const range = readRange(request.headers.get("range"), size);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  let next = first;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (next > last) {
          controller.close();
          return;
        }
        const end = Math.min(last, next + pieceBytes - 1);
        const piece = await storage.read(file.storageKey, next, end);
        next = end + 1;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(last - first + 1),
      ...(range && { "content-range": `bytes ${first}-${last}/${size}` }),
    },
  });
}
